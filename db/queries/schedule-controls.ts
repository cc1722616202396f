/** What administrators made of the schedules: a row where it differs from what the code declares, or did. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type ScheduleControl = { name: string; cron: string | null; enabled: boolean };

/** For `migrate`: all of them, and nobody writes one until the transaction ends. */
export async function lockScheduleControls(trx: DbOrTrx): Promise<ScheduleControl[]> {
  await sql`lock table schedule_controls in share mode`.execute(trx as Db);
  return trx.selectFrom("schedule_controls").select(["name", "cron", "enabled"]).execute();
}

/** All of them, with who wrote them when. */
export function listScheduleControls(db: DbOrTrx) {
  return db
    .selectFrom("schedule_controls as c")
    .leftJoin("fans as f", "f.id", "c.changed_by")
    .select(["c.name", "c.cron", "c.enabled", "c.changed_at as changedAt", "f.name as changedBy"])
    .execute();
}

/** One of them, the caller's alone until the transaction ends; undefined: nobody has edited it yet. */
export async function lockScheduleControl(trx: DbOrTrx, name: string) {
  // A row that is not there yet cannot be locked.
  await sql`select pg_advisory_xact_lock(hashtextextended('schedule ' || ${name}, 0))`.execute(trx as Db);
  return trx
    .selectFrom("schedule_controls")
    .select(["cron", "enabled", "changed_at as changedAt"])
    .where("name", "=", name)
    .executeTakeFirst();
}

/** @param control.changedBy the administrator's fan id */
export async function upsertScheduleControl(
  trx: DbOrTrx,
  { name, cron, enabled, changedBy }: ScheduleControl & { changedBy: string },
): Promise<void> {
  const set = { cron, enabled, changed_by: changedBy };
  await trx
    .insertInto("schedule_controls")
    .values({ name, ...set })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({ ...set, changed_at: sql<Date>`clock_timestamp()` }),
    )
    .execute();
}
