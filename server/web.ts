/** Entry of the web process: env → db → queue → hub → listen; stops in reverse order. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { channels } from "#db/channels";
import { createDb } from "#db/index";
import { createSender } from "#db/queue";
import { acceptWaiting } from "./accept-waiting.ts";
import { createApp } from "./app.ts";
import { readArguments } from "./arguments.ts";
import { createBallotBox } from "./ballot-box/index.ts";
import { readEnvOrExit, secretsOf, upstreamConfig } from "./env.ts";
import { createLimits } from "./limits.ts";
import { createHub } from "./live/hub.ts";
import { createStreamLimits } from "./live/stream-limits.ts";
import { createLog } from "./log.ts";
import { startEcho } from "./metrics/echo.ts";
import { watchEventLoop } from "./metrics/event-loop.ts";
import { createMetrics } from "./metrics/index.ts";
import { createPages } from "./pages.ts";
import { onStop, reportReady } from "./process.ts";
import { createRecordBook } from "./record.ts";
import { createSessionCookie } from "./session/cookie.ts";
import { readOrMakeSecret } from "./session/secret.ts";
import { createSessions } from "./session/sessions.ts";
import { createUpstreams } from "./upstreams/index.ts";

/** Requests get this long to finish after SIGTERM; the starter kills at 10 s. */
const DRAIN_MS = 8_000;
const IDLE_CHECK_MS = 100;
/** Of that: until whoever had asked when the signal came is accepted. */
const ACCEPT_MS = 4_000;
/** A page answers within 5 s or says that the database does not; nothing that a request asks takes so long by itself. */
const QUERY_MS = 4_500;
/** Whoever asks `/api/cron` waits for the ranking; a proxy's own patience ends sooner. */
const PATIENT_MS = 5 * 60_000;

readArguments({
  name: "web",
  help: `npm run web
One web process on DATABASE_URL: pages, API and event streams. npm run build makes the pages first. Ends in order on
SIGTERM.

  --help   this text

Environment: DATABASE_URL, PORT, HOST, APP_URL, SESSION_SECRET and more, all in .env.example.
`,
});
const env = readEnvOrExit();
const log = createLog("web", {
  level: env.LOG_LEVEL,
  format: env.LOG_FORMAT,
  secrets: secretsOf(env),
});
if (!env.DATABASE_URL) {
  process.stderr.write(
    "TheSet: DATABASE_URL is not set; npm start brings its own Postgres, npm run web needs one\n",
  );
  process.exit(2);
}
const development = env.NODE_ENV === "development";
const db = createDb(env.DATABASE_URL, {
  applicationName: "theset web",
  queryMs: QUERY_MS,
  onError: (error) => log.warn({ err: error }, "a database connection was lost"),
});
const patientDb = createDb(env.DATABASE_URL, {
  applicationName: "theset web, patient",
  max: 1,
  queryMs: PATIENT_MS,
  onError: (error) => log.warn({ err: error }, "a database connection was lost"),
});
const queue = await createSender(db, (error) => log.error({ err: error }, "queue"));
const secret = env.SESSION_SECRET ?? (await readOrMakeSecret(env.DATA_DIR));
const hub = await createHub({
  url: env.DATABASE_LISTEN_URL ?? env.DATABASE_URL,
  channels: Object.values(channels),
  log,
});
const upstreams = createUpstreams({ db, log, config: upstreamConfig(env) });
const settings = {
  appUrl: env.APP_URL,
  keepDays: env.SETLISTFM_KEEP_DAYS,
  simulated: env.UPSTREAMS === "simulated",
  guestVotes: env.GUEST_VOTES === "on",
  cronSecret: env.CRON_SECRET,
  metricsToken: env.METRICS_TOKEN,
};
const cookie = createSessionCookie({ secret, secure: env.APP_URL?.startsWith("https:") ?? false });
const sessions = createSessions({ db, hub, cookie });
const limits = createLimits({ db, secret, on: env.LIMITS === "on" });
const streams = createStreamLimits({ perAddress: limits.on });
const metrics = createMetrics();
const measuring = [watchEventLoop(metrics.registry), startEcho({ db, hub, metrics, log })];
const ballotBox = createBallotBox({ db, limits, log, onVote: metrics.vote });
const services = {
  db,
  patientDb,
  queue,
  upstreams,
  hub,
  sessions,
  limits,
  streams,
  ballotBox,
  recordBook: createRecordBook({ db }),
  metrics,
  log,
  settings,
};
const app = createApp({
  services,
  development,
  trustProxy: env.TRUST_PROXY,
  pages: await createPages(services, development),
});

const server = createServer(
  { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000 },
  app,
);
server.on("error", (error: NodeJS.ErrnoException) => {
  const taken = error.code === "EADDRINUSE";
  process.stderr.write(taken ? `TheSet: port ${env.PORT} is taken\n` : `TheSet: ${error.message}\n`);
  process.exit(taken ? 2 : 1);
});
server.listen(env.PORT, env.HOST, () => {
  const { port } = server.address() as AddressInfo;
  const url = env.APP_URL ?? `http://${env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST}:${port}`;
  log.info({ url }, "web is ready");
  reportReady(url);
});

onStop(log, async () => {
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await acceptWaiting(server, ACCEPT_MS);
  const closed = new Promise((resolve) => server.close(resolve));
  // A browser keeps its connection open after the answer: what falls idle while we drain is closed as well.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  // Ends all streams, which would take the whole time to drain; their readers come back to the next process.
  await hub.stop();
  await closed;
  clearTimeout(late);
  clearInterval(idle);
  for (const one of measuring) one.stop();
  await ballotBox.stop();
  sessions.stop();
  await upstreams.stop();
  await queue.stop();
  await patientDb.destroy();
  await db.destroy();
});
