/** The counts of a show as they move: whole snapshots from one stream a page. */
import type { SerializeFrom } from "@remix-run/node";
import { useEffect, useMemo, useState } from "react";
import type { Tallies } from "#server/live/topics";
import { followStream, type StreamState } from "./follow-stream";

export type Tally = SerializeFrom<Tallies>;
export type LiveTally = {
  /** by `setlistSongId`; empty until the first snapshot: the loader's counts are shown till then */
  counts: ReadonlyMap<string, { votes: number; wishes: number }>;
  /** when they were read, by the database's clock; null until the first snapshot */
  at: string | null;
  state: StreamState;
};

type Heard = { showId?: string; tally: Tally | null; state: StreamState };
/** A page is fresh when it comes: it says that it reconnects once something broke, not while the stream opens. */
const start: Heard = { tally: null, state: "live" };

/** @param showId undefined: nothing is followed, as for a show whose voting is over */
export function useTally(showId: string | undefined): LiveTally {
  const [heard, setHeard] = useState<Heard | null>(null);
  useEffect(() => {
    if (showId === undefined) return;
    const hear = (news: Partial<Heard>) =>
      setHeard((before) => ({ ...(before?.showId === showId ? before : start), ...news, showId }));
    return followTally(
      showId,
      (tally) => hear({ tally }),
      (state) => hear({ state }),
    );
  }, [showId]);
  // A page that turns to another show must not wear the counts of the one before.
  const { tally, state } = heard && heard.showId === showId ? heard : start;
  const counts = useMemo(() => countsOf(tally), [tally]);
  return { counts, at: tally?.at ?? null, state };
}

export function countsOf(tally: Tally | null): LiveTally["counts"] {
  return new Map(tally?.songs.map(({ setlistSongId, votes, wishes }) => [setlistSongId, { votes, wishes }]));
}

/** @returns what stops it */
export function followTally(
  showId: string,
  onTally: (tally: Tally) => void,
  onState?: (state: StreamState) => void,
): () => void {
  const base = `/api/shows/${encodeURIComponent(showId)}`;
  return followStream<Tally>({
    stream: `${base}/stream`,
    event: "tally",
    status: `${base}/tally`,
    onSnapshot: onTally,
    onState,
  });
}
