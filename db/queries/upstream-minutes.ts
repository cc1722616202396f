/** How the services answered, minute by minute: one row a service and minute, added to by every process. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type UpstreamMinute = {
  /** the minute's beginning, by the clock of the process that counted */
  minute: Date;
  upstream: string;
  answered: number;
  /** of those, the ones that took longer than 2 s */
  slow: number;
  /** told to wait, or that the day is spent */
  limited: number;
  failed: number;
  /** of the answered ones together, and of the longest */
  msTotal: number;
  msMost: number;
};

/** Adds what was counted, one statement over the set. */
export async function addUpstreamMinutes(db: DbOrTrx, minutes: UpstreamMinute[]): Promise<void> {
  await sql`
    insert into upstream_minutes as m
      (minute, upstream, answered, slow, limited, failed, ms_total, ms_most)
    select minute, upstream, answered, slow, limited, failed, "msTotal", "msMost"
    from jsonb_to_recordset(${JSON.stringify(minutes)}::jsonb) as counted(minute timestamptz, upstream text,
      answered integer, slow integer, limited integer, failed integer, "msTotal" bigint, "msMost" integer)
    -- Processes that add to the same rows at once take them in one order, or they would wait for each other.
    order by minute, upstream
    on conflict (minute, upstream) do update set
      answered = m.answered + excluded.answered, slow = m.slow + excluded.slow,
      limited = m.limited + excluded.limited, failed = m.failed + excluded.failed,
      ms_total = m.ms_total + excluded.ms_total, ms_most = greatest(m.ms_most, excluded.ms_most)`.execute(
    db as Db,
  );
}

/** @returns how many went, at most 1,000 a call */
export async function deleteOldUpstreamMinutes(db: DbOrTrx, days: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from upstream_minutes where (minute, upstream) in (
      select minute, upstream from upstream_minutes
      where minute < now() - make_interval(days => ${days}::int) order by minute, upstream limit 1000)`.execute(
    db as Db,
  );
  return Number(numAffectedRows ?? 0);
}
