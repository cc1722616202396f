/**
 * Stops a worker inside a transaction: inserts into a table wait for a lock that the test holds. So a kill meets a line
 * that no upstream call is near.
 * The trigger stays, and lets everybody pass once the lock is free.
 */
import pg from "pg";
import type { Database } from "./databases.ts";
import { until } from "./until.ts";

const LOCK = 4_711;

export type Hold = {
  /** Waits until somebody stands before the table. */
  reached(limitMs: number): Promise<unknown>;
  release(): Promise<void>;
};

export async function holdInserts(db: Database, table: string): Promise<Hold> {
  await db.rows(`create or replace function held() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${LOCK}); return null; end $$`);
  await db.rows(
    `create or replace trigger held before insert on ${table} for each statement execute function held()`,
  );
  const client = new pg.Client({ connectionString: db.url });
  // A test that fails drops the database below it.
  client.on("error", () => undefined);
  await client.connect();
  await client.query("select pg_advisory_lock($1)", [LOCK]);
  return {
    reached: (limitMs) =>
      until(`a write to ${table} waits`, limitMs, async () => {
        const waiting = await db.rows(
          "select 1 from pg_locks where locktype = 'advisory' and objid = $1 and not granted",
          [LOCK],
        );
        return waiting.length > 0;
      }),
    release: () => client.end(),
  };
}
