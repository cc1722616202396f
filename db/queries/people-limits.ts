/**
 * Points that people use up: so many under a key within a window that begins with the first. By the database's clock, so
 * that all processes agree; each statement is one row and atomic, so that no burst gets past a limit.
 */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/** Unix milliseconds now */
const clock = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export type Window = { key: string; points: number; seconds: number };

/** Uses one point if there is one. @returns undefined when it was taken, else the milliseconds until the window ends */
export async function takePoint(db: DbOrTrx, { key, points, seconds }: Window): Promise<number | undefined> {
  const taken = await sql`
    insert into people_limits as kept (key, points, expire) values (${key}, 1, ${clock} + ${seconds * 1000}::bigint)
    on conflict (key) do update set
      points = case when kept.expire <= ${clock} then 1 else kept.points + 1 end,
      expire = case when kept.expire <= ${clock} then excluded.expire else kept.expire end
    where kept.expire <= ${clock} or kept.points < ${points}
    returning 1`.execute(db as Db);
  if (taken.rows.length > 0) return undefined;
  // Over this very moment: a moment is what it takes.
  return (await msUntilPoint(db, { key, points, seconds })) ?? 1;
}

/** Gives a point back that turned out not to count. */
export async function givePoint(db: DbOrTrx, key: string): Promise<void> {
  await db
    .updateTable("people_limits")
    .set({ points: sql<number>`greatest(points - 1, 0)` })
    .where("key", "=", key)
    .execute();
}

/** How many points are used in the present window. */
export async function countPoints(db: DbOrTrx, key: string): Promise<number> {
  const row = await db
    .selectFrom("people_limits")
    .select("points")
    .where("key", "=", key)
    .where("expire", ">", clock)
    .executeTakeFirst();
  return row?.points ?? 0;
}

/** What taking a point would say, without taking one. */
export async function msUntilPoint(db: DbOrTrx, { key, points }: Window): Promise<number | undefined> {
  const row = await db
    .selectFrom("people_limits")
    .select(sql<number>`expire - ${clock}`.as("ms"))
    .where("key", "=", key)
    .where("points", ">=", points)
    .where("expire", ">", clock)
    .executeTakeFirst();
  return row && Math.max(1, row.ms);
}

/** Forgets what was counted under a key. */
export async function deleteLimit(db: DbOrTrx, key: string): Promise<void> {
  await db.deleteFrom("people_limits").where("key", "=", key).execute();
}

/** Windows that are over. @returns how many went, at most 10,000 a call */
export async function deleteOldLimits(db: DbOrTrx): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("people_limits")
    .where(
      "key",
      "in",
      db.selectFrom("people_limits").select("key").where("expire", "<", clock).limit(10_000),
    )
    // It may have begun anew meanwhile.
    .where("expire", "<", clock)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
