/** Databases for tests that own processes: a real Postgres, a migrated template, a clone of it each. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startCluster } from "#db/embedded/index";
import { migrate } from "#db/migrate";
import { migrationsHash } from "#db/migrations";

export type Database = {
  url: string;
  rows<Row>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** the first row; @throws when there is none */
  row<Row>(sql: string, values?: unknown[]): Promise<Row>;
  drop(): Promise<void>;
};

export type Postgres = { createDatabase(): Promise<Database>; stop(): Promise<void> };
/** One that can be ended and started again, on the same port. */
export type MortalPostgres = Postgres & {
  /** `fast` is SIGINT: in order; `immediate` is SIGQUIT: the next start recovers */
  end(mode: "fast" | "immediate"): Promise<void>;
  begin(): Promise<void>;
};

/** The server of TEST_DATABASE_URL, else an embedded one for this file. */
export async function startPostgres(): Promise<Postgres> {
  if (process.env.TEST_DATABASE_URL) return serve(process.env.TEST_DATABASE_URL, () => Promise.resolve());
  const { url, remove } = await throwAway({ fsync: false });
  return serve(url, remove);
}

/** A server of this file alone, which keeps what it has acknowledged whatever happens to it. */
export async function startMortalPostgres(options: { folder?: string } = {}): Promise<MortalPostgres> {
  const { url, cluster, remove } = await throwAway({ fsync: true, ...options });
  return {
    ...(await serve(url, remove)),
    end: (mode) => cluster.stop(mode),
    begin: () => cluster.heal(),
  };
}

async function serve(adminUrl: string, remove: () => Promise<void>): Promise<Postgres> {
  const admin = new pg.Pool({ connectionString: adminUrl, max: 2 });
  // A server that is ended takes idle connections along.
  admin.on("error", () => undefined);
  const template = `theset_template_${await migrationsHash()}`;
  const found = await admin.query("select 1 from pg_database where datname = $1", [template]);
  if (found.rowCount === 0) {
    // Under another name until it is whole, as in tests/setup.ts, with which it is shared.
    const draft = `${template}_${process.pid}`;
    await admin.query(`create database ${draft}`);
    await migrate(at(adminUrl, draft));
    // Two files run beside each other: whoever comes second has one more than is needed.
    await admin.query(`alter database ${draft} rename to ${template}`).catch(async (error: unknown) => {
      if ((error as { code?: string }).code !== "42P04") throw error;
      await admin.query(`drop database ${draft}`);
    });
  }
  let count = 0;
  return {
    async createDatabase() {
      const name = `theset_torture_${process.pid}_${++count}`;
      await admin.query(`create database ${name} template ${template}`);
      return open(at(adminUrl, name), () => admin.query(`drop database if exists ${name} with (force)`));
    },
    async stop() {
      await admin.end();
      await remove();
    },
  };
}

function open(url: string, drop: () => Promise<unknown>): Database {
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: "theset torture" });
  pool.on("error", () => undefined);
  const rows = async <Row>(sql: string, values: unknown[] = []) =>
    (await pool.query(sql, values)).rows as Row[];
  return {
    url,
    rows,
    async row<Row>(sql: string, values: unknown[] = []) {
      const [first] = await rows<Row>(sql, values);
      if (first === undefined) throw new Error(`no row: ${sql}`);
      return first;
    },
    async drop() {
      await pool.end();
      await drop();
    },
  };
}

function at(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** @param options.folder where, instead of a temporary one */
async function throwAway({ fsync, folder }: { fsync: boolean; folder?: string }) {
  const dir = folder ?? (await mkdtemp(join(tmpdir(), "theset-torture-")));
  const cluster = await startCluster(dir, { fsync });
  return {
    url: cluster.url("postgres"),
    cluster,
    async remove() {
      await cluster.stop("immediate");
      await rm(dir, { recursive: true, force: true });
    },
  };
}
