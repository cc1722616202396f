/** What can be followed. */
import { channels } from "#db/channels";
import type { Db } from "#db/index";
import { findImportStatus, type ImportStatus } from "#db/queries/imports";
import { readTallies, type Tallies } from "#db/queries/tallies";
import type { Topic } from "./hub.ts";
import { eventBytes } from "./stream.ts";

/** The status answer plus its revision (the event's id) and the moment it was read. */
export type ProgressSnapshot = { status: ImportStatus; revision: number } | undefined;

export type { Tallies };

/** The newest import of an artist. */
export function progressTopic(db: Db, artistId: string): Topic<ProgressSnapshot> {
  return {
    channel: channels.import,
    id: artistId,
    async read() {
      const found = await findImportStatus(db, artistId);
      if (!found) return undefined;
      const { revision, ...status } = found;
      return { status, revision };
    },
  };
}

/** At once for the first vote, then no more than ten a second however many follow; and again after half a minute. */
const TALLY_PACE = { foldMs: 0, leastMs: 105, mostMs: 30_000 };

/** The counts of a show as the bytes of one event, made once however many read them; undefined: no such show. */
export function tallyTopic(db: Db, showId: string): Topic<Buffer | undefined> {
  return {
    channel: channels.tally,
    id: showId,
    pace: TALLY_PACE,
    async read() {
      const tallies = await readTallies(db, showId);
      return tallies && eventBytes({ event: "tally", data: tallies });
    },
  };
}
