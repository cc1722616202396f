/** Jobs as administrators see them: lists along the walks, one job with its whole story. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import {
  isLookedThrough,
  type JobCursor,
  type JobFilter,
  LOOKED_THROUGH,
  matches,
  orderOf,
  leanRows,
  walkOf,
  wholeRows,
} from "./job-walks.ts";

export type RawState = "created" | "retry" | "active" | "completed" | "cancelled" | "failed";

export type JobRow = {
  jobId: string;
  queue: string;
  state: RawState;
  data: Record<string, unknown> | null;
  priority: number;
  /** attempts begun */
  attempts: number;
  createdAt: Date;
  /** not before */
  startAfter: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** of its newest failed attempt */
  error: string | null;
};

const columns = sql`
  id as "jobId", name as queue, state, data, priority,
  retry_count + (started_on is not null)::int as attempts,
  created_on as "createdAt", start_after as "startAfter", started_on as "startedAt", completed_on as "endedAt"`;

/** pg-boss keeps the newest error in `output`, also after a later attempt went well. */
const error = sql`
  case when state in ('retry', 'failed') then
    left(coalesce(output ->> 'message', output #>> '{value,message}', source_output ->> 'message'), 300) end as error`;

/**
 * A page of the jobs that a filter means.
 * @param args.limit rows; ask for one more than is shown
 * @returns lookedTo: the filter looked through as many as it may and not to the end; go on from there
 */
export async function listJobs(
  db: DbOrTrx,
  args: { filter: JobFilter; after?: JobCursor | undefined; limit: number },
): Promise<{ jobs: (JobRow & { cursor: JobCursor })[]; lookedTo?: JobCursor }> {
  const { filter, after, limit } = args;
  const looked = isLookedThrough(filter) ? LOOKED_THROUGH : limit;
  const { rows } = await sql<JobRow & { walkAt: string }>`
    with walked as materialized (${walkOf(filter, { after, limit: looked, rows: wholeRows })})
    select ${columns}, ${error}, walk_at as "walkAt" from walked
    where ${matches(filter)}
    order by ${orderOf(filter)} limit ${limit}`.execute(db as Db);
  const jobs = rows.map(({ walkAt, ...job }) => ({
    ...job,
    cursor: { priority: job.priority, at: walkAt, id: job.jobId },
  }));
  if (!isLookedThrough(filter) || jobs.length === limit) return { jobs };
  const { rows: last } = await sql<JobCursor>`
    with walked as (${walkOf(filter, { after, limit: looked, rows: sql`priority, id` })})
    select priority, walk_at as at, id from walked offset ${looked - 1}`.execute(db as Db);
  return { jobs, ...(last[0] && { lookedTo: last[0] }) };
}

/** Failed jobs of some queues together, the latest first. */
export async function listFailedJobs(
  db: DbOrTrx,
  args: { queues: readonly string[]; after?: { at: string; id: string } | undefined; limit: number },
): Promise<(JobRow & { cursor: { at: string; id: string } })[]> {
  const { queues, after, limit } = args;
  const beyond = after ? sql`and (start_after, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``;
  const { rows } = await sql<JobRow & { walkAt: string }>`
    select ${columns}, ${error}, start_after::text as "walkAt"
    from unnest(${queues as string[]}::text[]) as of(queue) cross join lateral (
      select * from pgboss.job_common
      where name = of.queue and state = 'failed' and not blocked ${beyond}
      order by start_after desc, id desc limit ${limit}
    ) j
    order by start_after desc, id desc limit ${limit}`.execute(db as Db);
  return rows.map(({ walkAt, ...job }) => ({ ...job, cursor: { at: walkAt, id: job.jobId } }));
}

/**
 * How many jobs a filter means, counted to `most` at most.
 * @returns more: there are more than were counted, or a filter did not look through all of them
 */
export async function countJobs(
  db: DbOrTrx,
  filter: JobFilter,
  most: number,
): Promise<{ count: number; more: boolean }> {
  const looked = isLookedThrough(filter) ? LOOKED_THROUGH : most + 1;
  const { rows } = await sql<{ count: number; walked: number }>`
    with walked as materialized (${walkOf(filter, { limit: looked, rows: leanRows })})
    select count(*) filter (where ${matches(filter)})::int as count, count(*)::int as walked
    from walked`.execute(db as Db);
  const { count = 0, walked = 0 } = rows[0] ?? {};
  return { count: Math.min(count, most), more: walked === looked || count > most };
}

export type JobDetail = JobRow & {
  retryLimit: number;
  singletonKey: string | null;
  keepUntil: Date;
  output: unknown;
  heartbeatAt: Date | null;
  /** of a dead letter, or of a job that was one: where it came from */
  sourceQueue: string | null;
  sourceId: string | null;
  rootId: string | null;
  sourceOutput: unknown;
};

/** One job by queue and id; undefined: it is not there, or not any more. */
export async function findJob(db: DbOrTrx, queue: string, jobId: string): Promise<JobDetail | undefined> {
  const { rows } = await sql<JobDetail>`
    select ${columns}, ${error}, retry_limit as "retryLimit", singleton_key as "singletonKey",
      keep_until as "keepUntil", output, heartbeat_on as "heartbeatAt", source_name as "sourceQueue",
      source_id as "sourceId", source_root_id as "rootId", source_output as "sourceOutput"
    from pgboss.job_common where name = ${queue} and id = ${jobId}`.execute(db as Db);
  return rows[0];
}

/** Who has a job in hand; `live`: that worker was heard of within three of its heartbeats. */
export async function findJobRun(db: DbOrTrx, jobId: string) {
  const { rows } = await sql<{
    worker: string;
    attempt: number;
    startedAt: Date;
    host: string | null;
    pid: number | null;
    live: boolean;
  }>`
    select r.worker, r.attempt, r.started_at as "startedAt", i.host, i.pid,
      coalesce(i.stopped_on is null
        and i.heartbeat_on > now() - i.heartbeat_seconds * 3 * interval '1 second', false) as live
    from job_runs r left join pgboss.instance i on i.id = r.worker
    where r.job_id = ${jobId}`.execute(db as Db);
  return rows[0];
}

/** The artist and, where there is one, the import that a payload is about. */
export async function findJobSubject(
  db: DbOrTrx,
  { importId, artistId }: { importId: string | null; artistId: string | null },
) {
  const ofImport = importId
    ? await db
        .selectFrom("imports as i")
        .innerJoin("artists as a", "a.id", "i.artist_id")
        .leftJoin("fans as f", "f.id", "i.started_by")
        .select(["i.id as importId", "i.origin", "i.stage", "f.name as startedBy"])
        .select(["a.id as artistId", "a.slug", "a.name"])
        .where("i.id", "=", importId)
        .executeTakeFirst()
    : undefined;
  if (ofImport) return ofImport;
  if (!artistId) return undefined;
  const artist = await db
    .selectFrom("artists as a")
    .select(["a.id as artistId", "a.slug", "a.name"])
    .where("a.id", "=", artistId)
    .executeTakeFirst();
  return artist && { ...artist, importId: null, origin: null, stage: null, startedBy: null };
}
