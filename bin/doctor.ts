/** Entry: `npm run doctor`. Tries everything that a working TheSet needs, a line each, and says what to do. */
import { makeDataDir, DataDirError, findCluster } from "#db/embedded/index";
import { readArguments } from "#server/arguments";
import { type Env, readEnvOrExit } from "#server/env";
import { visible } from "#rules/visible";
import { type Answer, type Check, failed, off, ok } from "./doctor/check.ts";
import {
  checkNotifications,
  checkPostgres,
  checkQueue,
  checkSchema,
  checkWorker,
  openDoctorsDb,
  type Place,
} from "./doctor/database.ts";
import { checkDisk } from "./doctor/disk.ts";
import { checkUpstreams } from "./doctor/upstreams.ts";
import { openRunning, openUpstreams, type Running } from "./running.ts";
import { findRunning } from "./start/instance.ts";
import { painter, say, wordsOf } from "./terminal.ts";

const help = `npm run doctor [-- --json]
Tries what TheSet needs: disk, Postgres, schema, queue, notifications, and each service's key by one real call.

  --json   one JSON object: {"ok", "checks": [{"name", "state": "ok" | "off" | "failed", "detail", "remedy"?}]}
  --help   this text

✓ works, – is not configured, ✗ does not work, with what to do. Ends with 0, or 1 when something configured does not work.
Uses the instance that runs on DATA_DIR, else brings Postgres and the simulator for as long as it takes.
`;

const { values } = readArguments({ name: "doctor", help, options: { json: { type: "boolean" } } });
const env = readEnvOrExit();
const checks: Check[] = [];
const opened: { close(): Promise<unknown> }[] = [];
const close = async () => {
  for (const one of opened.splice(0).reverse()) await one.close().catch(() => undefined);
};
/** What fails from then on fails because of it. */
const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.once(name, () => {
    interrupt.abort();
    void close().finally(() => process.exit(130));
  });

await examine(env);
await close();
if (interrupt.signal.aborted) process.exit(130);
const good = checks.every(({ state }) => state !== "failed");
if (values.json) process.stdout.write(`${JSON.stringify({ ok: good, checks }, null, 2)}\n`);
process.exitCode = good ? 0 : 1;

function report(check: Check): void {
  checks.push(check);
  if (values.json || interrupt.signal.aborted) return;
  const paint = painter(process.stdout);
  const mark = { ok: paint("green", "✓"), off: "–", failed: paint("red", "✗") }[check.state];
  const remedy = check.remedy ? `\n  ${" ".repeat(16)}→ ${visible(check.remedy)}` : "";
  process.stdout.write(`${mark} ${check.name.padEnd(16)}${visible(check.detail)}${remedy}\n`);
}

/** Reports how a look ended; one that throws has failed. @returns whether it is well */
async function look(name: string, at: () => Promise<Answer>): Promise<boolean> {
  const answer = await at().catch((error: unknown) =>
    failed(wordsOf(error), "look at the log, and run it again"),
  );
  report({ name, ...answer });
  return answer.state !== "failed";
}

async function examine(env: Env): Promise<void> {
  report({ name: "Node", ...ok(`${process.version} on ${process.platform}-${process.arch}`) });
  const disk = await look("Disk", () => lookAtDisk(env));
  const instance = findRunning(env.DATA_DIR);
  await look("Product", async () =>
    instance ? lookAtPages(instance.url) : off("does not run; npm start starts it"),
  );
  // A Postgres that cannot write does not start, and says less than we know already.
  const opening = disk || instance || env.DATABASE_URL ? open(env) : undefined;
  // Known before it is there: who interrupts us meanwhile must not leave a Postgres behind.
  opened.push({ close: async () => (await opening)?.close() });
  const running = await opening;
  if (!running) return skip(["Schema", "Queue", "Worker", "Notifications", "Services"]);
  const db = openDoctorsDb(running.databaseUrl);
  opened.push({ close: () => db.destroy() });
  const embedded = !env.DATABASE_URL && (running.instance?.embedded ?? true);
  const place: Place = { db, embedded, isUp: running.instance !== undefined };
  if (!(await look("Postgres", () => checkPostgres(place))))
    return skip(["Schema", "Queue", "Worker", "Notifications", "Services"]);
  await look("Notifications", () => checkNotifications(place, running.listenUrl));
  if (!(await look("Schema", () => checkSchema(place)))) return skip(["Queue", "Worker", "Services"]);
  await look("Queue", () => checkQueue(place));
  await look("Worker", () => checkWorker(place));
  try {
    const services = await openUpstreams(env, running.instance);
    opened.push(services);
    for (const check of await checkUpstreams(db, services.env, services.simulated)) report(check);
  } catch (error) {
    report({ name: "Services", ...failed(wordsOf(error), "look at the log, and run it again") });
  }
}

function skip(names: string[]): void {
  for (const name of names) report({ name, ...off("not looked at, because of the above") });
}

async function open(env: Env): Promise<Running | undefined> {
  try {
    return await openRunning(env, say);
  } catch (error) {
    const remedy =
      error instanceof DataDirError
        ? "set DATA_DIR to another folder"
        : "do as it says; postgres.log in DATA_DIR may say more";
    report({ name: "Postgres", ...failed(wordsOf(error), remedy) });
    return undefined;
  }
}

async function lookAtDisk(env: Env): Promise<Answer> {
  await makeDataDir(env.DATA_DIR, false);
  const cluster = env.DATABASE_URL ? undefined : await findCluster(env.DATA_DIR);
  return checkDisk([env.DATA_DIR, ...(cluster?.exists ? [cluster.folder] : [])]);
}

async function lookAtPages(url: string): Promise<Answer> {
  const remedy = "the log says why; npm start starts a process again by itself";
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (!answer) return failed(`runs, and ${url} does not answer`, remedy);
  if (answer.ok) return ok(`answers at ${url}`);
  const { checks: parts } = (await answer.json().catch(() => ({}))) as { checks?: Record<string, boolean> };
  const bad = Object.keys(parts ?? {}).filter((part) => !parts![part]);
  return failed(`runs, and is not ready: ${bad.join(", ") || answer.status}`, remedy);
}
