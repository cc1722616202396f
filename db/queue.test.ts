import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { testApp } from "../tests/app.ts";
import { createSender, DEAD_LETTERS, declareQueues, queueNames, queues, schedules } from "./queue.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

test("queues have what the contract says", async () => {
  const concurrency = Object.fromEntries(queueNames.map((name) => [name, queues[name].concurrency]));
  expect(concurrency).toMatchObject({
    "artist-import": 5,
    "spotify-sync": 3,
    "ticketmaster-sync": 2,
    "setlist-sync": 2,
    "catalog-sync": 3,
    "scheduled-sync": 2,
    "trending-calc": 1,
    cleanup: 1,
  });
  const declared = await app.boss.getQueues();
  for (const name of queueNames) {
    expect(declared.find((queue) => queue.name === name)).toMatchObject({
      policy: "exclusive",
      deadLetter: DEAD_LETTERS,
      retryDelay: 2,
      retryBackoff: true,
      retentionSeconds: 14 * 86_400,
    });
  }
});

test("schedules are declared, and those of older code go", async () => {
  await app.boss.schedule("scheduled-sync", "17 * * * *", {}, { tz: "UTC" });
  await declareQueues(app.url, app.db);
  const declared = await app.boss.getSchedules();
  expect(declared.map(({ name, key, cron, data }) => ({ queue: name, key, cron, data }))).toEqual(
    expect.arrayContaining(
      schedules.map(({ queue, key, cron, data }) => ({
        queue,
        key,
        cron,
        data: { ...data, sentBy: "schedule" },
      })),
    ),
  );
  expect(declared).toHaveLength(schedules.length);
  // Six-hourly, hourly, daily, every minute.
  expect(schedules.map(({ cron }) => cron.split(" ").filter((part) => part === "*").length)).toEqual([
    5, 3, 4, 3, 4, 3,
  ]);
});

test("kinds of one queue wait beside each other, each once", async () => {
  const send = (kind: "sweep" | "active") =>
    app.services.queue.send(app.db, "scheduled-sync", { kind }, { key: kind });
  expect(await send("sweep")).not.toBeNull();
  expect(await send("active")).not.toBeNull();
  expect(await send("sweep")).toBeNull();
});

test("a poisoned job is tried three times, then it is a dead letter", async () => {
  await app.boss.send("cleanup", { poison: true }, {});
  for (let attempt = 1; attempt <= 3; attempt++) {
    const [job] = await app.boss.fetch<object>("cleanup", { ignoreStartAfter: true });
    expect(job?.data).toEqual({ poison: true });
    await app.boss.fail("cleanup", job?.id ?? "", new Error("poisoned"));
  }
  expect(await app.boss.fetch("cleanup", { ignoreStartAfter: true })).toEqual([]);
  const letters = await app.boss.findJobs(DEAD_LETTERS);
  expect(letters.map((letter) => letter.data)).toEqual([{ poison: true }]);
});

test("a busy machine makes no expression wrong, and a wrong one stays wrong", async () => {
  const queue = await createSender(app.db, () => undefined);
  const from = new Date("2026-11-27T20:14:30Z");
  const calm = queue.nextRuns("*/10 * * * *", 20, from);
  expect(calm).toHaveLength(20);
  // Two seconds pass between any two looks at the clock: pg-boss gives up a list after one.
  let now = from.getTime();
  const clock = vi.spyOn(Date, "now").mockImplementation(() => (now += 2_000));
  try {
    expect(() => app.boss.previewSchedule("*/10 * * * *", { tz: "UTC", count: 20, from })).toThrow("Gave up");
    expect(queue.nextRuns("*/10 * * * *", 20, from)).toEqual(calm);
    expect(() => queue.nextRuns("70 * * * *", 20, from)).toThrow("70");
  } finally {
    clock.mockRestore();
    await queue.stop();
  }
});
