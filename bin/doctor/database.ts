/** Postgres, our schema, the queue, notifications: each tried, not only found. */
import { createDb, type Db } from "#db/index";
import { schemaStatus } from "#db/migrations";
import { countLiveWorkers, getQueueFacts, getServerFacts } from "#db/queries/doctor";
import { createSender, queueNames } from "#db/queue";
import { roundTrip } from "#db/round-trip";
import { wordsOf } from "../terminal.ts";
import { type Answer, failed, off, ok } from "./check.ts";

/** The oldest server that the migrations run on. */
const OLDEST = 15;
const PATIENCE_MS = 5_000;
/** A worker looks every 2 s; a queue that waits so long has none, or a long list before it. */
const LONG_WAIT_SECONDS = 600;

export type Place = {
  db: Db;
  /** the server is ours, in DATA_DIR */
  embedded: boolean;
  /** something of TheSet runs on this DATA_DIR */
  isUp: boolean;
};

export async function checkPostgres({ db, embedded }: Place): Promise<Answer> {
  const began = performance.now();
  try {
    const { version, versionText, missing } = await getServerFacts(db);
    const ms = Math.round(performance.now() - began);
    if (version < OLDEST * 10_000)
      return failed(`Postgres ${versionText} is too old`, `DATABASE_URL needs Postgres ${OLDEST} or newer`);
    const whose = embedded ? "its own" : "of DATABASE_URL";
    if (missing.length > 0)
      return failed(
        `Postgres ${versionText} answers, and the database has no ${missing.join(" and ")}`,
        `run npm run migrate; where that may not, as a superuser: ${missing.map((name) => `create extension ${name};`).join(" ")}`,
      );
    return ok(`${versionText}, ${whose}, answers in ${ms} ms`);
  } catch (error) {
    return failed(`Postgres does not answer: ${wordsOf(error)}`, remedyOf(error, embedded));
  }
}

/** What helps with the ways a connection fails. */
export function remedyOf(error: unknown, embedded: boolean): string {
  const { code } = error as NodeJS.ErrnoException;
  if (embedded) return "stop TheSet and start it again; postgres.log in DATA_DIR says what happened";
  switch (code) {
    case "28P01":
    case "28000":
      return "DATABASE_URL has another user or password than the server: correct it there";
    case "3D000":
      return "there is no such database: create it, or correct the name at the end of DATABASE_URL";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "no machine has this name: correct the host in DATABASE_URL";
    case "ECONNREFUSED":
      return "no server listens there: start it, or correct host and port in DATABASE_URL";
    case "53300":
      return "the server has no connection left: raise max_connections, or run fewer processes";
    case "53100":
    case "58030":
      return "the server's disk is full or broken: free some of it";
    default:
      return "look at the server's log, and whether DATABASE_URL is right and this machine may reach it";
  }
}

export async function checkSchema({ db, embedded }: Place): Promise<Answer> {
  const { pending, unknown } = await schemaStatus(db);
  const bring = embedded ? "npm start" : "npm run migrate";
  if (unknown.length > 0)
    return failed(
      `a newer version of TheSet was here (${unknown.at(-1)})`,
      "update the code, or restore a backup",
    );
  if (pending.length > 0)
    return failed(`${pending.length} migrations have not run, from ${pending[0]} on`, `run ${bring}`);
  return ok("as this version needs it");
}

/** A job is sent and taken back: in a transaction that is rolled back, so that no worker sees it. */
export async function checkQueue({ db, embedded }: Place): Promise<Answer> {
  const facts = await getQueueFacts(db);
  const missing = queueNames.filter((name) => !facts.queues.includes(name));
  if (missing.length > 0)
    return failed(
      `there is no queue ${missing.join(", ")}`,
      `run ${embedded ? "npm start" : "npm run migrate"}`,
    );
  const undo = new Error("taken back");
  const sender = await createSender(db, () => undefined);
  try {
    await db.transaction().execute(async (trx) => {
      await sender.send(trx, "cleanup", { sentBy: "doctor" }, { key: "doctor" });
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  } finally {
    await sender.stop();
  }
  const paused = facts.paused.length > 0 ? `, ${facts.paused.join(", ")} paused by an administrator` : "";
  const gone = facts.failed > 0 ? `, ${facts.failed} jobs have failed for good` : "";
  return ok(`takes jobs${paused}${gone}`);
}

export async function checkWorker({ db, isUp }: Place): Promise<Answer> {
  const [live, { waitingSeconds, paused }] = [await countLiveWorkers(db), await getQueueFacts(db)];
  if (live > 0) {
    if (waitingSeconds > LONG_WAIT_SECONDS && paused.length === 0)
      return failed(
        `${live} at work, and a job has waited for ${Math.round(waitingSeconds / 60)} minutes`,
        "look at the queues in the control room, and start another worker",
      );
    return ok(`${live} at work`);
  }
  if (isUp) return failed("none is alive", "the log says why; npm start starts it again by itself");
  return off("none runs; npm start or npm run worker starts one");
}

export async function checkNotifications({ db, embedded }: Place, listenUrl: string): Promise<Answer> {
  const remedy = embedded
    ? "stop TheSet and start it again"
    : "set DATABASE_LISTEN_URL to a direct connection to the same database: a pooler in transaction mode hears nothing";
  try {
    const ms = await roundTrip(db, listenUrl, PATIENCE_MS);
    if (ms === undefined) return failed(`nothing was heard within ${PATIENCE_MS / 1000} s`, remedy);
    return ok(`heard after ${ms.toFixed(1)} ms`);
  } catch (error) {
    return failed(`there is no connection to listen at: ${wordsOf(error)}`, remedy);
  }
}

export function openDoctorsDb(url: string): Db {
  return createDb(url, { max: 3, applicationName: "theset doctor", queryMs: 2 * PATIENCE_MS });
}
