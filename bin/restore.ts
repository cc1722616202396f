/**
 * Entry: `npm run restore`. A backup into an empty DATA_DIR or database. The file is read to its end before anything is
 * changed, and what a failed restore has made is taken away again.
 */
import { statSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  BackupError,
  checkBackup,
  checkQueue,
  type Contents,
  findContents,
  loadDatabase,
} from "#db/backup/index";
import { DataDirError, ensureDatabase, findCluster, makeDataDir, startCluster } from "#db/embedded/index";
import { databaseNames } from "#db/embedded/databases";
import { migrate } from "#db/migrate";
import { readArguments, refuse } from "#server/arguments";
import { type Env, readEnvOrExit } from "#server/env";
import { writeKept } from "./backup/kept.ts";
import { lockDataDir } from "./database.ts";
import { findRunning } from "./start/instance.ts";
import { databaseName } from "./start/postgres.ts";
import { say, wordsOf } from "./terminal.ts";

const help = `npm run restore -- FILE
Brings back what npm run backup wrote: into an empty DATA_DIR, or into the empty database of DATABASE_URL. Nothing of
TheSet may run on it. The backup must be of this version.

  --help   this text

A file with the demo's and the real database brings both back into a DATA_DIR; into DATABASE_URL it brings the real one
where an upstream key is set, else the demo's.
`;

const { positionals } = readArguments({
  name: "restore",
  help,
  words: { least: 1, most: 1, what: "takes one file to read" },
});
const file = resolve(positionals[0]!);
const env = readEnvOrExit();
if (!statSync(file, { throwIfNoEntry: false })?.isFile()) refuse("restore", `found no file ${file}`);

/** Takes away what was made so far. */
let undo: (() => Promise<void>) | undefined;
let undone: Promise<void> | undefined;
/** Once, though an interrupted restore fails too. */
const takeBack = () => (undone ??= undo?.() ?? Promise.resolve());
let state: "at work" | "interrupted" | "done" = "at work";
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => void interrupt());
try {
  const contents = await checkBackup(file);
  const written = env.DATABASE_URL
    ? await intoDatabase(env, env.DATABASE_URL, contents)
    : await intoDataDir(env, contents);
  process.stdout.write(`TheSet: restored ${written.join("; ")} from ${file}\n`);
} catch (error) {
  await takeBack();
  const bad = error instanceof BackupError;
  if (!isInterrupted()) say(bad ? `${file} ${error.message}` : `nothing was restored: ${wordsOf(error)}`);
  process.exitCode = bad || error instanceof DataDirError ? 2 : 1;
}

async function interrupt(): Promise<void> {
  // All is there, and only the server has to stop.
  if (state === "done") return;
  state = "interrupted";
  await takeBack().catch(() => undefined);
  say("interrupted: nothing was restored");
  process.exit(130);
}

/** A function: the compiler does not know that a signal may come. */
function isInterrupted(): boolean {
  return state === "interrupted";
}

async function intoDatabase(env: Env, url: string, { header, databases }: Contents): Promise<string[]> {
  const inTheWay = await findContents(url);
  if (inTheWay) refuse("restore", `cannot use the database of DATABASE_URL: it ${inTheWay}`);
  const wanted = databases.find(({ database }) => database === databaseName(env));
  const chosen = databases.length === 1 ? databases[0] : wanted;
  if (!chosen) throw new BackupError("holds no database that could be meant");
  const told = [await load(url, chosen)];
  if (databases.length > 1)
    say(`the backup holds two databases; ${chosen.database} is the one for these upstream keys`);
  state = "done";
  await keep(env, header.files).catch((error: unknown) =>
    say(
      `the rows are restored, and the secret of sessions is not, so that everybody has to sign in again: ${wordsOf(error)}`,
    ),
  );
  return told;
}

async function intoDataDir(env: Env, { header, databases }: Contents): Promise<string[]> {
  const running = findRunning(env.DATA_DIR);
  if (running)
    refuse(
      "restore",
      `needs a stopped instance, and one runs on DATA_DIR ${env.DATA_DIR} (process ${running.pid})`,
    );
  const { folder, exists } = await findCluster(env.DATA_DIR);
  const others = (await readdir(env.DATA_DIR)).filter((name) => name !== "lock");
  if (exists || others.length > 0)
    refuse(
      "restore",
      `needs an empty DATA_DIR, and ${exists ? folder : env.DATA_DIR} is not: set DATA_DIR to another folder`,
    );
  const lock = await lockDataDir(env);
  // From here on all that comes into DATA_DIR is ours; initdb alone takes seconds, and may be interrupted or fail.
  const starting = startCluster(env.DATA_DIR, { onNotice: say });
  const stop = async () => (await starting.catch(() => undefined))?.stop();
  undo = async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
    for (const name of await readdir(env.DATA_DIR))
      if (name !== "lock") await rm(join(env.DATA_DIR, name), { recursive: true, force: true });
    lock.release();
  };
  const cluster = await starting;
  const told: string[] = [];
  for (const one of databases) {
    // A copy of somebody's own database becomes the one that a start would use here.
    const names: string[] = Object.values(databaseNames);
    const name = names.includes(one.database) ? one.database : databaseName(env);
    await ensureDatabase(cluster, name);
    told.push(await load(cluster.url(name), one));
  }
  await keep(env, header.files);
  if (isInterrupted()) throw new Error("interrupted");
  state = "done";
  undo = undefined;
  await stop();
  lock.release();
  return told;
}

/** The files beside the rows. A DATABASE_URL's DATA_DIR may not be there yet, or not be ours to write. */
async function keep(env: Env, files: Record<string, string>): Promise<void> {
  if (Object.keys(files).length === 0) return;
  await makeDataDir(env.DATA_DIR, false);
  if (!(await writeKept(env, files)))
    say("everybody has to sign in again: the secret of sessions is another one");
}

async function load(url: string, one: Contents["databases"][number]): Promise<string> {
  await migrate(url);
  await checkQueue(url, one);
  const rows = await loadDatabase(url, file, one.database, say);
  return `${one.database} (${one.tables} tables, ${rows} rows)`;
}
