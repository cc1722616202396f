/** Paused queues: a row is a pause. Workers look every second. */
import type { DbOrTrx } from "../index.ts";

/** Names only: what every worker asks each second. */
export async function listPausedQueues(db: DbOrTrx): Promise<string[]> {
  const rows = await db.selectFrom("queue_controls").select("queue").execute();
  return rows.map(({ queue }) => queue);
}

/** `by` null: somebody who has left. */
export type Pause = { queue: string; at: Date; by: string | null; reason: string | null };

/** Who paused what, when and why, the oldest first. */
export function listPauses(db: DbOrTrx): Promise<Pause[]> {
  return db
    .selectFrom("queue_controls as c")
    .leftJoin("fans as f", "f.id", "c.paused_by")
    .select(["c.queue", "c.paused_at as at", "f.name as by", "c.reason"])
    .orderBy("c.paused_at")
    .execute();
}

/** @returns false: it was paused already, and stays as it was */
export async function insertPause(
  trx: DbOrTrx,
  { queue, by, reason }: { queue: string; by: string; reason: string | null },
): Promise<boolean> {
  const inserted = await trx
    .insertInto("queue_controls")
    .values({ queue, paused_by: by, reason })
    .onConflict((conflict) => conflict.column("queue").doNothing())
    .returning("queue")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** @returns false: it was not paused */
export async function deletePause(trx: DbOrTrx, queue: string): Promise<boolean> {
  const deleted = await trx.deleteFrom("queue_controls").where("queue", "=", queue).executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}
