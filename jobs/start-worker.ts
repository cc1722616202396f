/** What a worker process is made of; commands run one for their own duration. */
import { createDb } from "#db/index";
import { createBoss, queues, sender } from "#db/queue";
import { createRedact, type Logger } from "#server/log";
import { createUpstreams, type UpstreamsConfig } from "#server/upstreams/index";
import { handlers } from "./handlers.ts";
import { startWorkers } from "./work.ts";

const NAME = "theset worker";

/**
 * @param args.secrets what must not be kept of an error, word for word
 * @returns when it works; `stop` hands its jobs back
 */
export async function startWorker(args: {
  databaseUrl: string;
  listenUrl: string;
  config: UpstreamsConfig;
  secrets: string[];
  log: Logger;
}): Promise<{ stop(): Promise<void> }> {
  const { log } = args;
  const db = createDb(args.databaseUrl, {
    applicationName: NAME,
    // an import writes in two transactions at most at a time, and asks for its turn in a third; syncs wait where it is full
    max: 3 * queues["artist-import"].concurrency + 5,
    onError: (error) => log.warn({ err: error }, "a database connection was lost"),
  });
  const boss = createBoss(args.listenUrl, NAME);
  boss.on("error", (error) => log.warn({ err: error }, "queue"));
  boss.on("warning", (warning) => log.warn({ warning }, "queue"));
  await boss.start();
  const upstreams = createUpstreams({ db, log, config: args.config });
  const context = { db, queue: sender(boss), upstreams, log };
  const workers = await startWorkers(boss, handlers, context, NAME, createRedact(args.secrets));
  return {
    async stop() {
      await workers.stop();
      await upstreams.stop();
      await db.destroy();
    },
  };
}
