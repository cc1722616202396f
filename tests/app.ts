/** The whole application but its processes: real Postgres, the simulator over HTTP, a caller, and queues to drain. */
import { PgBoss } from "pg-boss";
import pino, { type Logger } from "pino";
import { channels } from "#db/channels";
import { type QueueName, queueNames, queues, sender } from "#db/queue";
import type { Handler, JobContext } from "#jobs/context";
import { handlers } from "#jobs/handlers";
import type { Context, Services } from "#server/context";
import { createBallotBox } from "#server/ballot-box/index";
import { createLimits } from "#server/limits";
import { createHub } from "#server/live/hub";
import { createStreamLimits } from "#server/live/stream-limits";
import { createMetrics } from "#server/metrics/index";
import { createRecordBook } from "#server/record";
import { createCaller } from "#server/routers/_app";
import { createSessionCookie } from "#server/session/cookie";
import { createSessions } from "#server/session/sessions";
import { startSimulator, type WorldName } from "#server/simulator/index";
import { createUpstreams } from "#server/upstreams/index";
import { defaultLimits } from "#server/upstreams/upstream";
import { createEmptier, createTestDb } from "./database.ts";

/** Fails a test that would otherwise go round for ever. */
const MOST_JOBS = 200;

type TestAppOptions = {
  world?: WorldName;
  now?: Date;
  limits?: boolean;
  log?: Logger;
  /** the simulator's only key */
  key?: string;
};

export async function testApp(options: TestAppOptions = {}) {
  const { db, url, close } = await createTestDb();
  const empty = await createEmptier(db, [
    ...["artists", "slugs", "venues", "fans", "people_limits", "trends", "trend_clock"],
    ...["upstream_state", "upstream_cache", "upstream_budgets", "upstream_minutes", "queue_counts"],
    ...["views", "view_salts", "view_marks"],
  ]);
  const simulator = await startSimulator({
    world: options.world ?? "small",
    ...(options.key ? { key: options.key } : {}),
    rateFactor: 1000,
    ...(options.now ? { now: () => options.now as Date } : {}),
  });
  const log = options.log ?? pino({ level: "silent" });
  const key = options.key ?? "simulator";
  const boss = new PgBoss({
    connectionString: url,
    max: 2,
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
  });
  boss.on("error", () => undefined);
  await boss.start();
  const hub = await createHub({ url, channels: Object.values(channels), log });
  const service = (base: string) => ({ url: base, key, rps: 1000, perDay: 100_000 });
  const upstreams = createUpstreams({
    db,
    log,
    config: {
      contact: "test",
      ticketmaster: service(simulator.urls.ticketmaster),
      spotify: {
        ...service(simulator.urls.spotify),
        accountsUrl: simulator.urls["spotify-accounts"],
        secret: key,
      },
      setlistfm: service(simulator.urls.setlistfm),
      musicbrainz: service(simulator.urls.musicbrainz),
    },
    // A silent service costs a test seconds, not forty; a busy machine needs a few.
    limits: {
      ...defaultLimits,
      tryMs: 3_000,
      callMs: 4_000,
      urgentMs: 3_000,
      backoffMs: 10,
      maxBackoffMs: 50,
    },
  });
  const secret = "a secret of the tests, and of nobody else";
  const sessions = createSessions({ db, hub, cookie: createSessionCookie({ secret, secure: false }) });
  const limits = createLimits({ db, secret, on: options.limits ?? false });
  const metrics = createMetrics();
  const services: Services = {
    db,
    patientDb: db,
    metrics,
    recordBook: createRecordBook({ db }),
    sessions,
    limits,
    ballotBox: createBallotBox({ db, limits, log, onVote: metrics.vote }),
    streams: createStreamLimits({ perAddress: limits.on }),
    queue: sender(boss),
    upstreams,
    hub,
    log,
    settings: {
      keepDays: 30,
      simulated: true,
      guestVotes: true,
      cronSecret: "a secret of the tests' scheduler",
      metricsToken: "a token of the tests' Prometheus",
    },
  };
  type Who = Partial<Context["visitor"]> & { cookies?: string; bearer?: string };
  /** A browser of its own: every request has its own signal. What a request sets as a cookie comes with the next. */
  const browser = (who: Who = {}) => {
    const jar = { cookies: who.cookies };
    const context: Context = {
      ...services,
      bearer: who.bearer,
      fan: () => sessions.read(jar.cookies),
      setCookie: (cookie) => (jar.cookies = cookie.split(";")[0]),
      signal: new AbortController().signal,
      requestId: "r-test",
      visitor: { address: who.address ?? "127.0.0.1", userAgent: who.userAgent ?? "test" },
    };
    return { caller: createCaller(context), context, cookies: () => jar.cookies };
  };
  /** Somebody with a browser of their own, of which only the answers matter. */
  const visitor = (who: Who = {}) => browser(who).caller;
  const jobs: JobContext = { db, queue: services.queue, upstreams, log };

  /** Works all queues empty, one job at a time; a job that fails fails the test. */
  async function drain(): Promise<void> {
    for (let count = 0; count < MOST_JOBS; count++) {
      const worked = await workOne();
      if (!worked) return;
    }
    throw new Error(`still not empty after ${MOST_JOBS} jobs`);
  }

  async function workOne(): Promise<boolean> {
    for (const name of queueNames) {
      const [job] = await boss.fetch<object>(name, { ignoreStartAfter: true });
      if (!job) continue;
      await (handlers[name] as Handler<QueueName>)(
        jobs,
        queues[name].payload.parse(job.data) as never,
        new AbortController().signal,
      );
      await boss.complete(name, job.id);
      return true;
    }
    return false;
  }

  return {
    db,
    url,
    simulator,
    services,
    jobs,
    boss,
    hub,
    browser,
    visitor,
    caller: visitor(),
    drain,
    /** Forgets everything but the schema, and the simulator's faults. */
    async clear() {
      simulator.setFaults([]);
      simulator.clearRequests();
      for (const name of queueNames) await boss.deleteAllJobs(name);
      await empty();
    },
    async close() {
      await services.ballotBox.stop();
      await upstreams.stop();
      sessions.stop();
      await hub.stop();
      await boss.stop({ graceful: false });
      await simulator.stop();
      await close();
    },
  };
}
