/** The votes of a show's page: the loader's, one's own taps at once, and everybody's as the stream tells them. */
import { TRPCClientError } from "@trpc/client";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { AppRouter } from "#server/routers/_app";
import { trpc } from "./trpc.client";
import { useTally } from "./use-tally";
import { type Ballot, shown, type SongVotes, type Vote } from "./vote-paper";
import { createSender, Refusal, type Server } from "./vote-sender";

/** A server that says nothing for so long has not said yes. */
const ANSWER_MS = 10_000;

export type VotedSong = SongVotes & { setlistSongId: string };

export type Votes = {
  of(setlistSongId: string): SongVotes;
  tap(vote: Vote): void;
  /** the sentence beside a song */
  refusals: ReadonlyMap<string, string>;
  /** how many more of a ballot are mine than when the page was read */
  usedSince(ballot: Ballot): number;
  /** everybody else's, since the page was read */
  fresh: number;
  /** the most fans that any song has: at least so many have voted */
  most: number;
  /** when the counts were last heard; null: they are the page's own */
  at: string | null;
  /** counts do not come by themselves right now */
  lost: boolean;
};

/** @param songs as the page was read; the same array until it is read again */
export function useVotes(showId: string, songs: VotedSong[], open: boolean): Votes {
  const sender = useMemo(() => createSender(serverOf(showId)), [showId]);
  const { paper, refusals } = useSyncExternalStore(sender.follow, sender.get, sender.get);
  const { counts, at, state } = useTally(open ? showId : undefined);

  useEffect(() => sender.read(songs), [sender, songs]);
  useEffect(() => {
    if (at === null) return;
    const heard = [...counts].map(([setlistSongId, count]) => ({ setlistSongId, ...count }));
    sender.heard({ at: Date.parse(at), songs: heard });
  }, [sender, counts, at]);
  useEffect(() => {
    window.addEventListener("online", sender.makeSure);
    return () => window.removeEventListener("online", sender.makeSure);
  }, [sender]);

  const loaded = useMemo(() => new Map(songs.map((song) => [song.setlistSongId, song])), [songs]);
  const of = (id: string) => shown(paper, id) ?? loaded.get(id) ?? none;
  const now = songs.map(({ setlistSongId }) => of(setlistSongId));
  return {
    of,
    tap: sender.tap,
    refusals,
    usedSince: (ballot) => used(now, ballot) - used(songs, ballot),
    fresh: Math.max(0, foreign(now) - foreign(songs)),
    most: Math.max(0, ...now.map(({ votes }) => votes)),
    at,
    lost: open && state !== "live",
  };
}

const none: SongVotes = { votes: 0, wishes: 0, myVote: false, myWish: false };

function used(songs: SongVotes[], ballot: Ballot): number {
  return songs.filter(({ myVote, myWish }) => (ballot === "expect" ? myVote : myWish)).length;
}

function foreign(songs: SongVotes[]): number {
  const all = songs.reduce((sum, { votes, wishes }) => sum + votes + wishes, 0);
  return all - used(songs, "expect") - used(songs, "wish");
}

function serverOf(showId: string): Server {
  return {
    async send(vote, cast) {
      const signal = AbortSignal.timeout(ANSWER_MS);
      try {
        const { at, ...song } = await trpc.vote[cast ? "cast" : "retract"].mutate(vote, { signal });
        return { ...song, at: at.getTime() };
      } catch (error) {
        throw isRefusal(error) ? new Refusal(error.message) : error;
      }
    },
    mine: async () => (await trpc.vote.mine.query({ showId })).votes,
  };
}

/** Only a procedure's own no is one: whatever failed on the way, or broke, may have been stored all the same. */
function isRefusal(error: unknown): error is TRPCClientError<AppRouter> {
  if (!(error instanceof TRPCClientError)) return false;
  const { httpStatus = 500 } = (error.data ?? {}) as { httpStatus?: number };
  return httpStatus < 500;
}
