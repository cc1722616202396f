/** What `npm run doctor` asks a database. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type ServerFacts = {
  /** such as 180004 */
  version: number;
  versionText: string;
  /** extensions of ours that the database has not */
  missing: string[];
};

export async function getServerFacts(db: DbOrTrx): Promise<ServerFacts> {
  const { rows } = await sql<ServerFacts>`
    select current_setting('server_version_num')::int as version,
      split_part(current_setting('server_version'), ' ', 1) as "versionText",
      array(select name from unnest(array['pg_trgm', 'fuzzystrmatch']) name
        where not exists (select from pg_extension where extname = name)) as missing`.execute(db as Db);
  return rows[0]!;
}

/** Where the server keeps its rows; only a superuser is told. */
export async function findDataDirectory(db: DbOrTrx): Promise<string | undefined> {
  const { rows } = await sql<{ folder: string }>`
    select setting as folder from pg_settings where name = 'data_directory'`.execute(db as Db);
  return rows[0]?.folder;
}

export type QueueFacts = { queues: string[]; paused: string[]; failed: number; waitingSeconds: number };

/** Queues that exist and are paused, jobs that failed for good, and how long the oldest that could start has waited. */
export async function getQueueFacts(db: DbOrTrx): Promise<QueueFacts> {
  const { rows } = await sql<QueueFacts>`
    select array(select name from pgboss.queue) as queues,
      array(select queue from queue_controls) as paused,
      (select count(*)::int from pgboss.job_common where state = 'failed') as failed,
      coalesce((select extract(epoch from now() - min(start_after))::int from pgboss.job_common
        where state in ('created', 'retry') and start_after <= now()), 0) as "waitingSeconds"`.execute(
    db as Db,
  );
  return rows[0]!;
}

/** Workers with a fresh heartbeat. */
export async function countLiveWorkers(db: DbOrTrx): Promise<number> {
  const { rows } = await sql<{ live: number }>`
    select count(*)::int as live from pgboss.instance
    where stopped_on is null and heartbeat_on >= now() - make_interval(secs => 3 * heartbeat_seconds)`.execute(
    db as Db,
  );
  return rows[0]!.live;
}
