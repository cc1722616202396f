/** Databases of the benches: migrated once a run, a clone a round, so that every round writes into an empty one. */
import pg from "pg";
import { createDb, type Db } from "#db/index";
import { migrate } from "#db/migrate";

export type BenchDatabase = { db: Db; url: string; drop(): Promise<void> };
export type BenchDatabases = { create(): Promise<BenchDatabase>; end(): Promise<void> };

export async function benchDatabases(serverUrl: string): Promise<BenchDatabases> {
  const template = `theset_bench_${process.pid}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${template} with (force)`);
  await admin.query(`create database ${template}`);
  await migrate(urlOf(serverUrl, template));
  let count = 0;
  return {
    async create() {
      const name = `${template}_${++count}`;
      await admin.query(`create database ${name} template ${template}`);
      const url = urlOf(serverUrl, name);
      const db = createDb(url, { applicationName: name });
      return {
        db,
        url,
        async drop() {
          await db.destroy();
          await admin.query(`drop database ${name} with (force)`);
        },
      };
    },
    async end() {
      await admin.query(`drop database if exists ${template} with (force)`);
      await admin.end();
    },
  };
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
