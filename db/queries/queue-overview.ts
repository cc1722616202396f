/**
 * How the queues are, in one cheap statement: small numbers are counted along pg-boss's indexes (i11, i14), large ones
 * are the counters that its monitor writes every 5 s.
 */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/** Counted exactly up to here. */
const COUNTED = 5_000;

export type QueueOverview = {
  name: string;
  /** to be done, those to be tried again later included */
  waiting: number;
  active: number;
  /** kept for a week to be looked at */
  failed: number;
  /** how long the one that could have run first has waited; null: none could */
  oldestWaitingSeconds: number | null;
  paused: boolean;
  pausedAt: Date | null;
  /** null: not paused, or by somebody who has left */
  pausedBy: string | null;
  pauseReason: string | null;
};

const counted = (where: ReturnType<typeof sql>, counter: ReturnType<typeof sql>) => sql`
  (select case when n > ${COUNTED} then greatest(n, ${counter}) else n end from (
    select count(*)::int as n from (
      select from pgboss.job_common where name = q.name and not blocked and ${where} limit ${COUNTED} + 1
    ) few
  ) counted)`;

const oldest = (is: ReturnType<typeof sql>) => sql`
  (select start_after from pgboss.job_common
    where name = q.name and ${is} and not blocked and start_after <= now()
    order by start_after limit 1)`;

/** @param names the queues meant, in any order; what is no queue is left out */
export async function listQueueOverview(db: DbOrTrx, names: readonly string[]): Promise<QueueOverview[]> {
  const { rows } = await sql<QueueOverview>`
    select q.name,
      ${counted(sql`state < 'active'`, sql`q.queued_count`)} as waiting,
      ${counted(sql`state = 'active'`, sql`q.active_count`)} as active,
      ${counted(sql`state = 'failed'`, sql`q.failed_count`)} as failed,
      floor(extract(epoch from now() - least(
        ${oldest(sql`state = 'created'`)}, ${oldest(sql`state = 'retry'`)})))::int
        as "oldestWaitingSeconds",
      c.queue is not null as paused, c.paused_at as "pausedAt", f.name as "pausedBy", c.reason as "pauseReason"
    from pgboss.queue q
    left join queue_controls c on c.queue = q.name
    left join fans f on f.id = c.paused_by
    where q.name = any(${names as string[]}::text[])`.execute(db as Db);
  return rows;
}
