/** What a worker process is made of; commands run one for their own duration. */
import { createDb } from "#db/index";
import { createBoss, queues, sender } from "#db/queue";
import type { Logger } from "#server/log";
import { createUpstreams, type UpstreamsConfig } from "#server/upstreams/index";
import { handlers } from "./handlers.ts";
import { startWorkers } from "./work.ts";

const NAME = "theset worker";

/** @returns when it works; `stop` hands its jobs back */
export async function startWorker(args: {
  databaseUrl: string;
  listenUrl: string;
  config: UpstreamsConfig;
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
  const workers = await startWorkers(boss, handlers, { db, queue: sender(boss), upstreams, log }, NAME);
  return {
    async stop() {
      await workers.stop();
      await upstreams.stop();
      await db.destroy();
    },
  };
}
