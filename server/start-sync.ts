/** An administrator's wish to have one step of an artist read again: its row and its job, together or not at all. */
import type { DbOrTrx } from "#db/index";
import { findJobByKey } from "#db/queries/import-control";
import { insertOrJoinImport, type SyncStep } from "#db/queries/imports";
import { insertSyncTry } from "#db/queries/sync-tries";
import { type Queue, queueOfStep } from "#db/queue";

/**
 * The row is made now, so that it says who wished it; the job joins it. A live sync of that step is joined, and a job
 * that waits already does the work.
 * @param options.by the administrator's fan id
 */
export async function startSync(
  queue: Queue,
  trx: Parameters<Queue["send"]>[0] & DbOrTrx,
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
  const name = queueOfStep[step];
  const sent = await queue.send(
    trx,
    name,
    { artistId, sentBy: "admin" },
    { priority: "high", key: artistId },
  );
  const jobId = sent ?? (await findJobByKey(trx, name, artistId));
  // It ended between the two statements: ours can be sent now.
  return { jobId: jobId ?? (await sendAgain()), importId };

  async function sendAgain(): Promise<string> {
    const job = await queue.send(
      trx,
      name,
      { artistId, sentBy: "admin" },
      { priority: "high", key: artistId },
    );
    if (!job) throw new Error(`a job of ${name} is neither there nor can it be sent`);
    return job;
  }
}
