/** The job of one step's row, which an administrator wished for: in the transaction that made or joined the row. */
import type { DbOrTrx } from "#db/index";
import { findJobByKey } from "#db/queries/import-control";
import type { SyncStep } from "#db/queries/imports";
import { type Queue, queueOfStep } from "#db/queue";

export type QueueTrx = Parameters<Queue["send"]>[0] & DbOrTrx;

/**
 * A job under the artist's key that waits joins the row and does the work. One that runs, of a row that is new, is still
 * stopping over a row that has ended: ours then has a key of its own, and the fence keeps the old one from writing.
 * @param options.fresh whether the row is new
 */
export async function sendSync(
  queue: Queue,
  trx: QueueTrx,
  { artistId, importId, step, fresh }: { artistId: string; importId: string; step: SyncStep; fresh: boolean },
): Promise<{ jobId: string }> {
  const name = queueOfStep[step];
  const send = (key: string) =>
    queue.send(trx, name, { artistId, sentBy: "admin" }, { priority: "high", key });
  const sent = await send(artistId);
  if (sent) return { jobId: sent };
  const job = await findJobByKey(trx, name, artistId);
  if (job && !(fresh && job.active)) return { jobId: job.id };
  // Without a job it ended between the two statements, and ours can be sent now.
  const again = await send(job ? `${artistId} ${importId}` : artistId);
  if (!again) throw new Error(`a job of ${name} is neither there nor can it be sent`);
  return { jobId: again };
}
