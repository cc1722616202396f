/** Workers as the worker process makes them, with a handler that the test holds in its hand. */
import { createBoss, type QueueName, queueNames } from "#db/queue";
import type { JobContext } from "#jobs/context";
import { type Handlers, startWorkers } from "#jobs/work";
import { createRedact } from "#server/log";

export type Work = (payload: object, signal: AbortSignal) => Promise<void>;

let made = 0;

/**
 * @param work what the handler of `only` does; those of the other queues do nothing, schedules send to them meanwhile
 * @param secrets of the process this one stands for
 */
export async function startTestWorker(
  app: { url: string; jobs: JobContext },
  only: QueueName,
  work: Work,
  secrets: string[] = [],
) {
  const name = `theset test worker ${++made}`;
  const boss = createBoss(app.url, name);
  boss.on("error", () => undefined);
  await boss.start();
  const handlers = Object.fromEntries(
    queueNames.map((queue) => [
      queue,
      async (_ctx: JobContext, payload: object, signal: AbortSignal) => {
        if (queue === only) await work(payload, signal);
      },
    ]),
  ) as unknown as Handlers;
  const workers = await startWorkers(boss, handlers, app.jobs, name, createRedact(secrets));
  return { boss, name, stop: () => workers.stop() };
}

/** Until something is so; looks every 50 ms, for 10 s at most. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (const from = performance.now(); performance.now() - from < 10_000;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come to be so within a minute");
}
