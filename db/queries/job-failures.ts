/** Each failed attempt of each job, of which pg-boss keeps the newest only; and what they have in common. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

const ERROR_CHARS = 2_000;
const STACK_CHARS = 8_000;
/** Groups are made of the newest failures: a flood of them costs the page no more than this. */
const GROUPED = 10_000;
const GROUP_DAYS = 7;
const GROUPS = 30;
const ATTEMPTS_SHOWN = 60;

export type JobFailure = {
  jobId: string;
  queue: string;
  attempt: number;
  worker: string | null;
  error: string;
  errorKey: string;
  stack: string | null;
  interrupted: boolean;
};

export async function insertJobFailure(db: DbOrTrx, failure: JobFailure): Promise<void> {
  const { jobId, errorKey, error, stack, ...rest } = failure;
  await db
    .insertInto("job_failures")
    .values({
      ...rest,
      job_id: jobId,
      error: clean(error).slice(0, ERROR_CHARS),
      error_key: clean(errorKey),
      stack: stack === null ? null : clean(stack).slice(0, STACK_CHARS),
    })
    .execute();
}

/** Postgres knows no NUL in a text, and half a surrogate pair is no UTF-8. */
const clean = (text: string) => Buffer.from(text.replaceAll("\0", "")).toString();

/** How a job's attempts failed, the newest first. */
export function listJobFailures(db: DbOrTrx, jobIds: string[]) {
  return db
    .selectFrom("job_failures as f")
    .select([
      "f.id",
      "f.job_id as jobId",
      "f.attempt",
      "f.error",
      "f.error_key as errorKey",
      "f.stack",
      "f.interrupted",
      "f.failed_at as failedAt",
      "f.worker",
    ])
    .where("f.job_id", "in", jobIds)
    .orderBy("f.failed_at", "desc")
    .limit(ATTEMPTS_SHOWN)
    .execute();
}

export type FailureGroup = {
  queue: string;
  errorKey: string;
  /** failed attempts */
  count: number;
  /** jobs that are failed for good now, of those: what a retry is for */
  failedNow: number;
  firstAt: Date;
  lastAt: Date;
  /** the newest in its own words */
  sample: string;
  sampleStack: string | null;
  sampleJobId: string;
};

/** Failures of the last seven days by queue and error, the most frequent first. Interruptions are none. */
export async function listFailureGroups(db: DbOrTrx, queue?: string): Promise<FailureGroup[]> {
  const { rows } = await sql<FailureGroup>`
    with newest as materialized (
      select queue, error_key, job_id, failed_at from job_failures
      where failed_at > now() - make_interval(days => ${GROUP_DAYS}) and not interrupted
        and (${queue ?? null}::text is null or queue = ${queue ?? null})
      order by failed_at desc limit ${GROUPED}
    ),
    groups as (
      select queue, error_key, count(*)::int as count, min(failed_at) as first_at, max(failed_at) as last_at,
        array_agg(distinct job_id) as jobs
      from newest group by queue, error_key
      order by count(*) desc, max(failed_at) desc limit ${GROUPS}
    )
    select g.queue, g.error_key as "errorKey", g.count, g.first_at as "firstAt", g.last_at as "lastAt",
      (select count(*)::int from pgboss.job_common j
        where j.name = g.queue and j.id = any(g.jobs) and j.state = 'failed') as "failedNow",
      s.error as sample, s.stack as "sampleStack", s.job_id as "sampleJobId"
    from groups g cross join lateral (
      select error, stack, job_id from job_failures f
      where f.queue = g.queue and f.error_key = g.error_key and not interrupted
      order by failed_at desc limit 1
    ) s
    order by g.count desc, g.last_at desc`.execute(db as Db);
  return rows;
}

/** @returns how many, at most 1,000 a call */
export async function deleteOldJobFailures(db: DbOrTrx, days: number): Promise<number> {
  const deleted = await db
    .deleteFrom("job_failures")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("job_failures")
        .select("id")
        .where("failed_at", "<", sql<Date>`now() - make_interval(days => ${days})`)
        .limit(1000),
    )
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
