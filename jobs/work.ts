/** The bond between queues and handlers: used by the worker process and by tests that drain the queues. */
import type { PgBoss } from "pg-boss";
import { isDatabaseAway } from "#db/errors";
import { listPausedQueues } from "#db/queries/queue-controls";
import { type Payload, type QueueName, queues } from "#db/queue";
import { createRedact } from "#server/log";
import type { Handler, JobContext } from "./context.ts";
import { createJobLog, type JobLog, keepable } from "./job-log.ts";
import { followPauses } from "./pauses.ts";

export type Handlers = { [Name in QueueName]: Handler<Name> };

/** Time for a running handler to notice that it is stopped: between two calls, or within one. */
const STOP_MS = 7_000;
/** A retry falls due without a NOTIFY, so the poll below it stays short. */
const POLL_SECONDS = 2;

/**
 * @param instanceName under which `boss` is registered: what jobs do is written down under its id
 * @param redact takes secrets out of what is kept of errors
 */
export async function startWorkers(
  boss: PgBoss,
  handlers: Handlers,
  ctx: JobContext,
  instanceName: string,
  redact = createRedact(),
): Promise<{ stop(): Promise<void> }> {
  const stop = new AbortController();
  const jobLog = await createJobLog(ctx.db, ctx.log, instanceName);
  const pauses = await followPauses({
    boss,
    read: () => listPausedQueues(ctx.db),
    work: (name) =>
      work(boss, name, handlers[name] as Handler<QueueName>, { ctx, jobLog, stopping: stop.signal, redact }),
    log: ctx.log,
  });
  return {
    /** Running handlers are told to stop; they throw, and the queue gives their jobs to the next worker at once. */
    async stop() {
      pauses.stop();
      stop.abort(new Error("this worker is stopping"));
      await boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}

type Bond = {
  ctx: JobContext;
  jobLog: JobLog;
  stopping: AbortSignal;
  redact: (text: string) => string;
};

/** One more job of a queue at a time. @returns by what `offWork` knows it */
async function work(
  boss: PgBoss,
  name: QueueName,
  handler: Handler<QueueName>,
  { ctx, jobLog, stopping, redact }: Bond,
): Promise<string> {
  const options = {
    localConcurrency: 1,
    batchSize: 1,
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: POLL_SECONDS,
  };
  const workId = await boss.work(name, options, async (jobs) => {
    for (const job of jobs) {
      const log = ctx.log.child({ job: job.id, queue: name });
      const signal = new AbortController();
      const onStop = () => signal.abort(new Error("interrupted: its worker was told to stop"));
      const onExpired = () =>
        signal.abort(new Error(`it took longer than the ${job.expireInSeconds} s it may`));
      // Ours when this process stops, the queue's when the job has expired: whoever comes first.
      for (const [other, onAbort] of [
        [stopping, onStop],
        [job.signal, onExpired],
      ] as const) {
        other.addEventListener("abort", onAbort, { once: true });
        if (other.aborted) onAbort();
      }
      const end = await jobLog.begin(job);
      try {
        await handler({ ...ctx, log }, payloadOf(name, job.data), signal.signal);
        await end({ interrupted: false });
      } catch (error) {
        if (signal.signal.aborted) log.info("interrupted; handed back to the queue");
        else log.warn({ err: error }, "the job failed; the queue tries it again");
        // What is thrown is kept by the queue.
        const kept = keepable(error, redact);
        await end({ error: kept, interrupted: stopping.aborted || isDatabaseAway(error) });
        throw kept;
      } finally {
        stopping.removeEventListener("abort", onStop);
        job.signal.removeEventListener("abort", onExpired);
        // On to the next one: by itself a slot waits for its poll, and a backlog has no NOTIFY left to wake it.
        boss.notifyWorker(workId);
      }
    }
  });
  return workId;
}

/** @throws Error in a line: a schema's own is JSON over many, and is what the queue keeps of the job */
function payloadOf(name: QueueName, data: unknown): Payload<QueueName> {
  const read = queues[name].payload.safeParse(data);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`.trim());
  throw new Error(`Its payload is not of this queue: ${wrong.join("; ")}`);
}
