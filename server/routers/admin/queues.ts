/** Queues: how they are, and holding them. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import { insertAudit } from "#db/queries/audit";
import { deletePause, insertPause } from "#db/queries/queue-controls";
import { listQueueOverview } from "#db/queries/queue-overview";
import { DEAD_LETTERS, type QueueName, queueNames } from "#db/queue";
import { adminProcedure, router } from "../../trpc.ts";
import { slow } from "./slow.ts";

/** A queue with workers. @throws TRPCError NOT_FOUND */
export function queueOrThrow(name: string): QueueName {
  const queue = queueNames.find((one) => one === name);
  if (!queue) throw noSuchQueue();
  return queue;
}

export const noSuchQueue = () =>
  new TRPCError({ code: "NOT_FOUND", message: "There is no such queue here." });

export const queuesRouter = router({
  /** All queues, and how many dead letters there are: jobs that were given up, kept to be sent again by hand. */
  queues: adminProcedure.query(async ({ ctx }) => {
    const read = await cutOff(ctx.db, (trx) => listQueueOverview(trx, [...queueNames, DEAD_LETTERS]));
    if (read.cut) throw slow();
    const letters = read.value.find(({ name }) => name === DEAD_LETTERS)?.waiting ?? 0;
    const queues = queueNames.flatMap((name) => read.value.filter((queue) => queue.name === name));
    return { queues, deadLetters: letters };
  }),

  /**
   * No worker takes a job of it later than 5 s after the answer; what runs goes on.
   * `changed` false: somebody else had paused it before, and theirs stays.
   */
  pauseQueue: adminProcedure
    .input(
      z.object({
        queue: z.string().max(100),
        reason: z.string().trim().max(300, "Say it in 300 letters at most.").optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const queue = queueOrThrow(input.queue);
      const reason = input.reason?.replaceAll("\0", "") || null;
      const changed = await ctx.db.transaction().execute(async (trx) => {
        const inserted = await insertPause(trx, { queue, by: ctx.me.id, reason });
        if (inserted)
          await insertAudit(trx, {
            actor: ctx.me.id,
            action: "admin.pauseQueue",
            subject: { kind: "queue", id: queue },
            summary: reason ? `Paused ${queue}: “${reason}”` : `Paused ${queue}`,
          });
        return inserted;
      });
      return { queue, paused: true, changed };
    }),

  /** `changed` false: it was not paused any more. */
  resumeQueue: adminProcedure
    .input(z.object({ queue: z.string().max(100), reason: z.string().max(300).optional() }))
    .mutation(async ({ ctx, input }) => {
      const queue = queueOrThrow(input.queue);
      const changed = await ctx.db.transaction().execute(async (trx) => {
        const deleted = await deletePause(trx, queue);
        if (deleted)
          await insertAudit(trx, {
            actor: ctx.me.id,
            action: "admin.resumeQueue",
            subject: { kind: "queue", id: queue },
            summary: `Resumed ${queue}`,
          });
        return deleted;
      });
      return { queue, paused: false, changed };
    }),
});
