import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { deletePause, insertPause } from "#db/queries/queue-controls";
import { insertAccount } from "#db/queries/fans";
import { testApp } from "../tests/app.ts";
import { startTestWorker, until, type Work } from "../tests/workers.ts";

const queue = "setlist-sync" as const;
let app: Awaited<ReturnType<typeof testApp>>;
let by = "";
const workers: { stop(): Promise<void> }[] = [];
const start = async (work: Work) => {
  const worker = await startTestWorker(app, queue, work);
  workers.push(worker);
  return worker;
};
beforeAll(async () => {
  app = await testApp();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await app.db.deleteFrom("queue_controls").execute();
  await app.clear();
});
afterAll(() => app.close());

const send = () => app.services.queue.send(app.db, queue, { artistId: randomUUID() });
const sendKeyed = () => {
  const artistId = randomUUID();
  return app.services.queue.send(app.db, queue, { artistId }, { key: artistId });
};
async function pause() {
  const account = { email: `${randomUUID()}@example.org`, name: "Ada", passwordHash: "none" };
  by = (await insertAccount(app.db, { ...account, role: "admin" })) ?? "";
  await insertPause(app.db, { queue, by, reason: "key rotation" });
}
const states = async () => {
  const jobs = await app.boss.findJobs(queue);
  return jobs.map(({ state }) => state);
};

test("no job starts later than 5 s after a pause, on two workers; a restart keeps it; a resume takes all", async () => {
  const starts: number[] = [];
  const work: Work = () => {
    starts.push(performance.now());
    return Promise.resolve();
  };
  const [first] = await Promise.all([start(work), start(work)]);
  await sendKeyed();
  await until(() => starts.length === 1);
  await pause();
  const pausedAt = performance.now();
  let sent = 1;
  while (performance.now() - pausedAt < 7_000) {
    await sendKeyed();
    sent++;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  expect(Math.max(...starts) - pausedAt).toBeLessThan(5_000);
  expect(starts.length).toBeLessThan(sent);
  const before = starts.length;

  await first?.stop();
  await start(work);
  await sendKeyed();
  sent++;
  // Longer than a poll of the queue.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(starts.length).toBe(before);

  await deletePause(app.db, queue);
  await until(() => starts.length === sent);
}, 120_000);

test("what runs goes on, and a quick resume makes no more at once than there may be", async () => {
  let running = 0;
  let most = 0;
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => (release = resolve));
  await start(async () => {
    most = Math.max(most, ++running);
    await held;
    running--;
  });
  for (let n = 0; n < 6; n++) await sendKeyed();
  await until(() => running === 2);
  await pause();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await deletePause(app.db, queue);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(most).toBe(2);
  release();
  await until(async () => (await states()).every((state) => state === "completed"));
}, 90_000);

test("a dead worker's job waits in a paused queue", async () => {
  const jobId = await send();
  await app.boss.fetch(queue);
  await pause();
  await sql`update pgboss.job_common set heartbeat_on = now() - interval '1 minute' where id = ${jobId}`.execute(
    app.db,
  );
  const ran: object[] = [];
  const { boss } = await start((payload) => {
    ran.push(payload);
    return Promise.resolve();
  });
  await until(async () => {
    await boss.supervise(queue);
    return (await states())[0] === "retry";
  });
  // Its retry is due after 2 s.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect(await states()).toEqual(["retry"]);
  expect(ran).toEqual([]);
  await deletePause(app.db, queue);
  await until(() => ran.length === 1);
}, 90_000);
