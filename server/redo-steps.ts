/** Steps of an artist done again because what they follow from was changed by hand: rows and jobs in its transaction. */
import { insertOrJoinImport, type SyncStep } from "#db/queries/imports";
import { endSync } from "#db/queries/match-choices";
import { insertSyncTry } from "#db/queries/sync-tries";
import type { Queue } from "#db/queue";
import { type QueueTrx, sendSync } from "./send-sync.ts";

/**
 * A sync of such a step that runs already is ended, for it reads what is no longer true; ours begins beside it while it
 * still stops.
 * @param options.by the administrator's fan id
 */
export async function redoSteps(
  queue: Queue,
  trx: QueueTrx,
  options: { artistId: string; steps: SyncStep[]; by: string; why: string },
): Promise<void> {
  const { artistId, steps, by, why } = options;
  for (const step of steps) {
    await endSync(trx, artistId, step, why);
    const wish = { kind: "sync", step, message: "Waiting for a free worker", startedBy: by } as const;
    const { importId } = await insertOrJoinImport(trx, artistId, { ...wish, origin: "admin" });
    await insertSyncTry(trx, artistId, step);
    await sendSync(queue, trx, { artistId, importId, step, fresh: true });
  }
}
