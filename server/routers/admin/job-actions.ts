/** Trying again, giving up and deleting: jobs by their ids, or all that a filter means. */
import { TRPCError } from "@trpc/server";
import type { Transaction } from "kysely";
import { z } from "zod";
import { insertAudit } from "#db/queries/audit";
import {
  AT_ONCE,
  cancelImportsOfJobs,
  cancelJobs,
  deleteJobs,
  deleteOriginals,
  groupJobsByQueue,
  type Jobs,
  listJobIds,
  listLetters,
  retryFailedJobs,
} from "#db/queries/job-actions";
import type { JobFilter } from "#db/queries/job-walks";
import { DEAD_LETTERS, queueNames, queueOfStep } from "#db/queue";
import type { DB } from "#db/types";
import type { Context } from "../../context.ts";
import { idInput, isUuid } from "../../inputs.ts";
import { adminProcedure, router } from "../../trpc.ts";
import { filterInput, findable, jobQueueOrThrow } from "./jobs.ts";

/** Ids of a page of a list, or a filter. Of a filter 10,000 go at once. */
const input = z
  .object({ jobIds: z.array(idInput).max(1_000).optional(), filter: filterInput.optional() })
  .refine(({ jobIds, filter }) => (jobIds === undefined) !== (filter === undefined), {
    message: "Say which jobs: some ids, or a filter.",
  });
type Input = z.infer<typeof input>;
type Trx = Transaction<DB>;
type Act = (ctx: Context, trx: Trx, jobs: Jobs) => Promise<string[]>;

const UNIQUE_VIOLATION = "23505";
const KEPT_IDS = 100;

export const jobActionsRouter = router({
  /** Failed jobs once more, dead letters to the queue they came from. What is neither stays as it is. */
  retryJobs: adminProcedure.input(input).mutation(async ({ ctx, input }) => {
    return { retried: await act(ctx, input, { name: "admin.retryJobs", did: "Tried again", act: retry }) };
  }),
  /** Jobs that wait or run. An import or sync that ends so is cancelled with its job. */
  cancelJobs: adminProcedure.input(input).mutation(async ({ ctx, input }) => {
    return { cancelled: await act(ctx, input, { name: "admin.cancelJobs", did: "Cancelled", act: cancel }) };
  }),
  /** Jobs that do not run. */
  deleteJobs: adminProcedure.input(input).mutation(async ({ ctx, input }) => {
    return { deleted: await act(ctx, input, { name: "admin.deleteJobs", did: "Deleted", act: remove }) };
  }),
});

/** @returns to how many it was done: what somebody else was faster with is not among them */
async function act(
  ctx: Context & { me: { id: string } },
  { jobIds, filter }: Input,
  { name, did, act }: { name: string; did: string; act: Act },
): Promise<number> {
  try {
    return await ctx.db.transaction().execute(async (trx) => {
      let count = 0;
      for (const jobs of filter ? [await meant(trx, filter)] : await named(trx, jobIds ?? [])) {
        const ids = jobs.ids.length > 0 ? await act(ctx, trx, jobs) : [];
        if (ids.length > 0)
          await insertAudit(trx, {
            actor: ctx.me.id,
            action: name,
            subject: ids.length === 1 ? { kind: "job", id: ids[0] ?? "" } : { kind: "queue", id: jobs.queue },
            summary: `${did} ${ids.length === 1 ? "a job" : `${ids.length} jobs`} of ${jobs.queue}`,
            details: { queue: jobs.queue, jobIds: ids.slice(0, KEPT_IDS), ...(filter && { filter }) },
          });
        count += ids.length;
      }
      return count;
    });
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
    throw new TRPCError({
      code: "CONFLICT",
      message: "Another job for the same artist began this moment, so nothing was done. Look again.",
    });
  }
}

async function meant(trx: Trx, filter: JobFilter): Promise<Jobs> {
  const checked = { ...filter, queue: jobQueueOrThrow(filter.queue), q: findable(filter.q) };
  return { queue: checked.queue, ids: await listJobIds(trx, checked) };
}

/** @throws TRPCError NOT_FOUND when none of them is a job any more */
async function named(trx: Trx, jobIds: string[]): Promise<Jobs[]> {
  const ids = [...new Set(jobIds.filter(isUuid))].slice(0, AT_ONCE);
  const found = await groupJobsByQueue(trx, [...queueNames, DEAD_LETTERS], ids);
  if (found.length === 0)
    throw new TRPCError({
      code: "NOT_FOUND",
      message: "There is no such job here any more. Somebody may have deleted it meanwhile.",
    });
  return found;
}

const retry: Act = async (ctx, trx, jobs) => {
  if (jobs.queue !== DEAD_LETTERS) return retryFailedJobs(trx, jobs, DEAD_LETTERS);
  const letters = await listLetters(trx, jobs);
  await ctx.queue.sendAgain(trx, jobs.ids);
  // Where the same work waits already the letter stays, with the reason.
  const left = new Set((await listLetters(trx, jobs)).map(({ id }) => id));
  const sent = letters.filter(({ id }) => !left.has(id));
  await deleteOriginals(trx, sent);
  return sent.map(({ id }) => id);
};

const stepOf = (queue: string) => Object.entries(queueOfStep).find(([, name]) => name === queue)?.[0] ?? null;

const cancel: Act = async (_ctx, trx, jobs) => {
  await endImports(trx, jobs);
  return cancelJobs(trx, jobs);
};

const remove: Act = async (_ctx, trx, jobs) => {
  // Of those that wait only: what runs is not deleted.
  await endImports(trx, jobs, { butActive: true });
  return deleteJobs(trx, jobs);
};

async function endImports(trx: Trx, jobs: Jobs, options: { butActive?: boolean } = {}): Promise<void> {
  const step = stepOf(jobs.queue);
  if (step || jobs.queue === "artist-import") await cancelImportsOfJobs(trx, jobs, { step, ...options });
}
