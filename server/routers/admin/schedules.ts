/** Schedules: when they run, what came of it, and changing that. */
import { TRPCError } from "@trpc/server";
import cronstrue from "cronstrue";
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import { insertAudit } from "#db/queries/audit";
import { lockScheduleControl, upsertScheduleControl } from "#db/queries/schedule-controls";
import { findLiveJob } from "#db/queries/schedules";
import { type Schedule, schedules } from "#db/queue";
import { isCron, refuseSchedule } from "#rules/schedule-bounds";
import type { Context } from "../../context.ts";
import { readScheduleStandings } from "../../overview/schedules.ts";
import { adminProcedure, router } from "../../trpc.ts";
import { slow } from "./slow.ts";

const nameInput = z.string().max(100);

export const schedulesRouter = router({
  /** All of them, switched off or not; times by UTC. `lastResult` of the newest run that is kept, whoever sent it. */
  schedules: adminProcedure.query(async ({ ctx }) => {
    const read = await cutOff(ctx.db, (trx) => readScheduleStandings(trx, ctx.queue));
    if (read.cut) throw slow();
    return {
      schedules: read.value.map(({ schedule, edit, run, cron, enabled, nextRunAt }) => ({
        name: schedule.name,
        does: schedule.does,
        queue: schedule.queue,
        cron,
        declaredCron: schedule.cron,
        words: inWords(cron),
        timezone: "UTC",
        enabled,
        nextRunAt,
        lastRunAt: run?.startedAt ?? null,
        lastEndedAt: run?.endedAt ?? null,
        lastResult: run?.state ?? null,
        lastError: run?.error ?? null,
        lastJobId: run?.jobId ?? null,
        changedAt: edit?.changedAt ?? null,
        changedBy: edit?.changedBy ?? null,
      })),
    };
  }),

  /** Once, now, switched off or not. `joined`: it was waiting or running already, and that job is the answer. */
  runSchedule: adminProcedure.input(z.object({ name: nameInput })).mutation(async ({ ctx, input }) => {
    const schedule = scheduleOrThrow(input.name);
    return ctx.db.transaction().execute(async (trx) => {
      const jobId = await send(ctx, trx, schedule);
      if (jobId) {
        await insertAudit(trx, {
          actor: ctx.me.id,
          action: "admin.runSchedule",
          subject: { kind: "schedule", id: schedule.name },
          summary: `Ran ${schedule.name} by hand`,
          details: { jobId },
        });
        return { jobId, joined: false };
      }
      const live = await findLiveJob(trx, schedule.queue, schedule.key);
      if (live) return { jobId: live, joined: true };
      throw new TRPCError({
        code: "CONFLICT",
        message: "It ended this very moment. Press once more to run it again.",
      });
    });
  }),

  /**
   * Another time, or on and off; an empty `cron` is the declared one. Kept when the code is updated.
   * `changed` false: it is so already. @throws TRPCError CONFLICT when `seen`, the `changedAt` that was shown, has passed
   */
  editSchedule: adminProcedure
    .input(
      z.object({
        name: nameInput,
        cron: z.string().trim().max(100, "A cron expression is shorter than that.").optional(),
        enabled: z.boolean().optional(),
        seen: z.string().max(40).optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const schedule = scheduleOrThrow(input.name);
      const wanted = input.cron === undefined ? undefined : declaredOr(input.cron, schedule);
      if (wanted) checkCron(ctx, wanted, schedule);
      return ctx.db.transaction().execute(async (trx) => {
        const before = await lockScheduleControl(trx, schedule.name);
        const now = { cron: before?.cron ?? null, enabled: before?.enabled ?? true };
        const edit = {
          cron: wanted === undefined ? now.cron : wanted,
          enabled: input.enabled ?? now.enabled,
        };
        if (edit.cron === now.cron && edit.enabled === now.enabled) return { ...said(edit), changed: false };
        if (input.seen !== undefined && input.seen !== (before?.changedAt.toISOString() ?? ""))
          throw overtaken();
        await upsertScheduleControl(trx, { name: schedule.name, ...edit, changedBy: ctx.me.id });
        await ctx.queue.setSchedule(trx, schedule, edit);
        await insertAudit(trx, {
          actor: ctx.me.id,
          action: "admin.editSchedule",
          subject: { kind: "schedule", id: schedule.name },
          summary: summaryOf(schedule, now, edit),
          details: { before: now, after: edit },
        });
        return { ...said(edit), changed: true };
      });

      function said(edit: { cron: string | null; enabled: boolean }) {
        return { name: schedule.name, cron: edit.cron ?? schedule.cron, enabled: edit.enabled };
      }
    }),
});

function scheduleOrThrow(name: string): Schedule {
  const schedule = schedules.find((one) => one.name === name);
  if (!schedule) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such schedule here." });
  return schedule;
}

function send(ctx: Context, trx: Parameters<Context["queue"]["send"]>[0], { queue, key, data }: Schedule) {
  return ctx.queue.send(trx, queue, { ...data, sentBy: "admin" } as never, { priority: "high", key });
}

/** null: as declared */
function declaredOr(cron: string, schedule: Schedule): string | null {
  const tidy = cron.split(/\s+/).join(" ");
  return tidy === "" || tidy === schedule.cron ? null : tidy;
}

function checkCron(ctx: Context, cron: string, { leastSeconds }: Schedule): void {
  const bad = (message: string) =>
    new TRPCError({
      code: "BAD_REQUEST",
      message,
      cause: new z.ZodError([{ code: "custom", path: ["cron"], message, input: cron }]),
    });
  const form =
    "This is no cron expression. Give five fields: minute, hour, day of the month, month, day of the week. For example 30 4 * * * is every day at 04:30.";
  if (!isCron(cron)) throw bad(form);
  let refusal: string | undefined;
  try {
    refusal = refuseSchedule((count, from) => ctx.queue.nextRuns(cron, count, from), {
      leastSeconds,
      now: new Date(),
    });
  } catch {
    throw bad(form);
  }
  if (refusal) throw bad(refusal);
}

const overtaken = () =>
  new TRPCError({
    code: "CONFLICT",
    message:
      "Another administrator changed this schedule since you opened the page. Nothing was changed now; look at what it says and try once more.",
  });

function inWords(cron: string): string {
  const words = cronstrue.toString(cron, { use24HourTimeFormat: true, verbose: false });
  return words.charAt(0).toLowerCase() + words.slice(1);
}

type Edit = { cron: string | null; enabled: boolean };
function summaryOf({ name, cron }: Schedule, before: Edit, after: Edit): string {
  const parts: string[] = [];
  if (before.enabled !== after.enabled) parts.push(after.enabled ? "switched on" : "switched off");
  if (before.cron !== after.cron) parts.push(`set to ${after.cron ?? cron} (was ${before.cron ?? cron})`);
  return `Schedule ${name}: ${parts.join(", ")}`;
}
