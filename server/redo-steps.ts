/** Steps of an artist done again because what they follow from was changed by hand: rows and jobs in its transaction. */
import type { DbOrTrx } from "#db/index";
import { insertOrJoinImport, type SyncStep } from "#db/queries/imports";
import { endSync } from "#db/queries/match-choices";
import { insertSyncTry } from "#db/queries/sync-tries";
import { type Queue, queueOfStep } from "#db/queue";

/**
 * A sync of such a step that runs already is ended, for it reads what is no longer true. Its job may still be stopping
 * while ours is sent: ours then has a key of its own, and the fence keeps the old one from writing.
 * @param options.by the administrator's fan id
 */
export async function redoSteps(
  queue: Queue,
  trx: Parameters<Queue["send"]>[0] & DbOrTrx,
  options: { artistId: string; steps: SyncStep[]; by: string; why: string },
): Promise<void> {
  const { artistId, steps, by, why } = options;
  for (const step of steps) {
    const worked = await endSync(trx, artistId, step, why);
    const wish = { kind: "sync", step, message: "Waiting for a free worker", startedBy: by } as const;
    const { importId } = await insertOrJoinImport(trx, artistId, { ...wish, origin: "admin" });
    await insertSyncTry(trx, artistId, step);
    const key = worked ? `${artistId} ${importId}` : artistId;
    const payload = { artistId, sentBy: "admin" };
    await queue.send(trx, queueOfStep[step], payload, { priority: "high", key });
  }
}
