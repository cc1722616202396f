/** Entry of the worker process: queues, their handlers and schedules. Stops by handing its jobs back. */
import { createDb } from "#db/index";
import { createBoss, queues, sender } from "#db/queue";
import { readEnvOrExit, secretsOf, upstreamConfig } from "#server/env";
import { createLog, createRedact } from "#server/log";
import { onStop, reportReady } from "#server/process";
import { createUpstreams } from "#server/upstreams/index";
import { handlers } from "./handlers.ts";
import { startWorkers } from "./work.ts";

const env = readEnvOrExit();
const log = createLog("worker", {
  level: env.LOG_LEVEL,
  format: env.LOG_FORMAT,
  secrets: secretsOf(env),
});
if (!env.DATABASE_URL) {
  process.stderr.write(
    "TheSet: DATABASE_URL is not set; npm start brings its own Postgres, npm run worker needs one\n",
  );
  process.exit(2);
}
const db = createDb(env.DATABASE_URL, {
  applicationName: "theset worker",
  // an import writes in two transactions at most at a time, and asks for its turn in a third; syncs wait where it is full
  max: 3 * queues["artist-import"].concurrency + 5,
  onError: (error) => log.warn({ err: error }, "a database connection was lost"),
});
const NAME = "theset worker";
const boss = createBoss(env.DATABASE_LISTEN_URL ?? env.DATABASE_URL, NAME);
boss.on("error", (error) => log.warn({ err: error }, "queue"));
boss.on("warning", (warning) => log.warn({ warning }, "queue"));
await boss.start();
const upstreams = createUpstreams({ db, log, config: upstreamConfig(env) });
const context = { db, queue: sender(boss), upstreams, log };
const workers = await startWorkers(boss, handlers, context, NAME, createRedact(secretsOf(env)));
log.info("worker is ready");
reportReady();

onStop(log, async () => {
  await workers.stop();
  await upstreams.stop();
  await db.destroy();
});
