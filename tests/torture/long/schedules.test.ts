/** R19: what fell due while everything was down runs once, however often it was missed and however many workers come back. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { schedules } from "#db/queue";
import { type Postgres, startPostgres } from "../databases.ts";
import { endProcesses } from "../processes.ts";
import { createRig, type Rig } from "../rig.ts";
import { figure } from "../round.ts";
import { until } from "../until.ts";

const PATIENCE_MS = 300_000;
/** longer than a day and more: even the daily ones were missed twice */
const DOWN_HOURS = 50;

let postgres: Postgres;
let rig: Rig;
beforeAll(async () => {
  postgres = await startPostgres();
  rig = await createRig(postgres, "small");
});
afterAll(async () => {
  await endProcesses();
  await rig?.close();
  await postgres?.stop();
});

/** What is due just now would be a second job, rightly: waits for a moment when only the minute's is. */
async function quietMoment(): Promise<void> {
  const minutes = schedules
    .map(({ cron }) => Number(cron.split(" ")[0]))
    .filter((minute) => !Number.isNaN(minute));
  await until("no schedule is due", PATIENCE_MS, () => {
    const now = new Date().getUTCMinutes();
    return minutes.every((minute) => ![0, 1, 2, 58, 59].includes((now - minute + 60) % 60));
  });
}

test(
  "R19: after two days' downtime each schedule that was missed runs once, with two workers",
  { timeout: 900_000 },
  async () => {
    await quietMoment();
    await rig.db.rows(`update pgboss.version set cron_on = now() - interval '${DOWN_HOURS} hours'`);
    await rig.db.rows(`update pgboss.schedule set created_on = now() - interval '${2 * DOWN_HOURS} hours'`);
    await Promise.all([rig.startWorker(), rig.startWorker()]);
    const read = () =>
      rig.db.rows<{ key: string; state: string }>(
        `select name || ' ' || coalesce(singleton_key, '') as key, state::text from pgboss.job
        where name in ('scheduled-sync', 'trending-calc', 'cleanup')`,
      );
    const keys = schedules.map(({ queue, key }) => `${queue} ${key}`);
    await until("all have run", PATIENCE_MS, async () => {
      const jobs = await read();
      return keys.every((key) => jobs.some((job) => job.key === key && job.state === "completed"));
    });
    const counts = Object.fromEntries(keys.map((key) => [key, 0]));
    for (const { key } of await read()) counts[key] = (counts[key] ?? 0) + 1;
    const { [keys.find((key) => key.endsWith("sweep")) ?? ""]: minutely, ...others } = counts;
    figure(
      "R19",
      `${DOWN_HOURS} h down, two workers: ${Object.keys(others).length} schedules ran once each, the minute's ${minutely} ×`,
    );
    expect(new Set(Object.values(others))).toEqual(new Set([1]));
    // What it missed, and what fell due since.
    expect(minutely).toBeLessThanOrEqual(1 + Math.ceil(PATIENCE_MS / 60_000));
  },
);
