import { sql } from "kysely";
import pg from "pg";
import { inject } from "vitest";
import { createDb, type Db } from "#db/index";

let count = 0;

/** A freshly migrated database of its own, so that NOTIFY and queues of test files do not meet. */
export async function createTestDb(): Promise<{ db: Db; url: string; close(): Promise<void> }> {
  const name = `theset_test_${process.pid}_${process.env.VITEST_POOL_ID ?? "0"}_${++count}`;
  const admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template ${inject("template")}`);
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${name}`;
  const db = createDb(url.href, { applicationName: name });
  return {
    db,
    url: url.href,
    async close() {
      await db.destroy();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

/**
 * Empties tables and all that refer to them: what `truncate … cascade` does, without a new file for each table and index,
 * which costs a fifth of a second a test. It waits for transactions in flight, as that does.
 */
export async function createEmptier(db: Db, tables: string[]): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string }>`
    with recursive found (id) as (
      select name::regclass::oid from unnest(${tables}::text[]) name
      union select conrelid from pg_constraint join found on confrelid = found.id where contype = 'f'
    )
    select id::regclass::text as name from found`.execute(db);
  const found = rows.map(({ name }) => sql.table(name));
  const deletions = found.map(
    (table) => sql`if exists (select from ${table}) then delete from ${table}; end if;`,
  );
  const empty = sql`do $$ begin
    lock table ${sql.join(found)} in access exclusive mode;
    perform set_config('session_replication_role', 'replica', true);
    ${sql.join(deletions, sql` `)}
  end $$`;
  return async () => void (await empty.execute(db));
}
