/** What the queues did over a time range, from the counts that the workers keep every 5 s: no job is read. */
import { sql } from "kysely";
import { percentile } from "pg-boss";
import type { Db, DbOrTrx } from "../index.ts";

/** Points of each series, whatever the range. */
export const SERIES_POINTS = 30;

export type QueueSeries = {
  queue: string;
  /** jobs that ended a minute, over the minutes that were counted; null: nobody counted */
  perMinute: number | null;
  /** ms that half of the jobs took at most, and 95 of 100; null: none ended */
  p50Ms: number | null;
  p95Ms: number | null;
  /** The oldest first, a value a point; null: nobody counted then, or no job ended. */
  waiting: (number | null)[];
  perMinutes: (number | null)[];
  p95s: (number | null)[];
};

type Row = {
  queue: string;
  slot: number;
  waiting: number;
  ended: number;
  bins: number[] | null;
};

/**
 * Of each of these queues that was counted at all within the range, in one statement.
 * @param minutes the range's length; its last point ends now
 */
export async function listQueueSeries(
  db: DbOrTrx,
  { queues, minutes }: { queues: readonly string[]; minutes: number },
): Promise<QueueSeries[]> {
  const pointSeconds = (minutes * 60) / SERIES_POINTS;
  const { rows } = await sql<Row>`
    with counted as materialized (
      select name, least(${SERIES_POINTS}::int - 1,
          floor(extract(epoch from captured_on - now() + make_interval(mins => ${minutes}::int)) / ${pointSeconds}::float8)
        )::int as slot,
        queued_count, coalesce(completed_delta, 0) + coalesce(failed_delta, 0) as ended,
        -- Mostly empty: what a queue that rests leaves behind is not carried along.
        case when completed_delta > 0 or failed_delta > 0 then run_bins end as run_bins
      from pgboss.queue_stats
      where name = any(${queues as string[]}::text[])
        and captured_on > now() - make_interval(mins => ${minutes}::int)
    ), bins as (
      select name, slot, array_agg(jobs order by bin) as bins from (
        select name, slot, bin, coalesce(sum(jobs), 0)::int as jobs
        from counted, unnest(run_bins) with ordinality as binned(jobs, bin)
        group by name, slot, bin
      ) summed group by name, slot
    )
    select name as queue, slot, max(queued_count) as waiting, sum(ended)::int as ended, bins.bins
    from counted left join bins using (name, slot)
    group by name, slot, bins.bins order by name, slot`.execute(db as Db);
  const names = [...new Set(rows.map(({ queue }) => queue))];
  return names.map((queue) =>
    seriesOf(
      queue,
      rows.filter((row) => row.queue === queue),
      pointSeconds / 60,
    ),
  );
}

function seriesOf(queue: string, rows: Row[], pointMinutes: number): QueueSeries {
  const points = <T>(value: (row: Row) => T | null) => {
    const all = Array<T | null>(SERIES_POINTS).fill(null);
    for (const row of rows) all[Math.max(0, row.slot)] = value(row);
    return all;
  };
  const ended = rows.reduce((sum, row) => sum + row.ended, 0);
  const bins = rows.reduce<number[]>(
    (sum, row) => (row.bins ? row.bins.map((jobs, bin) => jobs + (sum[bin] ?? 0)) : sum),
    [],
  );
  return {
    queue,
    perMinute: rows.length > 0 ? ended / (rows.length * pointMinutes) : null,
    p50Ms: msOf(bins, 50),
    p95Ms: msOf(bins, 95),
    waiting: points(({ waiting }) => waiting),
    perMinutes: points((row) => row.ended / pointMinutes),
    p95s: points((row) => msOf(row.bins, 95)),
  };
}

function msOf(bins: number[] | null, percent: number): number | null {
  if (!bins || bins.length === 0) return null;
  const seconds = percentile(bins, percent);
  return seconds === null ? null : Math.round(seconds * 1000);
}
