/** What can be followed. */
import { channels } from "#db/channels";
import type { Db } from "#db/index";
import { findImportStatus, type ImportStatus } from "#db/queries/imports";
import type { Topic } from "./hub.ts";

/** The status answer plus its revision (the event's id) and the moment it was read. */
export type ProgressSnapshot = { status: ImportStatus; revision: number } | undefined;

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
