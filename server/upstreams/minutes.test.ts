import { sql } from "kysely";
import pino from "pino";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { deleteOldUpstreamMinutes } from "#db/queries/upstream-minutes";
import { createTestDb } from "../../tests/database.ts";
import { createMinutes } from "./minutes.ts";

let base: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  base = await createTestDb();
});
afterEach(() => sql`truncate upstream_minutes`.execute(base.db));
afterAll(() => base.close());

const log = pino({ level: "silent" });
const rows = () =>
  base.db.selectFrom("upstream_minutes").selectAll().orderBy("minute").orderBy("upstream").execute();
const total = async () => (await rows()).reduce((sum, row) => sum + row.answered, 0);

test("calls of one minute become a row a service, however many there were", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-27T14:31:20Z") });
  const minutes = createMinutes({ db: base.db, log });
  for (let call = 0; call < 500; call++) minutes.count("spotify", "answer", 100);
  minutes.count("spotify", "no", 2_400);
  minutes.count("spotify", "rest", 90);
  minutes.count("spotify", "day", 90);
  minutes.count("spotify", "failed", 30_000);
  minutes.count("setlistfm", "refused", 50);
  await minutes.stop();
  vi.useRealTimers();
  const minute = new Date("2026-11-27T14:31:00Z");
  expect(await rows()).toEqual([
    {
      minute,
      upstream: "setlistfm",
      answered: 0,
      slow: 0,
      limited: 0,
      failed: 1,
      ms_total: 0,
      ms_most: 0,
    },
    {
      minute,
      upstream: "spotify",
      answered: 501,
      slow: 1,
      limited: 2,
      failed: 1,
      ms_total: 52_400,
      ms_most: 2_400,
    },
  ]);
});

test("two processes add to the same row", async () => {
  const both = [createMinutes({ db: base.db, log }), createMinutes({ db: base.db, log })];
  for (const minutes of both) for (let call = 0; call < 20; call++) minutes.count("spotify", "answer", 10);
  await Promise.all(both.map((minutes) => minutes.stop()));
  expect(await total()).toBe(40);
});

test("they are written every few seconds, without anybody waiting for it", async () => {
  const minutes = createMinutes({ db: base.db, log, flushMs: 20 });
  minutes.count("spotify", "answer", 10);
  expect(await total()).toBe(0);
  await vi.waitFor(async () => expect(await total()).toBe(1));
  await minutes.stop();
});

test("what could not be written is added to the next", async () => {
  const minutes = createMinutes({ db: base.db, log, flushMs: 20 });
  await sql`alter table upstream_minutes rename to away`.execute(base.db);
  minutes.count("spotify", "answer", 10);
  await new Promise((resolve) => setTimeout(resolve, 60));
  await sql`alter table away rename to upstream_minutes`.execute(base.db);
  minutes.count("spotify", "answer", 10);
  await vi.waitFor(async () => expect(await total()).toBe(2));
  await minutes.stop();
  expect(await total()).toBe(2);
});

test("minutes of three days ago are deleted", async () => {
  await sql`insert into upstream_minutes (minute, upstream, answered)
    values (now() - interval '3 days', 'spotify', 1), (now(), 'spotify', 2)`.execute(base.db);
  expect(await deleteOldUpstreamMinutes(base.db, 2)).toBe(1);
  expect(await total()).toBe(2);
});
