/** What the schedules' jobs did last. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import type { RawState } from "./jobs.ts";

/** Runs are looked for among as many jobs of a queue: more than the minute's sweep makes in the day they are kept. */
const NEWEST = 5_000;

export type ScheduleRun = {
  queue: string;
  key: string;
  jobId: string;
  state: RawState;
  startedAt: Date | null;
  endedAt: Date | null;
  error: string | null;
};

/** The newest job of each key that has begun or ended, whoever sent it. */
export async function listScheduleRuns(db: DbOrTrx, queues: readonly string[]): Promise<ScheduleRun[]> {
  const { rows } = await sql<ScheduleRun>`
    select distinct on (name, singleton_key) name as queue, singleton_key as key, id as "jobId", state,
      started_on as "startedAt", completed_on as "endedAt",
      case when state in ('failed', 'retry')
        then left(coalesce(output ->> 'message', output #>> '{value,message}'), 300) end as error
    from unnest(${queues as string[]}::text[]) as of(queue) cross join lateral (
      (select * from pgboss.job_common
        where name = of.queue and completed_on is not null order by completed_on desc limit ${NEWEST})
      union all
      (select * from pgboss.job_common
        where name = of.queue and state in ('retry', 'active') and not blocked limit ${NEWEST})
    ) j
    where singleton_key is not null and started_on is not null
    order by name, singleton_key, started_on desc`.execute(db as Db);
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
