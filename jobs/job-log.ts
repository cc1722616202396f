/**
 * Writes down what jobs do, for the control room. What cannot be written down is lost: no job fails by it. Of an error
 * there stays what may stand in a log; the queue keeps no more of it either.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { Db } from "#db/index";
import { insertJobFailure } from "#db/queries/job-failures";
import { endJobRun, findInstance, startJobRun } from "#db/queries/job-runs";
import type { Logger } from "#server/log";
import { errorKey } from "#rules/error-key";

export type JobLog = {
  /** @returns to be called at its end, with the error where there was one */
  begin(job: { id: string; name: string; retryCount: number }): Promise<(end: JobEnd) => Promise<void>>;
};
type JobEnd = { error?: Error; interrupted: boolean };

/**
 * What may be kept of an error: its name, message and stack, without secrets. Fields are left behind: a violated
 * constraint names the values that were there, a failed call its address.
 */
export function keepable(error: unknown, redact: (text: string) => string): Error {
  const kept = new Error(redact((error instanceof Error ? error.message : String(error)) || "no message"));
  if (error instanceof Error) kept.name = error.name;
  if (error instanceof Error && error.stack !== undefined) kept.stack = redact(error.stack);
  else delete kept.stack;
  return kept;
}

/** @param instanceName under which `boss` is registered in this process */
export async function createJobLog(db: Db, log: Logger, instanceName: string): Promise<JobLog> {
  const registered = await findInstance(db, { host: hostname(), pid: process.pid, name: instanceName });
  // Where none is registered nobody can tell whether it lives; its rows still say what is in hand.
  const worker = registered ?? randomUUID();
  const quietly = async (write: () => Promise<void>) => {
    try {
      await write();
    } catch (error) {
      log.warn({ err: error }, "what a job does could not be written down");
    }
  };
  return {
    async begin({ id: jobId, name: queue, retryCount }) {
      const run = { jobId, queue, worker, attempt: retryCount + 1 };
      await quietly(() => startJobRun(db, run));
      return async ({ error, interrupted }) => {
        await quietly(() => endJobRun(db, run));
        if (error === undefined) return;
        await quietly(() => insertJobFailure(db, { ...run, ...described(error), interrupted }));
      };
    },
  };
}

function described({ message, stack }: Error): { error: string; errorKey: string; stack: string | null } {
  return { error: message, errorKey: errorKey(message), stack: stack ?? null };
}
