/** Jobs in hand, and which worker has them. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type JobRun = { jobId: string; queue: string; worker: string; attempt: number };

export const DIED = "Its worker stopped without a word while it had this job in hand.";

/**
 * A worker begins. Where another's row is still there, that one ended without a word: its attempt becomes a failure,
 * marked as an interruption. One statement.
 */
export async function startJobRun(db: DbOrTrx, { jobId, queue, worker, attempt }: JobRun): Promise<void> {
  await sql`
    with before as (select * from job_runs where job_id = ${jobId}),
    died as (
      insert into job_failures (job_id, queue, attempt, worker, error, error_key, interrupted)
      select job_id, queue, attempt, worker, ${DIED}, ${DIED}, true from before
    )
    insert into job_runs (job_id, queue, worker, attempt) values (${jobId}, ${queue}, ${worker}, ${attempt})
    on conflict (job_id) do update set
      worker = excluded.worker, attempt = excluded.attempt, started_at = clock_timestamp()`.execute(db as Db);
}

/** Its own row only: another worker may have taken over from one that was thought dead. */
export async function endJobRun(db: DbOrTrx, { jobId, worker, attempt }: JobRun): Promise<void> {
  await db
    .deleteFrom("job_runs")
    .where("job_id", "=", jobId)
    .where("worker", "=", worker)
    .where("attempt", "=", attempt)
    .execute();
}

/** The id under which pg-boss registered an instance of this process; undefined where it registered none. */
export async function findInstance(
  db: DbOrTrx,
  process_: { host: string; pid: number; name: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from pgboss.instance
    where host = ${process_.host} and pid = ${process_.pid} and name = ${process_.name} and stopped_on is null
    order by started_on desc limit 1`.execute(db as Db);
  return rows[0]?.id;
}

/** Rows of workers that were not heard of for a day. @returns how many */
export async function deleteDeadRuns(db: DbOrTrx): Promise<number> {
  const deleted = await db
    .deleteFrom("job_runs")
    .where("started_at", "<", sql<Date>`now() - interval '1 day'`)
    .where(
      sql<boolean>`not exists (
        select from pgboss.instance i
        where i.id = job_runs.worker and i.stopped_on is null and i.heartbeat_on > now() - interval '1 day')`,
    )
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
