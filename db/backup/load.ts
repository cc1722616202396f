/**
 * A backup's database into one that holds no data: the schema by our migrations, then all rows in one transaction. Keys
 * between tables are dropped for it and made again after, so that no order of tables matters and every row is checked.
 */
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { nameOf, SCHEMAS, tablesOf, versionsOf } from "./dump.ts";
import {
  BackupError,
  type DatabaseHead,
  type Part,
  readBackup,
  type Sequence,
  type TableHead,
} from "./format.ts";

/**
 * Fills a migrated database without data with the backup's database of that name.
 * @param onNotice told, in a sentence, what was left out
 * @returns rows that were written
 * @throws BackupError, or Postgres' error; the database is as before then
 */
export async function loadDatabase(
  url: string,
  file: string,
  database: string,
  onNotice: (line: string) => void,
): Promise<number> {
  const client = new pg.Client({ connectionString: url, application_name: "theset restore" });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("begin");
    await client.query("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0");
    const keys = await dropKeys(client);
    const ours = await tablesOf(client);
    await client.query(
      `truncate ${ours.map(({ schema, table }) => nameOf(client, schema, table)).join(", ")}`,
    );
    const rows = await copyRows(client, readBackup(file), database, ours, onNotice);
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    await client.query("commit");
    await client.query("analyze");
    return rows;
  } finally {
    await client.end();
  }
}

/** Whether the queue's own schema is the one that the backup was made with. */
export async function checkQueue(url: string, head: DatabaseHead): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "theset restore" });
  await client.connect();
  try {
    const { queueVersion } = await versionsOf(client);
    if (queueVersion === head.queueVersion) return;
    const age = head.queueVersion > queueVersion ? "newer" : "older";
    throw new BackupError(
      `was made with ${age === "newer" ? "a newer" : "an older"} queue: restore it with the version that made it`,
    );
  } finally {
    await client.end();
  }
}

type Key = { table: string; name: string; definition: string };

async function dropKeys(client: pg.Client): Promise<Key[]> {
  const { rows } = await client.query<Key>(
    `select format('%I.%I', n.nspname, c.relname) as table, quote_ident(k.conname) as name,
       pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname = any($1)`,
    [SCHEMAS],
  );
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`);
  return rows;
}

async function copyRows(
  client: pg.Client,
  parts: AsyncGenerator<Part, void, void>,
  database: string,
  ours: TableHead[],
  onNotice: (line: string) => void,
): Promise<number> {
  let here = false;
  let rows = 0;
  let into: ReturnType<typeof copyFrom> | undefined;
  const end = async () => {
    if (!into) return;
    into.end();
    await finished(into);
    into = undefined;
  };
  for await (const part of parts) {
    if (part.is !== "rows") await end();
    if (part.is === "database") here = part.database.database === database;
    if (!here) continue;
    if (part.is === "table") into = await openTable(client, part.table, ours, onNotice);
    if (part.is === "rows" && into) {
      rows += part.count;
      if (!into.write(part.bytes)) await Promise.race([once(into, "drain"), finished(into)]);
    }
    if (part.is === "sequences") await setSequences(client, part.sequences);
  }
  return rows;
}

/** A bound as Postgres prints it, and nothing else: it becomes part of a statement. */
const BOUND = /^FOR VALUES FROM \('[\w :+.-]+'\) TO \('[\w :+.-]+'\)$/;

/** @returns undefined for a table that is none of ours */
async function openTable(
  client: pg.Client,
  head: TableHead,
  ours: TableHead[],
  onNotice: (line: string) => void,
): Promise<ReturnType<typeof copyFrom> | undefined> {
  const { schema, table, columns, parent, bound } = head;
  const known = ours.some((one) => one.schema === schema && one.table === table);
  const name = nameOf(client, schema, table);
  if (!known && (parent === null || bound === null || !BOUND.test(bound))) {
    onNotice(`the table ${schema}.${table} is none of TheSet's and was left out`);
    return undefined;
  }
  // A day's partition, which the queue makes as it goes.
  if (!known)
    await client.query(`create table ${name} partition of ${nameOf(client, schema, parent!)} ${bound}`);
  const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
  const into = client.query(copyFrom(`copy ${name} (${list}) from stdin`));
  // Heard by whoever writes or waits next.
  into.on("error", () => undefined);
  return into;
}

async function setSequences(client: pg.Client, sequences: Sequence[]): Promise<void> {
  for (const { schema, name, value, called } of sequences)
    await client.query("select setval($1::regclass, $2, $3)", [nameOf(client, schema, name), value, called]);
}
