/**
 * What administrators do to jobs: each one statement over the set, by ids or by a filter. All take the caller's
 * transaction, because the log's row belongs to it.
 */
import { sql } from "kysely";
import { channels, notify } from "../channels.ts";
import type { Db, DbOrTrx } from "../index.ts";
import { isLookedThrough, type JobFilter, leanRows, LOOKED_THROUGH, matches, walkOf } from "./job-walks.ts";

/** Of one press: a statement that holds more rows than this holds up the workers. */
export const AT_ONCE = 10_000;

export type Jobs = { queue: string; ids: string[] };

/** Which jobs a filter means now, `AT_ONCE` at most. */
export async function listJobIds(trx: DbOrTrx, filter: JobFilter): Promise<string[]> {
  const limit = isLookedThrough(filter) ? LOOKED_THROUGH : AT_ONCE;
  const { rows } = await sql<{ id: string }>`
    with walked as materialized (${walkOf(filter, { limit, rows: leanRows })})
    select id from walked where ${matches(filter)} limit ${AT_ONCE}`.execute(trx as Db);
  return rows.map(({ id }) => id);
}

/** Which queues hold these jobs. Along the primary key, whose first column is the queue. */
export async function groupJobsByQueue(
  trx: DbOrTrx,
  queues: readonly string[],
  ids: string[],
): Promise<Jobs[]> {
  const { rows } = await sql<Jobs>`
    select name as queue, array_agg(id) as ids from pgboss.job_common
    where name = any(${queues as string[]}::text[]) and id = any(${ids}::uuid[])
    group by name`.execute(trx as Db);
  return rows;
}

/**
 * Failed jobs are tried once more. Of jobs with one key the newest goes, and none whose key is waiting or active: the
 * queue holds one of each. Their dead letters go: sent again as well, the work would be done twice.
 * @returns ids of the jobs that will be tried again
 */
export async function retryFailedJobs(
  trx: DbOrTrx,
  { queue, ids }: Jobs,
  deadLetters: string,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with chosen as (
      select distinct on (coalesce(singleton_key, '')) id from pgboss.job_common j
      where name = ${queue} and id = any(${ids}::uuid[]) and state = 'failed'
        and not exists (
          select from pgboss.job_common live
          where live.name = j.name and live.state <= 'active' and live.policy = 'exclusive'
            and coalesce(live.singleton_key, '') = coalesce(j.singleton_key, ''))
      order by coalesce(singleton_key, ''), created_on desc
    )
    update pgboss.job_common j
    set state = 'retry', retry_limit = retry_limit + 1, completed_on = null,
      start_after = greatest(start_after, pgboss.job_now())
    from chosen where j.name = ${queue} and j.id = chosen.id and j.state = 'failed'
    returning j.id`.execute(trx as Db);
  const retried = rows.map(({ id }) => id);
  if (retried.length > 0)
    await sql`
      delete from pgboss.job_common
      where name = ${deadLetters} and state < 'active' and not blocked and source_id = any(${retried}::uuid[])`.execute(
      trx as Db,
    );
  return retried;
}

export type Letter = { id: string; sourceQueue: string | null; sourceId: string | null };

/** Dead letters, and the failed jobs of which they are copies. */
export async function listLetters(trx: DbOrTrx, { queue, ids }: Jobs): Promise<Letter[]> {
  const { rows } = await sql<Letter>`
    select id, source_name as "sourceQueue", source_id as "sourceId" from pgboss.job_common
    where name = ${queue} and id = any(${ids}::uuid[])`.execute(trx as Db);
  return rows;
}

/** The failed jobs of letters that were sent again go: the new job is the one. */
export async function deleteOriginals(trx: DbOrTrx, letters: Letter[]): Promise<void> {
  await sql`
    delete from pgboss.job_common j using unnest(
      ${letters.map(({ sourceQueue }) => sourceQueue)}::text[], ${letters.map(({ sourceId }) => sourceId)}::uuid[]
    ) as of(queue, id)
    where j.name = of.queue and j.id = of.id and j.state = 'failed'`.execute(trx as Db);
}

/** Jobs that wait or run are given up; what runs goes on to its end, and is not tried again. @returns their ids */
export async function cancelJobs(trx: DbOrTrx, { queue, ids }: Jobs): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update pgboss.job_common set state = 'cancelled', completed_on = pgboss.job_now()
    where name = ${queue} and id = any(${ids}::uuid[]) and state <= 'active'
    returning id`.execute(trx as Db);
  return rows.map(({ id }) => id);
}

/** Jobs that do not run are gone; so is what is kept of their failures. @returns their ids */
export async function deleteJobs(trx: DbOrTrx, { queue, ids }: Jobs): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with gone as (
      delete from pgboss.job_common
      where name = ${queue} and id = any(${ids}::uuid[]) and state <> 'active' returning id
    ), errors as (
      delete from job_failures where job_id in (select id from gone)
    )
    select id from gone`.execute(trx as Db);
  return rows.map(({ id }) => id);
}

const MESSAGE = "An administrator stopped this import.";

/**
 * The imports and syncs of jobs that are given up end too: left live, the sweep would send them again.
 * @param of.step the queue's step; null: it runs whole imports
 * @param of.butActive of jobs that wait only
 */
export async function cancelImportsOfJobs(
  trx: DbOrTrx,
  { queue, ids }: Jobs,
  of: { step: string | null; butActive?: boolean },
): Promise<void> {
  const whose = of.step
    ? sql`i.kind = 'sync' and i.step = ${of.step}
        and i.artist_id in (select (data ->> 'artistId')::uuid from meant)`
    : sql`i.kind = 'import' and i.id in (select (data ->> 'importId')::uuid from meant)`;
  const { rows } = await sql<{ artistId: string }>`
    with meant as (
      select data from pgboss.job_common
      where name = ${queue} and id = any(${ids}::uuid[]) and state < ${of.butActive ? sql`'active'` : sql`'completed'`}
    )
    update imports i set stage = 'cancelled', message = ${MESSAGE}, error = ${MESSAGE},
      revision = nextval('import_revision'), updated_at = clock_timestamp(), completed_at = clock_timestamp(),
      phase_timings = i.phase_timings || jsonb_build_object('total',
        round(extract(epoch from clock_timestamp() - i.started_at) * 1000)::bigint)
    where i.completed_at is null and ${whose}
    returning i.artist_id as "artistId"`.execute(trx as Db);
  for (const { artistId } of rows) await notify(trx, channels.import, artistId);
}
