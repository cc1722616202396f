/**
 * The embedded Postgres: one cluster in DATA_DIR, run from npm's binaries by our own hand (docs/decisions/003). One
 * caller at a time: `npm start` holds the lock of DATA_DIR around all of this.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Binaries } from "./binaries.ts";
import { endServer, run } from "./cluster.ts";
import { ensureCluster, SUPERUSER } from "./initdb.ts";
import { choosePlace } from "./place.ts";
import { isPostgres } from "./postmaster.ts";

export { DataDirError, makeDataDir } from "./place.ts";

export type ClusterOptions = {
  /** told, in a sentence, what a person may want to know: a moved folder, another port, a long recovery */
  onNotice?: (line: string) => void;
  /** false for tests only: faster, and a power cut may destroy the cluster */
  fsync?: boolean;
  /** another Postgres than npm's, for tests: `native` holds its bin/ */
  binaries?: Binaries;
};

export type Cluster = {
  readonly port: number;
  readonly pid: number;
  /** the server was running already, left by a start that was killed */
  readonly adopted: boolean;
  /** the cluster's folder */
  readonly folder: string;
  /** the superuser's address of a database; valid until `heal` moves the port */
  url(database: string): string;
  isRunning(): boolean;
  /** Starts the server again after it died, on the same port unless somebody took that. Same errors as startCluster. */
  heal(): Promise<void>;
  /** Stops the server: in order, or at once (`immediate`, recovery at the next start). Does nothing when it is gone. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
};

/**
 * Makes the cluster of `dataDir` when there is none (3 s), then starts or adopts its server (0.3 s).
 * @throws DataDirError when the folder cannot serve; Error with Postgres' own words otherwise
 */
export async function startCluster(dataDir: string, options: ClusterOptions = {}): Promise<Cluster> {
  const { onNotice = () => undefined, fsync = true } = options;
  const place = await choosePlace(dataDir, onNotice, options.binaries);
  const password = await ensureCluster(place, fsync);
  let running = await run(place, fsync, onNotice);
  return {
    get port() {
      return running.port;
    },
    get pid() {
      return running.pid;
    },
    adopted: running.adopted,
    folder: place.cluster,
    url: (database) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${running.port}/${database}`,
    isRunning: () => isPostgres(running.pid),
    async heal() {
      running = await run(place, fsync, onNotice);
    },
    async stop(mode = "fast") {
      if (isPostgres(running.pid)) await endServer(running.pid, mode);
    },
  };
}

/** The folder of `dataDir`'s cluster, and whether there is one in it. @throws as startCluster */
export async function findCluster(dataDir: string): Promise<{ folder: string; exists: boolean }> {
  const { cluster } = await choosePlace(dataDir, () => undefined);
  return { folder: cluster, exists: existsSync(join(cluster, "PG_VERSION")) };
}

/** Creates a database when it is missing. @param name lower case letters, digits and underscores */
export async function ensureDatabase(cluster: Cluster, name: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no name for a database`);
  const client = new pg.Client({ connectionString: cluster.url("postgres") });
  await client.connect();
  try {
    const known = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (known.rowCount === 0) await client.query(`create database "${name}"`);
  } finally {
    await client.end();
  }
}
