import { sql } from "kysely";
import type { Db } from "#db/index";

/**
 * pg-boss makes the partition of a day when that day comes; a test just after midnight writes counts of the day before
 * too.
 */
export async function makeYesterdaysCounts(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select 'queue_stats_' || to_char(current_date - 1, 'YYYYMMDD') as name`.execute(db);
  await sql`create table if not exists ${sql.table(`pgboss.${rows[0]!.name}`)} partition of pgboss.queue_stats
    for values from (current_date - 1) to (current_date)`.execute(db);
}
