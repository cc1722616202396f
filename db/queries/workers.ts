/** The worker processes, as pg-boss keeps them, and what each has in hand. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { DIED } from "./job-runs.ts";

/** A worker that stopped or fell silent so long ago is history. */
const SHOWN_MINUTES = 60;
const MOST_WORKERS = 50;
const MOST_JOBS = 20;

export type WorkerJob = {
  jobId: string;
  queue: string;
  startedAt: Date;
  attempt: number;
  importId: string | null;
  /** null: not about one artist, or the artist has no name yet */
  artistName: string | null;
};

export type Worker = {
  id: string;
  host: string;
  pid: number;
  /** of Node.js, without its v */
  nodeVersion: string;
  startedAt: Date;
  /** since its last heartbeat */
  silentSeconds: number;
  /** heard of within three heartbeats */
  live: boolean;
  memoryBytes: number | null;
  /** what it has in hand, the oldest first; of one that fell silent: what nobody has taken over yet */
  jobs: WorkerJob[];
  /** jobs that others took over since it fell silent */
  takenOver: number;
};

/** Those at work, and those that fell silent without a goodbye within the last hour; the dead ones first. */
export async function listWorkers(db: DbOrTrx): Promise<Worker[]> {
  const { rows } = await sql<Worker>`
    with shown as materialized (
      select id, host, pid, node_version, started_on, metrics,
        extract(epoch from now() - heartbeat_on)::float8 as silent,
        heartbeat_on >= now() - make_interval(secs => 3 * heartbeat_seconds) as live
      from pgboss.instance
      where stopped_on is null and heartbeat_on > now() - make_interval(mins => ${SHOWN_MINUTES})
      order by heartbeat_on < now() - make_interval(secs => 3 * heartbeat_seconds) desc, started_on desc
      limit ${MOST_WORKERS}
    )
    select w.id, w.host, w.pid, ltrim(w.node_version, 'v') as "nodeVersion", w.started_on as "startedAt",
      greatest(0, w.silent) as "silentSeconds", w.live, (w.metrics ->> 'rss')::float8 as "memoryBytes",
      coalesce(hand.jobs, '[]') as jobs, died.count as "takenOver"
    from shown w
    cross join lateral (
      select json_agg(json_build_object('jobId', r.job_id, 'queue', r.queue, 'startedAt', r.started_at,
        'attempt', r.attempt, 'importId', i.id, 'artistName', a.name) order by r.started_at) as jobs
      from (select * from job_runs where worker = w.id order by started_at limit ${MOST_JOBS}) r
      left join pgboss.job_common j on j.name = r.queue and j.id = r.job_id
      left join imports i on i.id = (j.data ->> 'importId')::uuid
      left join artists a on a.id = coalesce(i.artist_id, (j.data ->> 'artistId')::uuid)
    ) hand
    cross join lateral (
      select count(*)::int from job_failures f
      where f.worker = w.id and f.error_key = ${DIED}
        and f.failed_at > now() - make_interval(mins => ${SHOWN_MINUTES})
    ) died
    order by w.live, w.started_on desc`.execute(db as Db);
  return rows.map((row) => ({
    ...row,
    jobs: row.jobs.map((job) => ({ ...job, startedAt: new Date(job.startedAt) })),
  }));
}
