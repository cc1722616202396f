/** Entry of the worker process: one handler a queue, and the schedules. Stops by handing its jobs back. */
import { createDb } from "#db/index";
import { createBoss, type QueueName, queues, sender } from "#db/queue";
import { readEnvOrExit, upstreamConfig } from "#server/env";
import { createLog } from "#server/log";
import { onStop, reportReady } from "#server/process";
import { createUpstreams } from "#server/upstreams/index";
import { artistImport } from "./artist-import/index.ts";
import { cleanup } from "./cleanup.ts";
import type { Handler } from "./context.ts";
import { scheduledSync } from "./scheduled-sync.ts";
import { setlistSync } from "./setlist-sync.ts";
import { startWorkers } from "./work.ts";

const handlers = {
  "artist-import": artistImport,
  "setlist-sync": setlistSync,
  "scheduled-sync": scheduledSync,
  cleanup,
} satisfies { [Name in QueueName]: Handler<Name> };

const env = readEnvOrExit();
const log = createLog("worker", { level: env.LOG_LEVEL, format: env.LOG_FORMAT });
if (!env.DATABASE_URL) {
  process.stderr.write(
    "TheSet: DATABASE_URL is not set; npm start brings its own Postgres, npm run worker needs one\n",
  );
  process.exit(2);
}
const db = createDb(env.DATABASE_URL, {
  applicationName: "theset worker",
  // an import writes in two transactions at most at a time, and asks for its turn in a third
  max: 3 * queues["artist-import"].concurrency,
  onError: (error) => log.warn({ err: error }, "a database connection was lost"),
});
const boss = createBoss(env.DATABASE_LISTEN_URL ?? env.DATABASE_URL, "theset worker");
boss.on("error", (error) => log.warn({ err: error }, "queue"));
boss.on("warning", (warning) => log.warn({ warning }, "queue"));
await boss.start();
const upstreams = createUpstreams({ db, log, config: upstreamConfig(env) });
const workers = await startWorkers(boss, handlers, { db, queue: sender(boss), upstreams, log });
log.info("worker is ready");
reportReady();

onStop(log, async () => {
  await workers.stop();
  await db.destroy();
});
