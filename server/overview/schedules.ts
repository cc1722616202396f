/** How each schedule stands: what it was made of, when it ran last and with what result, when it runs next. By UTC. */
import type { DbOrTrx } from "#db/index";
import { listScheduleControls } from "#db/queries/schedule-controls";
import { listScheduleRuns, type ScheduleRun } from "#db/queries/schedules";
import { type ControlledQueue, type Schedule, schedules } from "#db/queue";

export type ScheduleStanding = {
  schedule: Schedule;
  /** what an administrator made of it; undefined: it is as declared */
  edit: Awaited<ReturnType<typeof listScheduleControls>>[number] | undefined;
  /** the newest run that is kept, whoever sent it */
  run: ScheduleRun | undefined;
  cron: string;
  enabled: boolean;
  /** null: switched off */
  nextRunAt: Date | null;
};

export type ScheduleLine = {
  name: string;
  does: string;
  enabled: boolean;
  lastRunAt: Date | null;
  /** pg-boss's word for how the newest run ended, or that it goes on; null: none is known */
  lastResult: string | null;
  lastError: string | null;
  /** null: switched off */
  nextRunAt: Date | null;
};

/** All schedules, switched off or not, in the order of their declaration. */
export async function readScheduleStandings(
  trx: DbOrTrx,
  queue: ControlledQueue,
): Promise<ScheduleStanding[]> {
  const edits = await listScheduleControls(trx);
  const runs = await listScheduleRuns(trx, schedules);
  return schedules.map((schedule) => {
    const edit = edits.find(({ name }) => name === schedule.name);
    const run = runs.find((one) => one.queue === schedule.queue && one.key === schedule.key);
    const cron = edit?.cron ?? schedule.cron;
    const enabled = edit?.enabled ?? true;
    return { schedule, edit, run, cron, enabled, nextRunAt: (enabled && queue.nextRuns(cron, 1)[0]) || null };
  });
}

/** The same, as much as the overview shows. */
export async function readSchedules(trx: DbOrTrx, queue: ControlledQueue): Promise<ScheduleLine[]> {
  const standings = await readScheduleStandings(trx, queue);
  return standings.map(({ schedule, run, enabled, nextRunAt }) => ({
    name: schedule.name,
    does: schedule.does,
    enabled,
    lastRunAt: run?.startedAt ?? null,
    lastResult: run?.state ?? null,
    lastError: run?.error ?? null,
    nextRunAt,
  }));
}
