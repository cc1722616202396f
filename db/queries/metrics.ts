/** What machines ask every few seconds: figures of the whole product, each a statement that reads few rows. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

export type QueueFigures = {
  queue: string;
  waiting: number;
  active: number;
  failed: number;
  /** of the longest waiting job that could start; 0: none waits */
  oldestSeconds: number;
  /** since a worker counted them last; null: never. They are as old as that. */
  countedSecondsAgo: number | null;
  paused: boolean;
};

/** Of every queue, as the workers counted it last (every 5 s while one runs): the job table itself is not read. */
export async function listQueueFigures(db: DbOrTrx): Promise<QueueFigures[]> {
  const { rows } = await sql<QueueFigures>`
    select q.name as queue, q.queued_count as waiting, q.active_count as active, q.failed_count as failed,
      -- Nobody counts while all workers are down, but what waited then waits on.
      case when q.ready_oldest_seconds > 0
        then q.ready_oldest_seconds + extract(epoch from now() - q.monitor_on)::float8 else 0 end as "oldestSeconds",
      extract(epoch from now() - q.monitor_on)::float8 as "countedSecondsAgo",
      c.queue is not null as paused
    from pgboss.queue q left join queue_controls c on c.queue = q.name
    order by q.name`.execute(db);
  return rows;
}

export type QueueWork = {
  queue: string;
  completed: number;
  failed: number;
  /** how many ran how long, in pg-boss's 48 bins; null where none finished */
  runBins: number[] | null;
};

/** What each queue finished within so many minutes, added up from the workers' counts. */
export async function listQueueWork(db: DbOrTrx, minutes: number): Promise<QueueWork[]> {
  const { rows } = await sql<QueueWork>`
    with counted as (
      select name, completed_delta, failed_delta, run_bins from pgboss.queue_stats
      where name in (select name from pgboss.queue)
        and captured_on > now() - make_interval(mins => ${minutes}::int)
    ), bins as (
      select name, array_agg(jobs order by slot) as run_bins from (
        select name, slot, coalesce(sum(jobs), 0)::int as jobs
        from counted, unnest(run_bins) with ordinality as bin(jobs, slot)
        where completed_delta > 0 or failed_delta > 0
        group by name, slot
      ) slots group by name
    )
    select name as queue, coalesce(sum(completed_delta), 0)::int as completed,
      coalesce(sum(failed_delta), 0)::int as failed, bins.run_bins as "runBins"
    from counted left join bins using (name)
    group by name, bins.run_bins order by name`.execute(db);
  return rows;
}

export type UpstreamFigures = {
  upstream: string;
  /** calls left of the day */
  left: number;
  state: "ok" | "closed" | "refused";
  /** within the asked minutes */
  answered: number;
  limited: number;
  failed: number;
};

/** Of these services: what is left of the day, whether they are asked, and how they answered of late. */
export async function listUpstreamFigures(
  db: DbOrTrx,
  accounts: { upstream: string; keyHash: string; perDay: number }[],
  minutes: number,
): Promise<UpstreamFigures[]> {
  const { rows } = await sql<UpstreamFigures>`
    select a.upstream,
      greatest(0, a."perDay" - case when b.day_started_at + interval '24 hours' > now() then b.used else 0 end)::int
        as left,
      case when s.refused then 'refused' when s.closed_until > now() then 'closed' else 'ok' end as state,
      calls.answered, calls.limited, calls.failed
    from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb)
      as a(upstream text, "keyHash" text, "perDay" integer)
    left join upstream_budgets b on b.upstream = a.upstream and b.key_hash = a."keyHash"
    left join upstream_state s on s.upstream = a.upstream and s.key_hash = a."keyHash"
    cross join lateral (
      select coalesce(sum(answered), 0)::int as answered, coalesce(sum(limited), 0)::int as limited,
        coalesce(sum(failed), 0)::int as failed
      from upstream_minutes m
      where m.upstream = a.upstream and m.minute > now() - make_interval(mins => ${minutes}::int)
    ) calls
    order by a.upstream`.execute(db);
  return rows;
}

export type DatabaseFigures = {
  /** 0 to 1: at 1 every commit that notifies fails */
  notificationQueueUsage: number;
  connections: number;
  connectionsMost: number;
  importsRunning: number;
  workersAlive: number;
};

export async function getDatabaseFigures(db: DbOrTrx): Promise<DatabaseFigures> {
  const { rows } = await sql<DatabaseFigures>`
    select pg_notification_queue_usage() as "notificationQueueUsage",
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as "connectionsMost",
      (select count(*)::int from imports where completed_at is null) as "importsRunning",
      (select count(*)::int from pgboss.instance where stopped_on is null
        and heartbeat_on > now() - make_interval(secs => 3 * heartbeat_seconds)) as "workersAlive"`.execute(
    db,
  );
  return rows[0]!;
}
