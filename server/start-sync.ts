/** An administrator's wish to have one step of an artist read again: its row and its job, together or not at all. */
import { insertOrJoinImport, type SyncStep } from "#db/queries/imports";
import { insertSyncTry } from "#db/queries/sync-tries";
import type { Queue } from "#db/queue";
import { type QueueTrx, sendSync } from "./send-sync.ts";

/**
 * The row is made now, so that it says who wished it; the job joins it. A live sync of that step is joined, and a job
 * that waits already does the work.
 * @param options.by the administrator's fan id
 */
export async function startSync(
  queue: Queue,
  trx: QueueTrx,
  options: { artistId: string; step: SyncStep; by: string },
): Promise<{ jobId: string; importId: string }> {
  const { artistId, step, by } = options;
  const { importId, joined } = await insertOrJoinImport(trx, artistId, {
    kind: "sync",
    step,
    message: "Waiting for a free worker",
    origin: "admin",
    startedBy: by,
  });
  if (!joined) await insertSyncTry(trx, artistId, step);
  const { jobId } = await sendSync(queue, trx, { artistId, importId, step, fresh: !joined });
  return { jobId, importId };
}
