import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { insertAccount } from "#db/queries/fans";
import { startJobRun } from "#db/queries/job-runs";
import { worlds } from "#server/simulator/index";
import { createBoss } from "#db/queue";
import { testApp } from "../../../tests/app.ts";
import { makeYesterdaysCounts } from "../../../tests/queue-stats.ts";
import { openSession } from "../../session/open.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let admin: ReturnType<typeof app.visitor>;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  await sql`delete from pgboss.instance`.execute(app.db);
  await sql`delete from pgboss.queue_stats`.execute(app.db);
  await sql`truncate job_runs, job_failures, queue_controls, audit_log`.execute(app.db);
  const browser = app.browser();
  const fanId = await insertAccount(app.db, {
    email: "ops@example.org",
    name: "Ops",
    passwordHash: "none",
    role: "admin",
  });
  browser.context.setCookie((await openSession(browser.context, app.db, fanId ?? "")).cookie);
  admin = browser.caller;
});
afterEach(() => app.clear());
afterAll(() => app.close());

/** A worker's row as pg-boss writes it. */
async function instance(fields: { pid: number; silent?: number }) {
  const id = randomUUID();
  await sql`
    insert into pgboss.instance (id, name, host, pid, version, node_version, heartbeat_seconds, supervise, schedule,
      migrate, persist_queue_stats, persist_warnings, metrics, heartbeat_on)
    values (${id}, 'theset worker', 'stage', ${fields.pid}, '1', 'v24.1.0', 5, true, true, false, true, false,
      '{"rss": 412000000}', now() - make_interval(secs => ${fields.silent ?? 0}::int))`.execute(app.db);
  return id;
}

const valueOf = <T>(part: { cut: true } | { cut: false; value: T }): T => {
  if (part.cut) throw new Error("cut off");
  return part.value;
};

test("an empty place without workers says so first, and every part is there", async () => {
  const overview = await admin.admin.overview({});
  expect(overview.problems.map(({ level, title }) => [level, title])).toEqual([
    ["bad", "No worker is running:"],
  ]);
  expect(overview.range).toBe("1h");
  expect(valueOf(overview.queues)).toHaveLength(8);
  expect(valueOf(overview.imports)).toEqual({ running: 0, imports: [] });
  expect(valueOf(overview.upstreams)).toHaveLength(4);
  expect(valueOf(overview.failures)).toEqual({ attempts: 0, jobs: [], steps: [] });
  expect(valueOf(overview.schedules)).toHaveLength(6);
  expect(valueOf(overview.series)).toEqual({ queues: [], stepP95Ms: null });
  expect(valueOf(overview.database).connections).toBeGreaterThan(0);
});

