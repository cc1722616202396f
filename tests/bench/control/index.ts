/**
 * The control room over a million jobs: every statement of every page, by EXPLAIN (ANALYZE). Pages are asked through the
 * administrator's caller and their statements are heard, so that a query is measured as it is sent.
 */
import { TRPCError } from "@trpc/server";
import { type CompiledQuery, sql } from "kysely";
import pino from "pino";
import { channels } from "#db/channels";
import { createDb, type Db } from "#db/index";
import { createSender } from "#db/queue";
import { createBallotBox } from "#server/ballot-box/index";
import type { Context, Services } from "#server/context";
import { createLimits } from "#server/limits";
import { createHub } from "#server/live/hub";
import { createStreamLimits } from "#server/live/stream-limits";
import { databaseGauges } from "#server/metrics/database";
import { createMetrics } from "#server/metrics/index";
import { createRecordBook } from "#server/record";
import { appRouter, createCaller } from "#server/routers/_app";
import { createSessionCookie } from "#server/session/cookie";
import { createSessions } from "#server/session/sessions";
import { createUpstreams } from "#server/upstreams/index";
import { benchDatabases } from "../database.ts";
import { type Bench, type BenchContext, type Figure, spreadOf, timed } from "../frame.ts";
import { type Admin, cases, findIds } from "./cases.ts";
import { isQuestion, type Plan, planOf } from "./plans.ts";
import { fill, type Volume, whole } from "./volume.ts";

const MOST_MS = 300;
/** A smaller table is read from end to end sooner than by any index. */
const SMALL_ROWS = 20_000;

export const control: Bench = {
  about: `every statement of the control room over ${whole.finished / 1e6} million jobs, by EXPLAIN (ANALYZE)`,
  run: (context) => controlRoom(context, whole),
};

export async function controlRoom(
  { serverUrl, rounds, say }: BenchContext,
  volume: Volume,
): Promise<Figure[]> {
  const databases = await benchDatabases(serverUrl);
  const { db, url, drop } = await databases.create();
  const heard: CompiledQuery[] = [];
  const listened = createDb(url, { onQuery: (query) => heard.push(query) });
  const { services, stop } = await servicesOf(listened, url);
  try {
    const { ms } = await timed(() => fill(db, volume));
    say(
      `${volume.finished + volume.waiting} jobs and ${volume.imports} imports are there after ${seconds(ms)}`,
    );
    const ids = await findIds(db);
    const admin = createCaller(contextOf(services, ids.fanId)).admin as unknown as Admin;
    const figures: Figure[] = [];
    const measure = async (name: string, ask: () => Promise<unknown>) => {
      heard.length = 0;
      let cut = false;
      const { ms } = await timed(() => ask().catch((error: unknown) => (cut = wasCut(error))));
      const questions = heard.filter((query) => isQuestion(query) && !/set_config/.test(query.sql));
      // As they were sent: db/cut-off.ts has Postgres compile nothing.
      const jit = !heard.some((query) => /set_config\('jit', 'off'/.test(query.sql));
      const asked = { name, heard: questions, askedMs: ms, cut, jit };
      figures.push(await figureOf(db, rounds, asked));
    };
    for (const procedure of questions())
      for (const [way, ask] of Object.entries(cases[procedure] ?? missing(procedure)))
        await measure(`${procedure} ${way}`.trim(), () => ask(admin, ids));
    await measure("/metrics", databaseGauges(services, services.metrics.registry));
    return figures;
  } finally {
    await stop();
    await listened.destroy();
    await drop();
    await databases.end();
  }
}

/** Names of all questions under `admin.`, without it. */
function questions(): string[] {
  const all = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
  return Object.keys(all)
    .filter((name) => name.startsWith("admin.") && all[name]!._def.type === "query")
    .map((name) => name.slice("admin.".length));
}

function missing(procedure: string): never {
  throw new Error(`admin.${procedure} has no line in tests/bench/control/cases.ts`);
}

/** @throws whatever is not "the database took too long" */
function wasCut(error: unknown): true {
  if (error instanceof TRPCError && error.code === "SERVICE_UNAVAILABLE") return true;
  throw error;
}

type Asked = { name: string; heard: CompiledQuery[]; askedMs: number; cut: boolean; jit: boolean };

/** The slowest statement counts: pages ask one after the other, and each has its own bound. */
async function figureOf(db: Db, rounds: number, { name, heard, askedMs, cut, jit }: Asked): Promise<Figure> {
  let slowest: { ms: number[]; sql: string } = { ms: [0], sql: "" };
  const scans: Plan["scans"] = [];
  for (const query of heard) {
    const ms: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const plan = await db.transaction().execute(async (trx) => {
        await sql`select set_config('jit', ${jit ? "on" : "off"}, true)`.execute(trx);
        return planOf(trx, query);
      });
      ms.push(plan.ms);
      if (round === 0) scans.push(...plan.scans);
    }
    if (spreadOf(ms).median > spreadOf(slowest.ms).median) slowest = { ms, sql: query.sql };
  }
  const { median, min, max } = spreadOf(slowest.ms);
  const ofJobs = scans.filter(({ table }) => /^job(_common)?$/.test(table));
  const large = scans.filter(({ table, rows }) => !/^job(_common)?$/.test(table) && rows > SMALL_ROWS);
  const notes = [
    ...(cut ? ["CUT OFF"] : []),
    ...ofJobs.map(({ rows }) => `READS ALL ${rows} JOBS`),
    ...large.map(({ table, rows }) => `reads ${rows} rows of ${table}`),
  ];
  return {
    name: `admin.${name}`.replace("admin./", "/"),
    goal: `≤ ${MOST_MS} ms`,
    reached: `${median.toFixed(1)} ms`,
    spread: `${min.toFixed(1)} – ${max.toFixed(1)} ms`,
    met: median <= MOST_MS && ofJobs.length === 0 && !cut,
    ...(notes.length > 0 && { note: [...new Set(notes)].join(", ") }),
    rounds: slowest.ms,
    statements: heard.length,
    askedMs,
    sql: slowest.sql,
  };
}

