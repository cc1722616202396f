/**
 * Sends a fan's votes one after the other and keeps the paper true: taps are shown at once, the last one wins, a refusal
 * takes its vote back with a sentence. Knows neither React nor tRPC; made once a page by use-votes.ts.
 */
import * as paper from "./vote-paper";
import type { Paper, SongCounts, SongVotes, Vote } from "./vote-paper";

type Answer = SongVotes & { setlistSongId: string; at: number };

export type Server = {
  /** @throws Refusal where the server said no; anything else means that nobody knows whether it is stored */
  send(vote: Vote, cast: boolean): Promise<Answer>;
  /** which votes of mine are stored */
  mine(): Promise<Vote[]>;
};

/** The server's own sentence. */
export class Refusal extends Error {}

export const NOT_SAVED = "Your vote was not saved. It is safe to send it again.";

export type Sending = {
  paper: Paper;
  /** the sentence beside a song, until that song is tapped again */
  refusals: ReadonlyMap<string, string>;
};
export type Sender = ReturnType<typeof createSender>;

export function createSender(server: Server) {
  let now: Sending = { paper: paper.blank, refusals: new Map() };
  /** an answer was lost: what is mine has to be asked */
  let unsure = false;
  let sends = 0;
  const followers = new Set<() => void>();

  function set(changed: Partial<Sending>) {
    now = { ...now, ...changed };
    for (const follower of followers) follower();
  }

  async function sendNext(): Promise<void> {
    const due = paper.next(now.paper);
    if (!due) return makeSure();
    set({ paper: paper.sent(now.paper, due.vote) });
    sends++;
    try {
      const answer = await server.send(due.vote, due.cast);
      set({ paper: paper.answered(now.paper, answer) });
    } catch (error) {
      if (error instanceof Refusal) refuse(due.vote, error.message);
      else giveUp();
    }
    return sendNext();
  }

  function refuse(vote: Vote, sentence: string) {
    const before = paper.shown(now.paper, vote.setlistSongId);
    const after = paper.refused(now.paper);
    const left = paper.shown(after, vote.setlistSongId);
    // Who has tapped back meanwhile has what they want, and need not be told.
    const told = before?.myVote !== left?.myVote || before?.myWish !== left?.myWish;
    set({ paper: after, ...(told && { refusals: withSentence([vote], sentence) }) });
  }

  function giveUp() {
    const { paper: after, lost } = paper.abandoned(now.paper);
    unsure = true;
    set({ paper: after, refusals: withSentence(lost, NOT_SAVED) });
  }

  /** Asks what is stored where an answer was lost; where nobody answers, the next snapshot asks again. */
  async function makeSure() {
    if (!unsure || now.paper.flying) return;
    unsure = false;
    const before = sends;
    const votes = await server.mine().catch(() => undefined);
    // An answer from before the newest vote would take that vote back.
    if (votes && before === sends) set({ paper: paper.mine(now.paper, votes) });
    else unsure = true;
  }

  function withSentence(votes: Vote[], sentence: string) {
    const refusals = new Map(now.refusals);
    for (const { setlistSongId } of votes) refusals.set(setlistSongId, sentence);
    return refusals;
  }

  return {
    get: () => now,
    follow(follower: () => void) {
      followers.add(follower);
      return () => void followers.delete(follower);
    },
    read: (songs: (SongVotes & { setlistSongId: string })[]) => set({ paper: paper.read(now.paper, songs) }),
    tap(vote: Vote) {
      const refusals = new Map(now.refusals);
      refusals.delete(vote.setlistSongId);
      set({ paper: paper.tap(now.paper, vote), refusals });
      void sendNext();
    },
    heard(counts: { at: number; songs: SongCounts[] }) {
      set({ paper: paper.heard(now.paper, counts) });
      void makeSure();
    },
    makeSure: () => void makeSure(),
  };
}
