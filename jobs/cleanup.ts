/** Daily: what has expired goes. Past setlists too old to be shown stay: odds and scores are counted from them. */
import { deleteEmptyGuests } from "#db/queries/fans";
import { deleteOldSyncs } from "#db/queries/import-runs";
import { deleteOldLimits } from "#db/queries/people-limits";
import { deleteOldSessions } from "#db/queries/sessions";
import { deleteExpiredAnswers } from "#db/queries/upstream-cache";
import { deleteOldMarks } from "#db/queries/views";
import type { Handler } from "./context.ts";

/** Long enough to ask what a schedule did last week; imports are never deleted, they are the artist's status. */
const SYNC_DAYS = 30;

export const cleanup: Handler<"cleanup"> = async (ctx, _payload, signal) => {
  /** In small transactions, to the end: a day brings more than one of them takes. */
  const all = async (some: () => Promise<number>) => {
    let deleted = 0;
    for (let count = 1; count > 0; deleted += count) {
      signal.throwIfAborted();
      count = await some();
    }
    return deleted;
  };
  const answers = await all(() => deleteExpiredAnswers(ctx.db));
  const syncs = await all(() => deleteOldSyncs(ctx.db, SYNC_DAYS));
  const marks = await all(() => deleteOldMarks(ctx.db));
  const limits = await all(() => deleteOldLimits(ctx.db));
  const sessions = await all(() => deleteOldSessions(ctx.db));
  // After the sessions: a guest without one cannot come back.
  const guests = await all(() => deleteEmptyGuests(ctx.db));
  ctx.log.info({ answers, syncs, marks, limits, sessions, guests }, "what had expired is deleted");
};