test("a part that takes too long is cut off, said so, and the others stand", async () => {
  // A statement that waits for a lock is as slow as one that reads too much.
  await app.db.transaction().execute(async (trx) => {
    await sql`lock table job_runs`.execute(trx);
    const overview = await admin.admin.overview({});
    expect(overview.workers).toEqual({ cut: true });
    expect(overview.problems).toMatchObject([{ level: "warn", title: "Cut off: the workers." }]);
    expect(overview.queues.cut).toBe(false);
    expect(overview.database.cut).toBe(false);
    await expect(admin.admin.workers()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });
});

test("workers: what each has in hand, and what one that died left behind", async () => {
  const { tmAttractionId } = worlds.small.artists.saltmarsh;
  const { importId } = await app.caller.artist.import({ tmAttractionId });
  const { rows } = await sql<{ id: string }>`select id from pgboss.job where name = 'artist-import'`.execute(
    app.db,
  );
  const jobId = rows[0]?.id ?? "";
  const begun = Date.now();
  const dead = await instance({ pid: 47002, silent: 41 });
  const live = await instance({ pid: 48121 });
  await instance({ pid: 1, silent: 7_200 });
  await startJobRun(app.db, { jobId, queue: "artist-import", worker: dead, attempt: 1 });
  const before = (await admin.admin.workers()).workers;
  expect(before.map(({ pid, live, jobs }) => [pid, live, jobs.length])).toEqual([
    [47002, false, 1],
    [48121, true, 0],
  ]);
  await startJobRun(app.db, { jobId, queue: "artist-import", worker: live, attempt: 2 });
  const [silent, working] = (await admin.admin.workers()).workers;
  expect(silent).toMatchObject({ jobs: [], takenOver: 1, memoryBytes: 412e6, nodeVersion: "24.1.0" });
  // It goes on being silent while this test runs.
  expect(silent?.silentSeconds).toBeGreaterThanOrEqual(41);
  expect(silent?.silentSeconds).toBeLessThanOrEqual(42 + (Date.now() - begun) / 1_000);
  expect(working?.jobs).toMatchObject([
    { jobId, queue: "artist-import", attempt: 2, importId, artistName: expect.any(String) as string },
  ]);
  const { problems } = await admin.admin.overview({});
  expect(problems[0]).toMatchObject({ level: "warn", link: { to: "#workers" } });
  const said = Number(/^Worker 47002 has been silent for (\d+) s:$/.exec(problems[0]?.title ?? "")?.[1]);
  expect(said).toBeGreaterThanOrEqual(41);
  expect(said).toBeLessThanOrEqual(42 + (Date.now() - begun) / 1_000);
  expect(problems[0]?.text).toContain("1 job it had in hand was taken over");
});

test("series: what a worker counted, over the range that is asked for", async () => {
  await app.services.queue.send(app.db, "cleanup", {});
  const boss = createBoss(app.url, "test");
  boss.on("error", () => undefined);
  await boss.start();
  try {
    await boss.supervise("cleanup");
  } finally {
    await boss.stop({ graceful: false });
  }
  // As if it had counted before: two jobs of 100 ms to 2 s in the last point of the quarter, one of a day's.
  const bins = Array<number>(48).fill(0);
  bins[10] = 2;
  const older = Array<number | null>(48).fill(null);
  older[10] = 1;
  await makeYesterdaysCounts(app.db);
  await sql`
    insert into pgboss.queue_stats (name, queued_count, completed_delta, failed_delta, run_bins, captured_on) values
      ('cleanup', 3, 2, 0, ${bins}::int[], now() - interval '10 seconds'),
      ('cleanup', 0, 0, 0, null, now() - interval '3 minutes')`.execute(app.db);
  const series = async (range: string) => {
    const overview = await admin.admin.overview({ range });
    return valueOf(overview.series).queues.find(({ queue }) => queue === "cleanup");
  };
  const quarter = await series("15m");
  expect(quarter?.waiting).toHaveLength(30);
  expect(quarter?.waiting.at(-1)).toBe(3);
  expect(quarter?.waiting[0]).toBeNull();
  expect(quarter?.perMinutes.at(-1)).toBe(4);
  expect(quarter?.perMinute).toBe(2);
  expect(quarter?.p95Ms).toBeGreaterThan(200);
  expect(quarter?.p95Ms).toBeLessThan(400);
  expect(quarter?.p95s.filter((value) => value !== null)).toEqual([quarter?.p95s.at(-1)]);
  expect((await series("24h"))?.perMinute).toBeCloseTo(2 / 48);
});

test("failures of the day: attempts by what they have in common, and steps by what kept them back", async () => {
  const fail = (error: string, hours: number, interrupted = false) =>
    sql`insert into job_failures (job_id, queue, attempt, error, error_key, interrupted, failed_at)
      values (${randomUUID()}, 'setlist-sync', 1, ${error}, 'It broke at line', ${interrupted},
        now() - make_interval(hours => ${hours}))`.execute(app.db);
  await fail("It broke at line 2", 2);
  await fail("It broke at line 7", 1);
  await fail("It broke at line 9", 30);
  await fail("Its worker stopped", 1, true);
  app.simulator.setFaults([{ upstream: "setlistfm", kind: "503", times: 1000 }]);
  await app.caller.artist.import({ tmAttractionId: worlds.small.artists.saltmarsh.tmAttractionId });
  await app.drain();
  const failures = valueOf((await admin.admin.overview({})).failures);
  expect(failures.attempts).toBe(2);
  expect(failures.jobs).toMatchObject([
    { queue: "setlist-sync", count: 2, failedNow: 0, error: "It broke at line 7" },
  ]);
  expect(failures.steps.length).toBeGreaterThan(0);
  for (const { reason, upstream } of failures.steps) {
    expect(upstream).toBe("setlistfm");
    expect(reason).not.toMatch(/\d\d:\d\d/);
  }
});

test("imports now, and what the services answered", async () => {
  const { importId } = await app.caller.artist.import({
    tmAttractionId: worlds.small.artists.saltmarsh.tmAttractionId,
  });
  const { imports } = await admin.admin.overview({});
  expect(valueOf(imports)).toMatchObject({ running: 1, imports: [{ importId, percentage: 0 }] });
  await app.drain();
  expect(valueOf((await admin.admin.overview({})).imports)).toEqual({ running: 0, imports: [] });
});
