import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insertAccount } from "#db/queries/fans";
import { createBoss, declareQueues } from "#db/queue";
import { testApp } from "../../../tests/app.ts";
import { until } from "../../../tests/workers.ts";
import { openSession } from "../../session/open.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(async () => {
  await sql`truncate schedule_controls, audit_log`.execute(app.db);
  await declareQueues(app.url, app.db);
  await app.clear();
});
afterAll(() => app.close());

async function administrator(name: string) {
  const account = { email: `${name}@example.org`, name, passwordHash: "none", role: "admin" } as const;
  const id = (await insertAccount(app.db, account)) ?? "";
  const { caller, context } = app.browser();
  context.setCookie((await openSession(context, app.db, id)).cookie);
  return caller.admin;
}
const find = async (admin: Awaited<ReturnType<typeof administrator>>, name: string) =>
  (await admin.schedules()).schedules.find((schedule) => schedule.name === name);
const audits = () => app.db.selectFrom("audit_log").select(["action", "summary"]).orderBy("id").execute();

test("they are said in words and as cron, with the last run and its result, and the next", async () => {
  const admin = await administrator("Ada");
  const { schedules } = await admin.schedules();
  expect(schedules.map(({ name, words }) => [name, words])).toEqual([
    ["sweep", "every minute"],
    ["active-artists", "at 17 minutes past the hour, every 6 hours"],
    ["past-setlists", "at 47 minutes past the hour"],
    ["show-status", "at 09:07"],
    ["trending", "at 2 minutes past the hour"],
    ["clean-up", "at 03:41"],
  ]);
  for (const schedule of schedules) {
    expect(schedule).toMatchObject({ timezone: "UTC", enabled: true, lastRunAt: null, lastResult: null });
    expect(schedule.nextRunAt?.getTime()).toBeGreaterThan(Date.now() - 1_000);
  }
  const { jobId, joined } = await admin.runSchedule({ name: "trending" });
  expect(joined).toBe(false);
  await app.drain();
  expect(await find(admin, "trending")).toMatchObject({
    lastRunAt: expect.any(Date) as Date,
    lastResult: "completed",
    lastJobId: jobId,
  });
});

test("two administrators run one: one job, and the second is told", async () => {
  const [ada, bob] = [await administrator("Ada"), await administrator("Bob")];
  const [first, second] = await Promise.all([
    ada.runSchedule({ name: "clean-up" }),
    bob.runSchedule({ name: "clean-up" }),
  ]);
  expect(first.jobId).toBe(second.jobId);
  expect([first.joined, second.joined].sort()).toEqual([false, true]);
  expect(await app.boss.findJobs("cleanup")).toHaveLength(1);
  expect(await audits()).toHaveLength(1);
});

describe("edited", () => {
  test("it runs by the new time, also after the next start of newer code", async () => {
    const admin = await administrator("Ada");
    expect(await admin.editSchedule({ name: "trending", cron: " */15  * * * *" })).toEqual({
      name: "trending",
      cron: "*/15 * * * *",
      enabled: true,
      changed: true,
    });
    await declareQueues(app.url, app.db);
    expect((await app.boss.getSchedule("trending-calc", "hourly"))?.cron).toBe("*/15 * * * *");
    expect(await find(admin, "trending")).toMatchObject({ words: "every 15 minutes", changedBy: "Ada" });
    await admin.editSchedule({ name: "trending", cron: "" });
    expect((await app.boss.getSchedule("trending-calc", "hourly"))?.cron).toBe("2 * * * *");
    expect((await audits()).map(({ summary }) => summary)).toEqual([
      "Schedule trending: set to */15 * * * * (was 2 * * * *)",
      "Schedule trending: set to 2 * * * * (was */15 * * * *)",
    ]);
  });

  test("switched off it stays visible and runs no more, also after the next start; and on again", async () => {
    const admin = await administrator("Ada");
    await admin.editSchedule({ name: "trending", enabled: false });
    await declareQueues(app.url, app.db);
    expect(await app.boss.getSchedule("trending-calc", "hourly")).toBeNull();
    expect(await find(admin, "trending")).toMatchObject({ enabled: false, nextRunAt: null });
    expect(await admin.editSchedule({ name: "trending", enabled: false })).toMatchObject({ changed: false });
    await admin.editSchedule({ name: "trending", enabled: true });
    expect(await app.boss.getSchedule("trending-calc", "hourly")).toMatchObject({
      options: { missed: "once" },
    });
  });

  test("by two administrators: the later one sees what the first did", async () => {
    const [ada, bob] = [await administrator("Ada"), await administrator("Bob")];
    const both = await Promise.allSettled([
      ada.editSchedule({ name: "clean-up", cron: "0 4 * * *", seen: "" }),
      bob.editSchedule({ name: "clean-up", cron: "0 5 * * *", seen: "" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await audits()).toHaveLength(1);
    const seen = (await find(bob, "clean-up"))?.changedAt?.toISOString() ?? "";
    await bob.editSchedule({ name: "clean-up", cron: "0 6 * * *", seen });
    expect(await find(ada, "clean-up")).toMatchObject({ cron: "0 6 * * *", changedBy: "Bob" });
  });

  test.each([
    "x",
    "* * * *",
    "60 * * * *",
    "* * * * *",
    "*/5 * * * *",
    "0 0 1 * *",
    "0 0 30 2 *",
    "0 0 0 * * *",
    "\0 * * * *",
  ])("to %j it is refused, with the field", async (cron) => {
    const admin = await administrator("Ada");
    const edit = admin.editSchedule({ name: "clean-up", cron });
    await expect(edit).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await audits()).toEqual([]);
  });

  test("what is no schedule is NOT_FOUND", async () => {
    const admin = await administrator("Ada");
    await expect(admin.runSchedule({ name: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(admin.editSchedule({ name: "", enabled: true })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

test("a schedule whose time passed while all workers were down has exactly one catch-up run", async () => {
  // Hours ago, so that no run is due within the minute: declared five days ago, last looked at three days ago.
  const { rows } = await sql<{
    hour: number;
  }>`select extract(hour from now() - interval '3 hours')::int as hour`.execute(app.db);
  await sql`update pgboss.schedule set cron = ${`30 ${rows[0]?.hour ?? 0} * * *`}, created_on = now() - interval '5 days'
    where name = 'cleanup'`.execute(app.db);
  await sql`delete from pgboss.schedule where name <> 'cleanup'`.execute(app.db);
  await sql`update pgboss.version set cron_on = now() - interval '3 days'`.execute(app.db);
  const boss = createBoss(app.url, "theset test scheduler");
  const second = createBoss(app.url, "theset test scheduler 2");
  for (const one of [boss, second]) one.on("error", () => undefined);
  await Promise.all([boss.start(), second.start()]);
  try {
    await until(async () => (await app.boss.findJobs("cleanup")).length > 0);
    const [job] = await app.boss.findJobs("cleanup");
    expect(job).toMatchObject({ state: "created", data: { sentBy: "schedule" }, singletonKey: "daily" });
    await app.drain();
    // Another pass, as if half a minute had gone by.
    await sql`update pgboss.version set cron_on = now() - interval '31 seconds'`.execute(app.db);
    await second.stop({ graceful: false });
    await second.start();
    await until(async () => {
      const { rows } =
        await sql`select from pgboss.version where cron_on > now() - interval '20 seconds'`.execute(app.db);
      return rows.length === 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await app.boss.findJobs("cleanup")).toHaveLength(1);
  } finally {
    await Promise.all([boss.stop({ graceful: false }), second.stop({ graceful: false })]);
  }
}, 120_000);
