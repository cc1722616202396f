/** The votes of this page, what is left of each ballot, and the moment when both end. */
import { useRevalidator } from "@remix-run/react";
import { useEffect, useMemo } from "react";
import { useVotes, type VotedSong } from "../../use-votes";
import { NOT_SAVED } from "../../vote-sender";
import type { Left } from "./ballot";
import type { ShowPage } from "./page.server";
import { votesIn } from "./parts";

/** Timers are 32 bits wide; nobody keeps a page open for 24 days. */
const LONGEST_MS = 2 ** 31 - 1;
/** The page is read again just after voting has closed, not just before. */
const AFTER_MS = 1_000;

const nothing: Left = { expect: { used: 0, most: 0 }, wish: { used: 0, most: 0 } };

export function useBallots(showId: string, list: ShowPage["list"], now: string) {
  const songs = useMemo(() => songsOf(list), [list]);
  const open = list?.voting.open ?? false;
  const votes = useVotes(showId, songs, open);
  const { expect, wish } = list?.left ?? nothing;
  const left: Left = {
    expect: { ...expect, used: expect.used + votes.usedSince("expect") },
    wish: { ...wish, used: wish.used + votes.usedSince("wish") },
  };
  const full = left.expect.used >= expect.most || left.wish.used >= wish.most;
  useEnd(open ? list?.voting.closesAt : null, now, !full && saysNo(votes.refusals));
  return { votes, left };
}

function songsOf(list: ShowPage["list"]): VotedSong[] {
  const rows = list?.sheet.parts.flatMap((part) => part.rows) ?? [];
  return rows.map((row) => ({ setlistSongId: row.id, ...votesIn(row) }));
}

function saysNo(refusals: ReadonlyMap<string, string>): boolean {
  return [...refusals.values()].some((sentence) => sentence !== NOT_SAVED);
}

/** Reads the page again when voting closes, and when a vote was refused though there was room: something has changed. */
function useEnd(closesAt: string | null | undefined, now: string, refused: boolean) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!closesAt) return;
    const wait = Date.parse(closesAt) - Date.parse(now) + AFTER_MS;
    if (wait > LONGEST_MS) return;
    // Offline, reading again would replace the page by an error.
    const timer = setTimeout(() => navigator.onLine && revalidate(), Math.max(wait, AFTER_MS));
    return () => clearTimeout(timer);
  }, [closesAt, now, revalidate]);
  useEffect(() => {
    if (refused) revalidate();
  }, [refused, revalidate]);
}
