import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { makeYesterdaysCounts } from "../../tests/queue-stats.ts";
import { deleteOldQueueCounts, insertQueueCounts } from "./queue-counts.ts";
import { listQueueSeries } from "./queue-series.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
  await makeYesterdaysCounts(app.db);
  // Half an hour, a count every 5 s, two jobs of about 10 s each time.
  await sql`
    insert into pgboss.queue_stats (name, queued_count, completed_delta, failed_delta, run_bins, captured_on)
    select 'setlist-sync', n % 10, 1, 1, array_fill(null::int, array[20]) || array[2] || array_fill(null::int, array[27]),
      now() - n * interval '5 seconds'
    from generate_series(1, 360) n`.execute(app.db);
});
afterAll(() => app.close());

const series = async () =>
  (await listQueueSeries(app.db, { queues: ["setlist-sync", "cleanup"], minutes: 360 })).filter(
    ({ queue }) => queue === "setlist-sync",
  );
const total = (points: (number | null)[]) => points.reduce<number>((sum, n) => sum + (n ?? 0), 0);

test("a long range says the same of sums as of counts, and sums are made once", async () => {
  const [counts] = await series();
  expect(total(counts!.perMinutes) * 12).toBeCloseTo(720);
  await insertQueueCounts(app.db);
  const made = await app.db.selectFrom("queue_counts").selectAll().execute();
  // The newest span is not over yet, and the first may have begun before.
  expect(made.length).toBeGreaterThanOrEqual(14);
  await insertQueueCounts(app.db);
  expect(await app.db.selectFrom("queue_counts").selectAll().execute()).toEqual(made);

  const [sums] = await series();
  expect(total(sums!.perMinutes) * 12).toBeCloseTo(720);
  expect(sums).toMatchObject({ p50Ms: counts!.p50Ms, p95Ms: counts!.p95Ms });
  expect(Math.max(...sums!.waiting.map((n) => n ?? 0))).toBe(9);
});

test("sums go with the counts they were made of", async () => {
  await sql`insert into queue_counts (at, queue, waiting, ended, run_bins)
    values (now() - interval '49 hours', 'cleanup', 0, 0, '{}')`.execute(app.db);
  expect(await deleteOldQueueCounts(app.db)).toBe(1);
  expect(await deleteOldQueueCounts(app.db)).toBe(0);
});
