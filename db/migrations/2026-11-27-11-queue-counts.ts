import { type Kysely, sql } from "kysely";

/**
 * What the queues did, in spans of two minutes: pg-boss counts every 5 s, and the dashboard draws a day of that. Summed
 * up by the minute's sweep, from pg-boss's own table.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table queue_counts (
      -- the span's beginning
      at timestamptz not null,
      queue text not null,
      -- the most that waited at once
      waiting integer not null,
      -- jobs that ended, done or failed
      ended integer not null,
      -- how long they ran: a sum a bin of pg-boss's histogram
      run_bins integer[] not null,
      primary key (at, queue)
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table queue_counts`.execute(db);
}
