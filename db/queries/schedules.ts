/** What the schedules' jobs did last. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import type { RawState } from "./jobs.ts";

/** Runs are looked for among as many jobs of a queue: more than the minute's sweep makes in the day they are kept. */
const NEWEST = 2_000;

export type ScheduleRun = {
  queue: string;
  key: string;
  jobId: string;
  state: RawState;
  startedAt: Date | null;
  endedAt: Date | null;
  error: string | null;
};

/** The newest job of each of these keys that has begun or ended, whoever sent it. */
export async function listScheduleRuns(
  db: DbOrTrx,
  of: readonly { queue: string; key: string }[],
): Promise<ScheduleRun[]> {
  const run = sql`id, state, started_on, completed_on, output`;
  // Newest first along the index, until its key comes by: a sort of thousands of jobs would be most of the cost.
  const { rows } = await sql<ScheduleRun>`
    select wanted.queue, wanted.key, id as "jobId", state, started_on as "startedAt", completed_on as "endedAt",
      case when state in ('failed', 'retry')
        then left(coalesce(output ->> 'message', output #>> '{value,message}'), 300) end as error
    from unnest(${of.map(({ queue }) => queue)}::text[], ${of.map(({ key }) => key)}::text[]) as wanted(queue, key)
    cross join lateral (
      (select ${run} from (
          select ${run}, singleton_key from pgboss.job_common
          where name = wanted.queue and completed_on is not null order by completed_on desc limit ${NEWEST}
        ) ended
        where singleton_key = wanted.key and started_on is not null order by completed_on desc limit 1)
      union all
      (select ${run} from (
          select ${run}, singleton_key from pgboss.job_common
          where name = wanted.queue and state in ('retry', 'active') and not blocked limit ${NEWEST}
        ) live
        where singleton_key = wanted.key and started_on is not null limit 1)
      order by started_on desc limit 1
    ) newest`.execute(db as Db);
  return rows;
}

/** The job of a key that waits or runs; at most one, because the queues are exclusive (index i6). */
export async function findLiveJob(db: DbOrTrx, queue: string, key: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from pgboss.job_common
    where name = ${queue} and coalesce(singleton_key, '') = ${key} and state <= 'active' and policy = 'exclusive'`.execute(
    db as Db,
  );
  return rows[0]?.id;
}
