import pg from "pg";
import { inject } from "vitest";
import { createDb, type Db } from "#db/index";

let count = 0;

/** A freshly migrated database of its own, so that NOTIFY and queues of test files do not meet. */
export async function createTestDb(): Promise<{ db: Db; url: string; close(): Promise<void> }> {
  const name = `theset_test_${process.pid}_${process.env.VITEST_POOL_ID ?? "0"}_${++count}`;
  const admin = new pg.Client({ connectionString: inject("adminUrl") });
  await admin.connect();
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template ${inject("template")}`);
  const url = new URL(inject("adminUrl"));
  url.pathname = `/${name}`;
  const db = createDb(url.href, { applicationName: name });
  return {
    db,
    url: url.href,
    async close() {
      await db.destroy();
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
