import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb } from "../tests/database.ts";
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
