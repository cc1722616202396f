/** Writes down what jobs do, for the control room. What cannot be written down is lost: no job fails by it. */
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
type JobEnd = { error?: unknown; interrupted: boolean };

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

function described(error: unknown): { error: string; errorKey: string; stack: string | null } {
  const message = (error instanceof Error ? error.message : String(error)) || "no message";
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  return { error: message, errorKey: errorKey(message), stack };
}
