import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { listFailureGroups, listJobFailures } from "#db/queries/job-failures";
import { startJobRun } from "#db/queries/job-runs";
import { testApp } from "../tests/app.ts";
import { startTestWorker, until, type Work } from "../tests/workers.ts";

let app: Awaited<ReturnType<typeof testApp>>;
const workers: { stop(): Promise<void> }[] = [];
const start = async (work: Work, secrets?: string[]) => {
  const worker = await startTestWorker(app, "cleanup", work, secrets);
  workers.push(worker);
  return worker;
};
beforeAll(async () => {
  app = await testApp();
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  await app.db.deleteFrom("job_failures").execute();
  await app.clear();
});
afterAll(() => app.close());

const runs = () => app.db.selectFrom("job_runs").selectAll().where("queue", "=", "cleanup").execute();

test("a job in hand is written down under its worker, and gone at its end", async () => {
  let release = () => undefined as void;
  const held = new Promise<void>((resolve) => (release = resolve));
  const { boss, name } = await start(() => held);
  const jobId = await app.services.queue.send(app.db, "cleanup", {});
  await until(async () => (await runs()).length === 1);
  const [run] = await runs();
  const instances = await boss.getInstances();
  const me = instances.find((instance) => instance.name === name);
  expect(run).toMatchObject({ job_id: jobId, queue: "cleanup", worker: me?.id, attempt: 1 });
  release();
  await until(async () => (await runs()).length === 0);
});

test("every attempt's error is kept, and errors of one kind are one group with what is failed now", async () => {
  let attempts = 0;
  await start(() => Promise.reject(new Error(`no row ${++attempts} of "this"`)));
  // The queue's own pauses between attempts would only make this slow.
  const jobId = (await app.boss.send("cleanup", {}, { retryDelay: 0, retryBackoff: false })) ?? "";
  await until(async () => (await listJobFailures(app.db, [jobId])).length === 3);
  await until(async () => (await app.boss.findJobs("cleanup", { id: jobId }))[0]?.state === "failed");
  const failures = await listJobFailures(app.db, [jobId]);
  expect(failures.map(({ attempt, error, interrupted }) => ({ attempt, error, interrupted }))).toEqual([
    { attempt: 3, error: 'no row 3 of "this"', interrupted: false },
    { attempt: 2, error: 'no row 2 of "this"', interrupted: false },
    { attempt: 1, error: 'no row 1 of "this"', interrupted: false },
  ]);
  expect(await listFailureGroups(app.db, "cleanup")).toMatchObject([
    { errorKey: "no row # of “…”", count: 3, failedNow: 1, sample: 'no row 3 of "this"', sampleJobId: jobId },
  ]);
}, 120_000);

test("a backlog of short jobs is worked one after the other, without a poll between", async () => {
  const backlog = 60;
  for (let n = 0; n < backlog; n++) await app.boss.send("cleanup", {}, { singletonKey: `job ${n}` });
  let ran = 0;
  await start(() => {
    ran++;
    return Promise.resolve();
  });
  // By polls alone it would take two minutes.
  await until(() => ran === backlog);
}, 60_000);

test("what is kept of an error, by us and by the queue, holds no secret", async () => {
  const secret = "canary of this very process";
  const looks = "GET https://api.example/?apikey=CANARY12345 and Bearer CANARY0123456789";
  const fields = { detail: "Key (email)=(CANARY@example.org) already exists.", config: { key: secret } };
  await start(
    () => Promise.reject(Object.assign(new TypeError(`${looks}, ${secret}`, { cause: secret }), fields)),
    [secret],
  );
  const jobId = (await app.boss.send("cleanup", {}, { retryLimit: 0 })) ?? "";
  await until(async () => (await app.boss.findJobs("cleanup", { id: jobId }))[0]?.state === "failed");
  await until(async () => (await listJobFailures(app.db, [jobId])).length === 1);
  const [failure] = await listJobFailures(app.db, [jobId]);
  expect(failure?.error).toContain("GET https://api.example/?apikey=[redacted]");
  expect(failure?.stack).toMatch(/^TypeError: GET [^]+\n +at /);
  const { rows } = await sql<{ all: string }>`
    select coalesce((select json_agg(f)::text from job_failures f), '')
      || coalesce((select json_agg(j.output)::text from pgboss.job_common j), '') as all`.execute(app.db);
  expect(rows[0]?.all).toContain("apikey=[redacted]");
  expect(rows[0]?.all).not.toMatch(/canary/i);
});

test("a stop is an interruption, no failure of the work", async () => {
  const worker = await start(
    (_payload, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      ),
  );
  const jobId = (await app.services.queue.send(app.db, "cleanup", {})) ?? "";
  await until(async () => (await runs()).length === 1);
  await worker.stop();
  expect(await listJobFailures(app.db, [jobId])).toMatchObject([{ attempt: 1, interrupted: true }]);
  expect(await listFailureGroups(app.db)).toEqual([]);
});

test("a run whose worker died becomes an interrupted attempt when the next one begins", async () => {
  const jobId = (await app.services.queue.send(app.db, "cleanup", {})) ?? "";
  const dead = randomUUID();
  await startJobRun(app.db, { jobId, queue: "cleanup", worker: dead, attempt: 1 });
  await start(() => Promise.resolve());
  await until(async () => (await runs()).length === 0);
  expect(await listJobFailures(app.db, [jobId])).toMatchObject([
    { attempt: 1, interrupted: true, worker: dead },
  ]);
});

test("a payload that is none of the queue's is said in one line", async () => {
  await start(() => Promise.resolve());
  const jobId = (await app.boss.send("cleanup", { sentBy: 7 })) ?? "";
  await until(async () => (await listJobFailures(app.db, [jobId])).length > 0);
  const [failure] = await listJobFailures(app.db, [jobId]);
  expect(failure?.error).toMatch(/^Its payload is not of this queue: sentBy Invalid input/);
});

test("what cannot be written down fails no job", async () => {
  await app.db.schema.alterTable("job_runs").renameTo("job_runs_away").execute();
  await app.db.schema.alterTable("job_failures").renameTo("job_failures_away").execute();
  try {
    await start(() => Promise.resolve());
    const jobId = (await app.services.queue.send(app.db, "cleanup", {})) ?? "";
    await until(async () => (await app.boss.findJobs("cleanup", { id: jobId }))[0]?.state === "completed");
  } finally {
    await app.db.schema.alterTable("job_runs_away").renameTo("job_runs").execute();
    await app.db.schema.alterTable("job_failures_away").renameTo("job_failures").execute();
  }
});
