/**
 * Entry: `npm run import`. Starts the import of one artist, or joins the one that runs, and shows it until it ends. The
 * running instance does the work; without one, a worker of this command's own.
 */
import { createDb } from "#db/index";
import { createSender } from "#db/queue";
import { startWorker } from "#jobs/start-worker";
import { readArguments, refuse } from "#server/arguments";
import { type Env, readEnvOrExit, secretsOf, upstreamConfig } from "#server/env";
import { createLimits } from "#server/limits";
import { createLog } from "#server/log";
import { startMany } from "#server/start-many";
import { createUpstreams } from "#server/upstreams/index";
import { DataDirError } from "#db/embedded/index";
import { exitCodes, follow } from "./import/follow.ts";
import { problemOf } from "./import/problem.ts";
import { openRunning, openUpstreams } from "./running.ts";
import { say, wordsOf } from "./terminal.ts";

const help = `npm run import -- "ARTIST NAME OR ATTRACTION ID"
Imports an artist: who it is, coming shows, songs, past setlists, odds. Shows a bar on a terminal, plain lines elsewhere.

  --help   this text

Ends with 0 when it is complete, 3 when something is missing, 1 when it failed, 2 when the name is nobody's or
several artists' (they are listed with their ids), 130 after Ctrl-C.
Uses the instance that runs on DATA_DIR, else brings Postgres, the simulator where no upstream key is set, and a worker.
`;

const { positionals } = readArguments({
  name: "import",
  help,
  words: {
    least: 1,
    most: 1,
    what: "takes one artist: a name in quotes, or an attraction id of Ticketmaster",
  },
});
const asked = positionals[0]!.trim();
if (asked === "") refuse("import", "takes an artist's name, and this one is empty");

/** In the order they were opened; closed the other way round. */
const opened: { close(): Promise<unknown> }[] = [];
const stopping = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());

const env = readEnvOrExit();
try {
  process.exitCode = await run(env);
} catch (error) {
  if (!stopping.signal.aborted) say(wordsOf(error));
  process.exitCode = error instanceof DataDirError ? 2 : 1;
} finally {
  for (const one of opened.reverse()) await one.close().catch(() => undefined);
}
if (stopping.signal.aborted) process.exitCode = 130;
process.exit();

async function run(env: Env): Promise<number> {
  const { signal } = stopping;
  const running = await openRunning(env, say);
  opened.push(running);
  signal.throwIfAborted();
  const services = await openUpstreams(env, running.instance);
  opened.push(services);
  // What is worth knowing is the import's own report; a log of warnings would break the bar.
  const log = createLog("import", { level: "error", format: "json", secrets: secretsOf(services.env) });
  const db = createDb(running.databaseUrl, { max: 3, applicationName: "theset import" });
  const upstreams = createUpstreams({ db, log, config: upstreamConfig(services.env) });
  const queue = await createSender(db, (error) => log.error({ err: error }, "queue"));
  opened.push({ close: () => db.destroy() }, { close: upstreams.stop }, { close: queue.stop });

  const [result] = await startMany(
    {
      ...{ db, queue, upstreams, log, signal, origin: "command" as const },
      limits: createLimits({ db, secret: "", on: false }),
      visitor: { address: "127.0.0.1", userAgent: "npm run import" },
      fan: async () => undefined,
    },
    [asked],
  );
  signal.throwIfAborted();
  const problem = problemOf(asked, result!);
  if (problem) {
    process.stderr.write(problem.text);
    return problem.code;
  }
  if (!running.instance) {
    const { databaseUrl, listenUrl } = running;
    const worker = await startWorker({
      databaseUrl,
      listenUrl,
      config: upstreamConfig(services.env),
      secrets: secretsOf(services.env),
      log,
    });
    opened.push({ close: worker.stop });
  }
  const stage = await follow(db, result!.importId!, { joined: result!.outcome === "joined", signal });
  if (stage === undefined)
    say(running.instance ? "the import goes on without us" : "the import goes on with the next start");
  return stage === undefined ? 130 : exitCodes[stage];
}
