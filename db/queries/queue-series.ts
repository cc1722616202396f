/** What the queues did over a time range, from the counts that the workers keep: no job is read. */
import { sql } from "kysely";
import { percentile } from "pg-boss";
import type { Db, DbOrTrx } from "../index.ts";
import { binSums, countedUntil, SPAN_MINUTES } from "./queue-counts.ts";

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
  /** null: none ended */
  bins: number[] | null;
};

/** Up to here every count is read; a longer range is drawn from their sums, and only its newest minutes from counts. */
const FINE_MINUTES = 60;

/**
 * Of each of these queues that was counted at all within the range, in one statement.
 * @param minutes the range's length; its last point ends now
 */
export async function listQueueSeries(
  db: DbOrTrx,
  { queues, minutes }: { queues: readonly string[]; minutes: number },
): Promise<QueueSeries[]> {
  const pointSeconds = (minutes * 60) / SERIES_POINTS;
  const begins = sql`now() - make_interval(mins => ${minutes}::int)`;
  const fine = minutes <= FINE_MINUTES;
  // A span stands where its middle is.
  const spans = sql`
    select queue, at + make_interval(mins => ${SPAN_MINUTES}::int) / 2 as at, waiting, ended, run_bins
    from queue_counts where queue = any(${queues as string[]}::text[]) and at > ${begins}
    union all`;
  const { rows } = await sql<Row>`
    with counts as (
      ${fine ? sql`` : spans}
      select of.queue, raw.* from unnest(${queues as string[]}::text[]) as of(queue) cross join lateral (
        select captured_on as at, queued_count as waiting,
          coalesce(completed_delta, 0) + coalesce(failed_delta, 0) as ended, run_bins
        from pgboss.queue_stats
        where name = of.queue and captured_on > ${begins} ${fine ? sql`` : sql`and captured_on >= (select ${countedUntil})`}
        -- In the order of the index, so that it is used: Postgres cannot know how little is left to read.
        order by captured_on desc offset 0
      ) raw
    ), placed as (
      -- date_part: extract would count in numeric, which takes longer.
      select counts.*, least(${SERIES_POINTS}::int - 1, greatest(0, floor(
          (date_part('epoch', at - now()) + ${minutes * 60}::float8) / ${pointSeconds}::float8)))::int as slot
      from counts
    )
    select queue, slot, max(waiting) as waiting, sum(ended)::int as ended,
      case when sum(ended) > 0 then ${binSums} end as bins
    from placed group by queue, slot order by queue, slot`.execute(db as Db);
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