async function servicesOf(db: Db, url: string): Promise<{ services: Services; stop(): Promise<void> }> {
  const log = pino({ level: "silent" });
  const secret = "of a bench";
  const hub = await createHub({ url, channels: Object.values(channels), log });
  const limits = createLimits({ db, secret, on: false });
  const service = (name: string) => ({ url: `http://${name}.invalid`, key: name, rps: 5, perDay: 5_000 });
  const config = {
    contact: "bench",
    ticketmaster: service("ticketmaster"),
    spotify: { ...service("spotify"), accountsUrl: "http://accounts.invalid", secret: "spotify" },
    setlistfm: service("setlistfm"),
    musicbrainz: service("musicbrainz"),
  };
  const queue = await createSender(db, () => undefined);
  const sessions = createSessions({ db, hub, cookie: createSessionCookie({ secret, secure: false }) });
  const services: Services = {
    db,
    patientDb: db,
    hub,
    log,
    limits,
    queue,
    sessions,
    metrics: createMetrics(),
    recordBook: createRecordBook({ db }),
    ballotBox: createBallotBox({ db, limits, log }),
    streams: createStreamLimits({ perAddress: false }),
    upstreams: createUpstreams({ db, log, config }),
    settings: { keepDays: 30, simulated: false, guestVotes: true },
  };
  return {
    services,
    async stop() {
      await services.upstreams.stop();
      sessions.stop();
      await hub.stop();
      await queue.stop();
    },
  };
}

function contextOf(services: Services, fanId: string): Context {
  const me = { id: fanId, sessionId: fanId, name: "Bench", email: "fan1@example.org" } as const;
  return {
    ...services,
    fan: () => Promise.resolve({ ...me, role: "admin", guest: false, blocked: false }),
    setCookie: () => undefined,
    signal: new AbortController().signal,
    requestId: "r-bench",
    visitor: { address: "127.0.0.1", userAgent: "bench" },
  };
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;
