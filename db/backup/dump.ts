/**
 * One database into a backup: everything in one repeatable-read snapshot, while the product works. Schema is not copied,
 * migrations make it; rows are, the queue's and the record of the migrations too.
 */
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { BackupWriter, Sequence, TableHead } from "./format.ts";

export const SCHEMAS = ["public", "pgboss"];

export type Dumped = { database: string; tables: number; rows: number };

/**
 * @param name under which it stands in the backup
 * @throws Error with Postgres' words; also when there is no schema of TheSet
 */
export async function dumpDatabase(url: string, name: string, out: BackupWriter): Promise<Dumped> {
  const client = new pg.Client({ connectionString: url, application_name: "theset backup" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    // So that the texts say the same to whoever reads them, and no limit of the database's ends a long copy.
    await client.query(
      "set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local extra_float_digits = 3; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0",
    );
    await out.line({ database: name, ...(await versionsOf(client)) });
    const tables = await tablesOf(client);
    let rows = 0;
    for (const table of tables) rows += await dumpTable(client, table, out);
    // After the rows: sequences know no snapshot, and a later value is never too low.
    await out.line({ sequences: await sequencesOf(client) });
    await client.query("commit");
    return { database: name, tables: tables.length, rows };
  } finally {
    await client.end();
  }
}

async function dumpTable(client: pg.Client, head: TableHead, out: BackupWriter): Promise<number> {
  await out.line(head);
  const columns = head.columns.map((column) => client.escapeIdentifier(column)).join(", ");
  const stream = client.query(
    copyTo(`copy ${nameOf(client, head.schema, head.table)} (${columns}) to stdout`),
  );
  for await (const chunk of stream as AsyncIterable<Buffer>) await out.write(chunk);
  await out.write(Buffer.from("\\.\n"));
  return stream.rowCount;
}

export function nameOf(client: pg.Client, schema: string, table: string): string {
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
}

/** Which migrations ran, and at which schema the queue is. */
export async function versionsOf(client: pg.Client): Promise<{ migrations: string[]; queueVersion: number }> {
  const ours = await client.query<{ name: string }>("select name from public.kysely_migration order by name");
  const queue = await client.query<{ version: number }>("select version from pgboss.version");
  return { migrations: ours.rows.map(({ name }) => name), queueVersion: queue.rows[0]?.version ?? 0 };
}

/** What holds rows, an extension's own left out; generated columns make themselves. */
export async function tablesOf(client: pg.Client): Promise<TableHead[]> {
  const { rows } = await client.query<TableHead>(
    `select n.nspname as schema, c.relname as table, p.relname as parent,
       pg_get_expr(c.relpartbound, c.oid) as bound,
       (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     left join pg_inherits i on i.inhrelid = c.oid
     left join pg_class p on p.oid = i.inhparent
     where c.relkind = 'r' and n.nspname = any($1)
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by 1, 2`,
    [SCHEMAS],
  );
  return rows;
}

async function sequencesOf(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    "select schemaname as schema, sequencename as name from pg_sequences where schemaname = any($1) order by 1, 2",
    [SCHEMAS],
  );
  const sequences: Sequence[] = [];
  for (const { schema, name } of rows) {
    const at = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${nameOf(client, schema, name)}`,
    );
    sequences.push({ schema, name, value: at.rows[0]!.value, called: at.rows[0]!.called });
  }
  return sequences;
}
