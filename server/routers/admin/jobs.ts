/** Jobs: lists, failures by what they have in common, one job with its story. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import type { Db } from "#db/index";
import { listFailureGroups, listJobFailures } from "#db/queries/job-failures";
import { AT_ONCE } from "#db/queries/job-actions";
import { jobStates, type JobCursor } from "#db/queries/job-walks";
import {
  countJobs,
  findJob,
  findJobRun,
  findJobSubject,
  type JobRow,
  listFailedJobs,
  listJobs,
} from "#db/queries/jobs";
import { DEAD_LETTERS, queueNames } from "#db/queue";
import { decodeCursor, encodeCursor, page } from "../../cursor.ts";
import { cursorInput, idInput, isUuid } from "../../inputs.ts";
import { adminProcedure, router } from "../../trpc.ts";
import { noSuchQueue, queueOrThrow } from "./queues.ts";
import { slow } from "./slow.ts";

const JOBS_A_PAGE = 50;
/** Counted to what one press takes; beyond it is "more than". */
const MOST_COUNTED = AT_ONCE;

export const filterInput = z.object({
  queue: z.string().max(100),
  state: z.enum(jobStates),
  errorKey: z.string().min(1).max(300).optional(),
  q: z.string().trim().min(1).max(100).optional(),
});

const at = z.string().regex(/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}(:\d{2})?|Z)$/);
const failedCursor: z.ZodType<{ at: string; id: string }> = z.object({ at, id: z.uuid() });
const jobCursor: z.ZodType<JobCursor> = z.object({ priority: z.int32(), at, id: z.uuid() });

/** Dead letters are looked at like a queue, but nobody works on them. */
export function jobQueueOrThrow(name: string): string {
  return name === DEAD_LETTERS ? name : queueOrThrow(name);
}

/** NUL is no text for Postgres: nothing holds it. */
export const findable = (q: string | undefined) => q?.replaceAll("\0", "\u{fffd}");

export const jobsRouter = router({
  /** Jobs of one queue and state, `q` anywhere in their payload. `lookedThrough` is false where a filter stopped before the end. */
  jobs: adminProcedure
    .input(filterInput.extend({ cursor: cursorInput }))
    .query(async ({ ctx, input: { cursor, ...input } }) => {
      const filter = { ...input, queue: jobQueueOrThrow(input.queue), q: findable(input.q) };
      const after = decodeCursor(jobCursor, cursor);
      const { jobs, lookedTo } = await answer(ctx.db, (trx) =>
        listJobs(trx, { filter, after, limit: JOBS_A_PAGE + 1 }),
      );
      const shown = page(jobs, JOBS_A_PAGE, (last) => last.cursor);
      const nextCursor = shown.nextCursor ?? (lookedTo && encodeCursor(lookedTo));
      return { jobs: shown.rows.map(withoutCursor), lookedThrough: !lookedTo, nextCursor };
    }),

  /** What is failed for good, of one queue or of all, the latest first. */
  failedJobs: adminProcedure
    .input(z.object({ queue: z.string().max(100).optional(), cursor: cursorInput }))
    .query(async ({ ctx, input }) => {
      const queues = input.queue === undefined ? queueNames : [queueOrThrow(input.queue)];
      const after = decodeCursor(failedCursor, input.cursor);
      const rows = await answer(ctx.db, (trx) =>
        listFailedJobs(trx, { queues, after, limit: JOBS_A_PAGE + 1 }),
      );
      const shown = page(rows, JOBS_A_PAGE, (last) => last.cursor);
      return { jobs: shown.rows.map(withoutCursor), nextCursor: shown.nextCursor };
    }),

  /** Errors of the last seven days by queue and kind; `failedNow`: jobs of a group that can be tried again. */
  failureGroups: adminProcedure
    .input(z.object({ queue: z.string().max(100).optional() }))
    .query(async ({ ctx, input }) => {
      const queue = input.queue === undefined ? undefined : queueOrThrow(input.queue);
      return { groups: await answer(ctx.db, (trx) => listFailureGroups(trx, queue)) };
    }),

  /** How many jobs a filter means, before something is done to all of them. */
  countJobs: adminProcedure.input(filterInput).query(({ ctx, input }) => {
    const filter = { ...input, queue: jobQueueOrThrow(input.queue), q: findable(input.q) };
    return answer(ctx.db, (trx) => countJobs(trx, filter, MOST_COUNTED));
  }),

  /** One job: payload, who sent it, each attempt's error, who has it in hand, and what it is about. */
  job: adminProcedure
    .input(z.object({ queue: z.string().max(100), jobId: idInput }))
    .query(async ({ ctx, input }) => {
      const queue = [...queueNames, DEAD_LETTERS].find((name) => name === input.queue);
      if (!queue) throw noSuchQueue();
      const job = isUuid(input.jobId) ? await findJob(ctx.db, queue, input.jobId) : undefined;
      if (!job)
        throw new TRPCError({
          code: "NOT_FOUND",
          message:
            "There is no such job here. Jobs are kept for a week after their end, the minute’s for a day.",
        });
      const data = job.data ?? {};
      const id = (name: string) => {
        const value = data[name];
        return typeof value === "string" && isUuid(value) ? value : null;
      };
      // What was sent again has a new id: its story began under the old one.
      const ids = [job.jobId, job.sourceId, job.rootId].filter((one) => one !== null);
      const [failures, run, subject] = await Promise.all([
        listJobFailures(ctx.db, ids),
        findJobRun(ctx.db, job.jobId),
        findJobSubject(ctx.db, { importId: id("importId"), artistId: id("artistId") }),
      ]);
      const sentBy = typeof data.sentBy === "string" ? data.sentBy : null;
      return { job, sentBy, failures, run: run ?? null, subject: subject ?? null };
    }),
});

const withoutCursor = <Row extends JobRow & { cursor: unknown }>({ cursor: _cursor, ...job }: Row) => job;

/** @throws TRPCError SERVICE_UNAVAILABLE when it was cut off */
async function answer<T>(db: Db, read: (trx: Parameters<typeof listJobs>[0]) => Promise<T>): Promise<T> {
  const result = await cutOff(db, read);
  if (result.cut) throw slow();
  return result.value;
}
