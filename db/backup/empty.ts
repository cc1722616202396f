/** Whether a database is fit to be restored into. */
import pg from "pg";
import { SCHEMAS } from "./dump.ts";

/** What stands in the way: somebody's tables or rows, or processes that work on it; undefined: nothing does. */
export async function findContents(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, application_name: "theset restore" });
  await client.connect();
  try {
    const busy = await client.query<{ names: string | null }>(
      `select string_agg(distinct application_name, ', ') as names from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and application_name like 'theset%'`,
    );
    if (busy.rows[0]?.names) return `is in use (${busy.rows[0].names}): stop these processes first`;
    const tables = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = any($1) order by 1",
      [SCHEMAS],
    );
    if (tables.rows.length === 0) return undefined;
    const names = tables.rows.map(({ name }) => name);
    // Migrated and nothing else: what `npm run migrate` leaves, or a restore that did not come to its end.
    if (["kysely_migration", "artists", "fans"].every((name) => names.includes(name))) {
      const held = await client.query<{ any: boolean }>(
        "select exists (select from artists) or exists (select from fans) as any",
      );
      if (!held.rows[0]?.any) return undefined;
    }
    return `is not empty (it has ${names[0]} and ${names.length - 1} other tables): restore needs an empty one`;
  } finally {
    await client.end();
  }
}
