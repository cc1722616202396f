import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDb } from "../tests/database.ts";
import { createDb } from "./index.ts";
import { prepared } from "./prepared.ts";

let database: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  database = await createTestDb();
});
afterAll(() => database.close());

type Db = typeof database.db;
const next = async (db: Db, n: number) =>
  (await sql<{ n: number }>`${prepared} select ${n}::int + 1 as n`.execute(db)).rows[0]?.n;
const known = async (db: Db) =>
  (await sql<{ name: string }>`select name from pg_prepared_statements`.execute(db)).rows.length;

test("a statement that is marked is prepared once a connection, others never", async () => {
  const db = createDb(database.url, { max: 1, queryMs: 5_000 });
  expect([await next(db, 1), await next(db, 2)]).toEqual([2, 3]);
  await sql`select ${1}::int`.execute(db);
  expect(await known(db)).toBe(1);
  await db.destroy();
});

test("behind a pooler that forgets what was prepared, every statement is answered and none is named again", async () => {
  const db = createDb(database.url, { max: 1 });
  expect(await next(db, 1)).toBe(2);
  await sql`deallocate all`.execute(db);
  expect([await next(db, 2), await next(db, 3)]).toEqual([3, 4]);
  expect(await known(db)).toBe(0);
  await db.destroy();
});

test("a wrong statement fails as it always did", async () => {
  const db = createDb(database.url, { max: 1 });
  await expect(sql`${prepared} select 1 / ${0}::int`.execute(db)).rejects.toMatchObject({ code: "22012" });
  await db.destroy();
});
