/** Kysely's migrator over db/migrations/. Used by `npm run migrate`, by every start and by the tests' template. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Migration, type MigrationProvider, Migrator, sql } from "kysely";
import type { Db } from "./index.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "migrations");

/** Our own provider: Kysely's FileMigrationProvider imports from inside node_modules, past vitest's loader. */
const provider: MigrationProvider = {
  async getMigrations() {
    const migrations: Record<string, Migration> = {};
    for (const name of await migrationNames()) {
      migrations[name] = (await import(`./migrations/${name}.ts`)) as Migration;
    }
    return migrations;
  },
};

/** Names of all migrations known to this code, in order. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** A hash over all that `migrate` makes, tables and queues: the tests' template database is made anew when it changes. */
export async function migrationsHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of await migrationNames())
    hash.update(name).update(await readFile(join(folder, `${name}.ts`)));
  hash.update(await readFile(join(folder, "..", "queue.ts")));
  return hash.digest("hex").slice(0, 16);
}

/** Brings the schema to this code's newest migration, or one step back; returns what was run. */
export async function migrateSchema(db: Db, direction: "up" | "down" = "up"): Promise<string[]> {
  const migrator = new Migrator({ db, provider });
  // A migration that cannot get its lock in 3 s gives way to the traffic it would otherwise queue up behind itself.
  await sql`set lock_timeout = '3s'`.execute(db);
  const { error, results } =
    direction === "up" ? await migrator.migrateToLatest() : await migrator.migrateDown();
  if (error) throw error;
  return (results ?? [])
    .filter((result) => result.status === "Success")
    .map((result) => result.migrationName);
}

/** Which migrations are missing from the database, and which it has that this code does not know (a newer version ran). */
export async function schemaStatus(db: Db): Promise<{ pending: string[]; unknown: string[] }> {
  const known = await migrationNames();
  const applied = await appliedMigrations(db);
  return {
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

async function appliedMigrations(db: Db): Promise<string[]> {
  const table = await sql<{
    found: boolean;
  }>`select to_regclass('public.kysely_migration') is not null as found`.execute(db);
  if (!table.rows[0]?.found) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}
