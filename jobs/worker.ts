/** Entry of the worker process: queues, their handlers and schedules. Stops by handing its jobs back. */
import { readArguments } from "#server/arguments";
import { readEnvOrExit, secretsOf, upstreamConfig } from "#server/env";
import { createLog } from "#server/log";
import { onStop, reportReady } from "#server/process";
import { startWorker } from "./start-worker.ts";

readArguments({
  name: "worker",
  help: `npm run worker
One worker process on DATABASE_URL: imports, syncs and schedules. Ends in order on SIGTERM and hands its jobs back.

  --help   this text

Environment: DATABASE_URL, DATABASE_LISTEN_URL, the upstream keys and more, all in .env.example.
`,
});
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
const worker = await startWorker({
  databaseUrl: env.DATABASE_URL,
  listenUrl: env.DATABASE_LISTEN_URL ?? env.DATABASE_URL,
  config: upstreamConfig(env),
  secrets: secretsOf(env),
  log,
});
log.info("worker is ready");
reportReady();

onStop(log, worker.stop);
