/** Daily: what has expired goes. Past setlists too old to be shown stay: odds and scores are counted from them. */
import { deleteEmptyGuests } from "#db/queries/fans";
import { deleteOldSyncs } from "#db/queries/import-runs";
import { deleteOldJobFailures } from "#db/queries/job-failures";
import { deleteDeadRuns } from "#db/queries/job-runs";
import { deleteOldLimits } from "#db/queries/people-limits";
import { deleteOldQueueCounts } from "#db/queries/queue-counts";
import { deleteOldSessions } from "#db/queries/sessions";
import { deleteExpiredAnswers } from "#db/queries/upstream-cache";
import { deleteOldUpstreamMinutes } from "#db/queries/upstream-minutes";
import { deleteOldMarks } from "#db/queries/views";
import type { Handler } from "./context.ts";

/** Long enough to ask what a schedule did last week; imports are never deleted, they are the artist's status. */
const SYNC_DAYS = 30;
/** As long as dead letters are kept. */
const FAILURE_DAYS = 30;
/** The dashboard draws the last half hour. */
const MINUTE_DAYS = 2;

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
  const failures = await all(() => deleteOldJobFailures(ctx.db, FAILURE_DAYS));
  const runs = await deleteDeadRuns(ctx.db);
  const minutes = await all(() => deleteOldUpstreamMinutes(ctx.db, MINUTE_DAYS));
  const counts = await all(() => deleteOldQueueCounts(ctx.db));
  ctx.log.info(
    { answers, syncs, marks, limits, sessions, guests, failures, runs, minutes, counts },
    "what had expired is deleted",
  );
};
