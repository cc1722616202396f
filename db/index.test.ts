import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb } from "../tests/database.ts";
import { startDeafProxy } from "../tests/deaf-proxy.ts";
import { isDatabaseAway } from "./errors.ts";
import { createDb } from "./index.ts";

let database: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  database = await createTestDb();
});
afterAll(() => database.close());

test("a connection lost between two statements of a transaction fails the transaction, not the process", async () => {
  const heard: Error[] = [];
  const db = createDb(database.url, { applicationName: "doomed", onError: (error) => heard.push(error) });
  const broken = db.transaction().execute(async (trx) => {
    await sql`select 1`.execute(trx);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'doomed' and datname = current_database()`.execute(database.db);
    await expect.poll(() => heard.length).toBeGreaterThan(0);
    await sql`select 2`.execute(trx);
  });
  await expect(broken).rejects.toThrow();
  await db.destroy();
});

test("local dates and times stay the strings they are, counts and prices are numbers", async () => {
  const { rows } =
    await sql`select date '2026-11-27' as d, time '20:45' as t, 7::bigint as n, 12.50::numeric as p`.execute(
      database.db,
    );
  expect(rows).toEqual([{ d: "2026-11-27", t: "20:45:00", n: 7, p: 12.5 }]);
});

test("a statement that takes too long fails as a database that is away, and takes its transaction along", async () => {
  const db = createDb(database.url, { applicationName: "hurried", max: 1, queryMs: 300 });
  await sql`create table kept (n int)`.execute(database.db);
  const slow = db.transaction().execute(async (trx) => {
    await sql`insert into kept values (1)`.execute(trx);
    await sql`select pg_sleep(60)`.execute(trx);
  });
  const error: unknown = await slow.catch((reason: unknown) => reason);
  expect(isDatabaseAway(error)).toBe(true);
  // The one connection of the pool is a new one, and nothing of the old transaction is on it.
  const { rows } = await sql`insert into kept values (2) returning n`.execute(db);
  expect(rows).toEqual([{ n: 2 }]);
  expect((await sql`select n from kept`.execute(database.db)).rows).toEqual([{ n: 2 }]);
  await db.destroy();
});

test("a server that does not answer costs each question its time, and none after it is back", async () => {
  const proxy = await startDeafProxy(database.url);
  const db = createDb(proxy.url, { max: 3, queryMs: 300 });
  const ask = () => sql`select 1 as one`.execute(db).then(({ rows }) => rows);
  await Promise.all([ask(), ask(), ask()]);
  proxy.goDeaf("open");
  const lost = await Promise.all([ask(), ask(), ask()].map((asked) => asked.catch(isDatabaseAway)));
  expect(lost).toEqual([true, true, true]);
  expect(await ask()).toEqual([{ one: 1 }]);
  await expect.poll(() => proxy.open()).toBe(1);
  // Nor does the end of the pool wait for an answer.
  proxy.goDeaf("all");
  await db.destroy();
  await expect.poll(() => proxy.open()).toBe(0);
  await proxy.stop();
});
