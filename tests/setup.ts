/**
 * Global set-up of the integration tests: a real Postgres, and in it a template database migrated once, keyed by the
 * migrations' hash. Test files clone it (tests/database.ts). TEST_DATABASE_URL names a server to use; without it an
 * embedded one is started for this run.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startCluster } from "#db/embedded/index";
import { migrate } from "#db/migrate";
import { migrationsHash } from "#db/migrations";

declare module "vitest" {
  interface ProvidedContext {
    adminUrl: string;
    template: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL ? undefined : await throwAwayCluster();
  const adminUrl = process.env.TEST_DATABASE_URL ?? server?.url("postgres") ?? "";
  const template = `theset_template_${await migrationsHash()}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const found = await admin.query("select 1 from pg_database where datname = $1", [template]);
  if (found.rowCount === 0) await makeTemplate(admin, adminUrl, template);
  await admin.end();
  project.provide("adminUrl", adminUrl);
  project.provide("template", template);
  return async () => server?.remove();
}

/** Migrated under another name and renamed when whole: a run that died half way leaves no half template. */
async function makeTemplate(admin: pg.Client, adminUrl: string, template: string): Promise<void> {
  const draft = `${template}_${process.pid}`;
  await admin.query(`create database ${draft}`);
  const url = new URL(adminUrl);
  url.pathname = `/${draft}`;
  await migrate(url.href);
  await admin.query(`alter database ${draft} rename to ${template}`);
}

async function throwAwayCluster() {
  const dir = await mkdtemp(join(tmpdir(), "theset-tests-"));
  const cluster = await startCluster(dir, { fsync: false });
  return {
    url: cluster.url,
    async remove() {
      await cluster.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
