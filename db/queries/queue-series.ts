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

/** Of pg-boss's histograms, each half as long again as the one before. */
const BINS = 48;
/** Durations are read from about so many counts a queue, by chance: a day of a busy one has seventeen thousand. */
const SAMPLED = 600;

/**
 * Of each of these queues that was counted at all within the range, in one statement.
 * @param minutes the range's length; its last point ends now
 */
export async function listQueueSeries(
  db: DbOrTrx,
  { queues, minutes }: { queues: readonly string[]; minutes: number },
): Promise<QueueSeries[]> {
  const pointSeconds = (minutes * 60) / SERIES_POINTS;
  // A sum a bin: taking the arrays apart made forty-eight rows of every count.
  const sums = Array.from({ length: BINS }, (_, at) => sql`coalesce(sum(run_bins[${at + 1}::int]), 0)::int`);
  const placed = sql`
    -- date_part: extract would count in numeric, which takes longer.
    select name, least(${SERIES_POINTS}::int - 1, greatest(0, floor(
        (date_part('epoch', captured_on - now()) + ${minutes * 60}::float8) / ${pointSeconds}::float8)))::int as slot,
      queued_count, coalesce(completed_delta, 0) + coalesce(failed_delta, 0) as ended, run_bins,
      uuid_hash(id) & 2147483647 as chance
    from pgboss.queue_stats
    where name = any(${queues as string[]}::text[])
      and captured_on > now() - make_interval(mins => ${minutes}::int)`;
  const { rows } = await sql<Row>`
    with points as materialized (
      select name, slot, max(queued_count) as waiting, sum(ended)::int as ended,
        count(*) filter (where ended > 0) as busy
      from (${placed}) placed group by name, slot
    ), sampled as (
      select name, greatest(1, sum(busy) / ${SAMPLED}::int)::int as every from points group by name
    ), bins as (
      select name, slot, array[${sql.join(sums)}] as bins
      from (${placed}) placed join sampled using (name)
      where ended > 0 and chance % every = 0
      group by name, slot
    )
    select name as queue, slot, waiting, ended, bins.bins
    from points left join bins using (name, slot)
    order by name, slot`.execute(db as Db);
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
