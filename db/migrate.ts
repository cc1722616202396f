/** Entry: `npm run migrate [-- up|down|status]` on DATABASE_URL. `npm start` does the same by itself. */
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { meant, readArguments, refuse } from "#server/arguments";
import { readEnvOrExit } from "#server/env";
import { createDb, type Db } from "./index.ts";
import { migrateSchema, schemaStatus } from "./migrations.ts";
import { declareQueues } from "./queue.ts";

// One at a time over all processes: the second waits, then finds nothing to do.
const LOCK = 7_348_201;

/**
 * Schema and queues to this code's version.
 * @returns names of the migrations that ran
 * @throws when the database was migrated by newer code: going on would run old code on a schema it does not know
 */
export async function migrate(url: string): Promise<string[]> {
  const db = createDb(url, { max: 3, applicationName: "theset migrate" });
  try {
    return await db.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
      try {
        return await migrateLocked(connection as Db, url);
      } finally {
        await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
      }
    });
  } finally {
    await db.destroy();
  }
}

async function migrateLocked(db: Db, url: string): Promise<string[]> {
  const { unknown } = await schemaStatus(db);
  if (unknown.length > 0) {
    throw new Error(
      `this database was migrated by a newer version of TheSet (${unknown.join(", ")}): update the code, or restore a backup`,
    );
  }
  const ran = await migrateSchema(db);
  await declareQueues(url, db);
  return ran;
}

async function main(): Promise<void> {
  const known = ["up", "down", "status"];
  const { positionals } = readArguments({
    name: "migrate",
    help: `npm run migrate [-- up | down | status]
Brings the schema and the queues of DATABASE_URL to this version, takes one step back, or tells what is missing.

  up       all migrations that have not run; what it does without a word
  down     the newest one back
  status   what is missing; ends with 1 when something is
  --help   this text
`,
    words: { least: 0, most: 1, what: "takes one of up, down and status" },
  });
  const [command = "up"] = positionals;
  if (!known.includes(command))
    refuse("migrate", `knows up, down and status, not "${command}"${meant(command, known)}`);
  const env = readEnvOrExit();
  if (!env.DATABASE_URL) {
    process.stderr.write(
      "TheSet: DATABASE_URL is not set; with the embedded Postgres, npm start migrates by itself\n",
    );
    process.exit(2);
  }
  if (command === "up") {
    const ran = await migrate(env.DATABASE_URL);
    process.stdout.write(ran.length > 0 ? `${ran.join("\n")}\n` : "schema is up to date\n");
    return;
  }
  const db = createDb(env.DATABASE_URL, { max: 2 });
  try {
    if (command === "status") {
      const status = await schemaStatus(db);
      process.stdout.write(
        `pending: ${status.pending.join(", ") || "none"}\nunknown: ${status.unknown.join(", ") || "none"}\n`,
      );
      process.exitCode = status.pending.length + status.unknown.length > 0 ? 1 : 0;
    } else {
      process.stdout.write(`${(await migrateSchema(db, "down")).join("\n")}\n`);
    }
  } finally {
    await db.destroy();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error: unknown) => {
    process.stderr.write(`TheSet: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
