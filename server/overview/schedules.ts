/** When each schedule ran last, with what result, and when it runs next. By UTC. */
import type { DbOrTrx } from "#db/index";
import { listScheduleControls } from "#db/queries/schedule-controls";
import { listScheduleRuns } from "#db/queries/schedules";
import { type ControlledQueue, schedules } from "#db/queue";

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

export async function readSchedules(trx: DbOrTrx, queue: ControlledQueue): Promise<ScheduleLine[]> {
  const edits = await listScheduleControls(trx);
  const runs = await listScheduleRuns(trx, [...new Set(schedules.map((schedule) => schedule.queue))]);
  return schedules.map((schedule) => {
    const edit = edits.find(({ name }) => name === schedule.name);
    const run = runs.find((one) => one.queue === schedule.queue && one.key === schedule.key);
    const enabled = edit?.enabled ?? true;
    return {
      name: schedule.name,
      does: schedule.does,
      enabled,
      lastRunAt: run?.startedAt ?? null,
      lastResult: run?.state ?? null,
      lastError: run?.error ?? null,
      nextRunAt: (enabled && queue.nextRuns(edit?.cron ?? schedule.cron, 1)[0]) || null,
    };
  });
}
