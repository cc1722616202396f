/** Whether the database itself is well. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type DatabaseHealth = {
  /** 0 to 1: at 1 every commit that notifies fails */
  notificationQueue: number;
  connections: number;
  connectionsMost: number;
  sizeBytes: number;
  /** of the transaction that has run longest, anybody's but vacuum's; null: none runs. It holds back the clean-up of rows. */
  oldestTransactionSeconds: number | null;
};

/** Reads the server's own views; other people's transactions are seen by their age only. */
export async function getDatabaseHealth(db: DbOrTrx): Promise<DatabaseHealth> {
  const { rows } = await sql<DatabaseHealth>`
    select pg_notification_queue_usage() as "notificationQueue",
      count(*) filter (where backend_type = 'client backend')::int as connections,
      current_setting('max_connections')::int as "connectionsMost",
      pg_database_size(current_database()) as "sizeBytes",
      extract(epoch from max(now() - xact_start)
        filter (where backend_type = 'client backend' and pid <> pg_backend_pid()))::float8
        as "oldestTransactionSeconds"
    from pg_stat_activity`.execute(db as Db);
  return rows[0]!;
}
