/** Entry: `npm run backup`. Everything into one file, while the product works or when it does not. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DataDirError, findCluster } from "#db/embedded/index";
import { type Source, writeBackup } from "#db/backup/index";
import { listDatabases } from "#db/embedded/databases";
import { readArguments, refuse } from "#server/arguments";
import { type Env, readEnvOrExit } from "#server/env";
import { openCluster } from "./database.ts";
import { readKept } from "./backup/kept.ts";
import { findRunning } from "./start/instance.ts";
import { bytesOf, say, wordsOf } from "./terminal.ts";

const help = `npm run backup -- FILE
Writes a copy of everything into one file: all rows, the queue's too, of the demo's and the real database, and the secret
that signs sessions. The product may run meanwhile. npm run restore -- FILE brings it back, here or elsewhere.

  --help   this text

Works on the database of DATABASE_URL, else on that of the instance that runs on DATA_DIR, else with a Postgres of its own.
The file is for its owner alone (0600): it holds people's addresses and password hashes. It must not exist yet.
`;

const { positionals } = readArguments({
  name: "backup",
  help,
  words: { least: 1, most: 1, what: "takes one file to write" },
});
const file = resolve(positionals[0]!);
const env = readEnvOrExit();
if (existsSync(file)) refuse("backup", `does not write over ${file}, which is there already`);
if (!statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory())
  refuse("backup", `cannot write ${file}: there is no folder ${dirname(file)}`);

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
let opened: { sources: Source[]; close(): Promise<void> } | undefined;
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
try {
  opened = await open(env);
  const { sources } = opened;
  const about = { version, files: await readKept(env) };
  const { sha256, databases } = await writeBackup(file, sources, about, stopping.signal);
  const size = bytesOf(statSync(file).size);
  const held = databases.map(({ database, tables, rows }) => `${database}: ${tables} tables, ${rows} rows`);
  process.stdout.write(
    `TheSet: wrote ${file} (${size}; ${held.join("; ")}; SHA-256 ${sha256.slice(0, 16)}…)\n`,
  );
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  if (stopping.signal.aborted) say("interrupted: nothing was written");
  else if (code === "42P01") say("this database has no tables of TheSet, so there is nothing to back up");
  else if (code === "ENOSPC") say(`the disk of ${dirname(file)} is full: nothing was written`);
  else say(`the backup was not made: ${wordsOf(error)}`);
  process.exitCode = stopping.signal.aborted ? 130 : error instanceof DataDirError ? 2 : 1;
} finally {
  await opened?.close();
}

async function open(env: Env): Promise<{ sources: Source[]; close(): Promise<void> }> {
  const close = async () => undefined;
  if (env.DATABASE_URL) return { sources: [external(env.DATABASE_URL)], close };
  const running = findRunning(env.DATA_DIR);
  if (running && !running.embedded) return { sources: [external(running.databaseUrl)], close };
  if (running) return { sources: await listDatabases(running.databaseUrl), close };
  if (!(await findCluster(env.DATA_DIR)).exists)
    refuse("backup", `found no data in DATA_DIR ${env.DATA_DIR}, and DATABASE_URL is not set`);
  const { cluster, ...opened } = await openCluster(env, say);
  return { sources: await listDatabases(cluster.url("postgres")), ...opened };
}

function external(url: string): Source {
  return { name: decodeURIComponent(new URL(url).pathname.slice(1)) || "theset", url };
}
