/** Why things failed within the last 24 hours: attempts of jobs, and steps of imports, each by what they have in common. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/** A flood of failures costs the dashboard no more than this. */
const READ_FAILURES = 5_000;
const READ_IMPORTS = 2_000;
const GROUPS = 6;

export type JobFailureGroup = {
  queue: string;
  errorKey: string;
  /** the newest in its own words */
  error: string;
  /** failed attempts */
  count: number;
  /** jobs that are failed for good, of those: what a retry is for */
  failedNow: number;
  firstAt: Date;
  lastAt: Date;
};

export type StepFailureGroup = {
  step: string;
  upstream: string | null;
  reason: string;
  /** imports and syncs that lack it */
  count: number;
  firstAt: Date;
  lastAt: Date;
};

/** @returns `attempts`: all of them, those of groups that are not shown included (counted to 5,000) */
export async function listJobFailuresToday(
  db: DbOrTrx,
): Promise<{ attempts: number; groups: JobFailureGroup[] }> {
  const { rows } = await sql<JobFailureGroup & { attempts: number }>`
    with newest as materialized (
      select queue, error_key, error, job_id, failed_at from job_failures
      where failed_at > now() - interval '24 hours' and not interrupted
      order by failed_at desc limit ${READ_FAILURES}
    ), groups as (
      select queue, error_key, count(*)::int as count, min(failed_at) as first_at, max(failed_at) as last_at,
        (array_agg(error order by failed_at desc))[1] as error, array_agg(distinct job_id) as jobs
      from newest group by queue, error_key order by count(*) desc, max(failed_at) desc limit ${GROUPS}
    )
    select queue, error_key as "errorKey", error, count, first_at as "firstAt", last_at as "lastAt",
      (select count(*)::int from pgboss.job_common j
        where j.name = g.queue and j.id = any(g.jobs) and j.state = 'failed') as "failedNow",
      (select count(*)::int from newest) as attempts
    from groups g order by count desc, last_at desc`.execute(db as Db);
  return {
    attempts: rows[0]?.attempts ?? 0,
    groups: rows.map(({ attempts: _all, ...group }) => group),
  };
}

/** Steps that failed or were kept back by a service, the most frequent reason first. */
export async function listStepFailuresToday(db: DbOrTrx): Promise<StepFailureGroup[]> {
  const { rows } = await sql<StepFailureGroup>`
    with recent as materialized (
      select id from imports
      where started_at > now() - interval '24 hours' order by started_at desc, id desc limit ${READ_IMPORTS}
    )
    select s.step, s.upstream,
      -- The same reason names another moment each time.
      regexp_replace(s.reason, ' until \\d\\d:\\d\\d UTC', '', 'g') as reason,
      count(*)::int as count, min(s.finished_at) as "firstAt", max(s.finished_at) as "lastAt"
    -- Import by import along the key: left to itself Postgres reads the steps of all imports.
    from recent r cross join lateral (
      select step, upstream, reason, finished_at from import_steps
      where import_id = r.id and reason is not null and (state = 'failed' or upstream is not null) offset 0
    ) s
    group by 1, 2, 3 order by count(*) desc, max(s.finished_at) desc limit ${GROUPS}`.execute(db as Db);
  return rows;
}
