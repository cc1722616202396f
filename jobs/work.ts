/** The bond between queues and handlers: used by the worker process and by tests that drain the queues. */
import type { PgBoss } from "pg-boss";
import { type QueueName, queueNames, queues } from "#db/queue";
import type { Handler, JobContext } from "./context.ts";

export type Handlers = { [Name in QueueName]: Handler<Name> };

/** Time for a running handler to notice that it is stopped: between two calls, or within one. */
const STOP_MS = 7_000;
/** A retry falls due without a NOTIFY, so the poll below it stays short. */
const POLL_SECONDS = 2;

export async function startWorkers(
  boss: PgBoss,
  handlers: Handlers,
  ctx: JobContext,
): Promise<{ stop(): Promise<void> }> {
  const stop = new AbortController();
  for (const name of queueNames)
    await work(boss, name, handlers[name] as Handler<QueueName>, ctx, stop.signal);
  return {
    /** Running handlers are told to stop; they throw, and the queue gives their jobs to the next worker at once. */
    async stop() {
      stop.abort(new Error("this worker is stopping"));
      await boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}

async function work(
  boss: PgBoss,
  name: QueueName,
  handler: Handler<QueueName>,
  ctx: JobContext,
  stopping: AbortSignal,
): Promise<void> {
  const options = {
    localConcurrency: queues[name].concurrency,
    batchSize: 1,
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: POLL_SECONDS,
  };
  await boss.work(name, options, async (jobs) => {
    for (const job of jobs) {
      const log = ctx.log.child({ job: job.id, queue: name });
      const signal = new AbortController();
      const onAbort = () => signal.abort(new Error("interrupted"));
      // Ours when this process stops, the queue's when the job has expired: whoever comes first.
      for (const other of [stopping, job.signal]) {
        other.addEventListener("abort", onAbort, { once: true });
        if (other.aborted) onAbort();
      }
      try {
        await handler({ ...ctx, log }, queues[name].payload.parse(job.data), signal.signal);
      } catch (error) {
        if (signal.signal.aborted) log.info("interrupted; handed back to the queue");
        else log.warn({ err: error }, "the job failed; the queue tries it again");
        throw error;
      } finally {
        for (const other of [stopping, job.signal]) other.removeEventListener("abort", onAbort);
      }
    }
  });
}
