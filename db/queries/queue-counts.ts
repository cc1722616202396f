/** The counts that pg-boss makes every 5 s, summed up in spans of two minutes: what a day's series is drawn from. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export const SPAN_MINUTES = 2;
/** Of pg-boss's histograms, each half as long again as the one before. */
const BINS = 48;
/** As long as pg-boss keeps its own. */
const KEPT_DAYS = 2;

/** A sum a bin over rows with `run_bins`: taking the arrays apart would make forty-eight rows of each. */
export const binSums = sql`array[${sql.join(
  Array.from({ length: BINS }, (_, at) => sql`coalesce(sum(run_bins[${at + 1}::int]), 0)::int`),
)}]`;

/** When the spans that are summed up end; -infinity: none is. */
export const countedUntil = sql`
  coalesce((select max(at) from queue_counts) + make_interval(mins => ${SPAN_MINUTES}::int), '-infinity')`;

/** Sums up the spans that are over and were not yet; the last few seconds may still be written by a worker. */
export async function insertQueueCounts(db: DbOrTrx): Promise<void> {
  const span = sql`make_interval(mins => ${SPAN_MINUTES}::int)`;
  await sql`
    insert into queue_counts (at, queue, waiting, ended, run_bins)
    select date_bin(${span}, captured_on, 'epoch'), name, max(queued_count),
      sum(coalesce(completed_delta, 0) + coalesce(failed_delta, 0)), ${binSums}
    from pgboss.queue_stats
    where captured_on >= greatest(${countedUntil}, now() - make_interval(days => ${KEPT_DAYS}::int))
      and captured_on < date_bin(${span}, now() - interval '10 seconds', 'epoch')
    group by 1, 2
    on conflict do nothing`.execute(db as Db);
}

/** @returns how many went, at most 1,000 a call */
export async function deleteOldQueueCounts(db: DbOrTrx): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from queue_counts where (at, queue) in (
      select at, queue from queue_counts
      where at < now() - make_interval(days => ${KEPT_DAYS}::int) order by at, queue limit 1000)`.execute(
    db as Db,
  );
  return Number(numAffectedRows ?? 0);
}
