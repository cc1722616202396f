/**
 * The database that a command works on: that of DATABASE_URL, of the instance that runs on DATA_DIR, or the one that a
 * start would use, with a Postgres of the command's own for as long as it takes.
 */
import { join } from "node:path";
import { type Cluster, ensureDatabase, makeDataDir, startCluster } from "#db/embedded/index";
import { migrate } from "#db/migrate";
import type { Env } from "#server/env";
import { findRunning } from "./start/instance.ts";
import { type Lock, takeLock } from "./start/lock.ts";
import { databaseName } from "./start/postgres.ts";

export type CommandDatabase = {
  url: string;
  /** leaves everything as it was found */
  close(): Promise<void>;
};

/** @throws DataDirError, or an Error with a sentence, when there is no database to work on */
export async function openDatabase(env: Env, onNotice: (line: string) => void): Promise<CommandDatabase> {
  const url = env.DATABASE_URL ?? findRunning(env.DATA_DIR)?.databaseUrl;
  if (url) return { url, close: async () => undefined };

  const { cluster, close } = await openCluster(env, onNotice);
  try {
    const name = databaseName(env);
    await ensureDatabase(cluster, name);
    await migrate(cluster.url(name));
    return { url: cluster.url(name), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The cluster of DATA_DIR, made when there is none, for this command alone: nothing else runs on it meanwhile.
 * @throws as openDatabase
 */
export async function openCluster(
  env: Env,
  onNotice: (line: string) => void,
): Promise<{ cluster: Cluster; close(): Promise<void> }> {
  const lock = await lockDataDir(env);
  try {
    const cluster = await startCluster(env.DATA_DIR, { onNotice });
    const close = async () => {
      await cluster.stop();
      lock.release();
    };
    return { cluster, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** @throws Error with a sentence when another process has DATA_DIR */
export async function lockDataDir(env: Env): Promise<Lock> {
  await makeDataDir(env.DATA_DIR, true);
  const taken = await takeLock(join(env.DATA_DIR, "lock"));
  if ("lock" in taken) return taken.lock;
  // It holds the lock and is not up yet, or it is just going.
  throw new Error(
    `process ${taken.holder} is starting or stopping on DATA_DIR ${env.DATA_DIR}: try again in a moment`,
  );
}
