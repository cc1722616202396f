/** The database of an instance: DATABASE_URL, or the embedded cluster, watched and healed. */
import { ensureDatabase, startCluster } from "#db/embedded/index";
import { databaseNames } from "#db/embedded/databases";
import type { Env } from "#server/env";
import { isSimulated } from "./simulator.ts";

const LOOK_EVERY_MS = 500;
const HOPELESS = 3;

export type Postgres = {
  url(): string;
  /** what processes need to find it */
  env(): Record<string, string>;
  stop(mode: "fast" | "immediate"): Promise<void>;
};

/** Invented artists never meet real ones: without keys the database is another one of the same cluster. */
export const databaseName = (env: Env) => databaseNames[isSimulated(env) ? "simulated" : "live"];

export type PostgresOptions = {
  env: Env;
  onNotice(line: string): void;
  onHopeless(problem: string): void;
};

/** @param onMoved called when a healed server has another address than before */
export async function runPostgres(
  { env, onNotice, onHopeless }: PostgresOptions,
  onMoved: () => void,
): Promise<Postgres> {
  const { DATABASE_URL } = env;
  if (DATABASE_URL) return { url: () => DATABASE_URL, env: () => ({}), stop: async () => undefined };

  const database = databaseName(env);
  const cluster = await startCluster(env.DATA_DIR, { onNotice });
  if (cluster.adopted) onNotice("Postgres was left running by a start that was killed; going on with it");
  let stopping = false;
  let healing: Promise<void> | undefined;
  let failures = 0;
  const watch = setInterval(() => {
    if (healing || stopping || cluster.isRunning()) return;
    healing = heal().finally(() => (healing = undefined));
  }, LOOK_EVERY_MS);
  try {
    await ensureDatabase(cluster, database);
  } catch (error) {
    await stop("fast");
    throw error;
  }
  return {
    url: () => cluster.url(database),
    // Empty is unset: a listening address without DATABASE_URL would belong to another database.
    env: () => ({ DATABASE_URL: cluster.url(database), DATABASE_LISTEN_URL: "" }),
    stop,
  };

  async function heal(): Promise<void> {
    const { port } = cluster;
    onNotice("Postgres died and is started again");
    try {
      await cluster.heal();
      failures = 0;
      onNotice("Postgres is back");
      if (cluster.port !== port) onMoved();
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      onNotice(problem);
      if (++failures >= HOPELESS) onHopeless(`Postgres died and could not be started again: ${problem}`);
    }
  }

  async function stop(mode: "fast" | "immediate"): Promise<void> {
    stopping = true;
    clearInterval(watch);
    await healing;
    await cluster.stop(mode);
  }
}
