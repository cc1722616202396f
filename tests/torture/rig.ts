/**
 * A product of one's own for a test: a database, the simulator in this process, web and worker as processes. Rates are
 * raised 20-fold on both sides: what is proven here is what happens around kills and faults, not how fast.
 */
import { startSimulator, type Simulator, type WorldName } from "#server/simulator/index";
import type { Database, Postgres } from "./databases.ts";
import { startProcess, type Running } from "./processes.ts";
import { until } from "./until.ts";

const FASTER = 20;
/** Asked more often, the questions would be most of what web does. */
const STATUS_POLL_MS = 200;
/** All simulators of a file live at one moment, so that two imports read the same. */
const moment = new Date();

export type ImportStatus = {
  importId: string;
  stage: string;
  percentage: number;
  message: string;
  error: string | null;
  completedAt: string | null;
};
export type StartedImport = { artistId: string; slug: string; name: string | null; importId: string };

export type Rig = {
  db: Database;
  simulator: Simulator;
  /** @param env on top of what all processes have */
  startWeb(env?: Record<string, string>): Promise<Running>;
  startWorker(env?: Record<string, string>): Promise<Running>;
  /** The state of an import, from its row. */
  state(importId: string): Promise<{ stage: string; percentage: number; attempt: number }>;
  /** Waits for the end of an import, as its status tells. */
  ended(web: Running, artistId: string, limitMs: number): Promise<ImportStatus>;
  /** Waits until the simulator was asked something. */
  asked(words: string, limitMs: number): Promise<unknown>;
  /** Back to an empty database, no faults, nothing asked; the processes go on. */
  forget(): Promise<void>;
  close(): Promise<void>;
};

/**
 * @param options.asReal the services' own rates, and a clock that goes on
 * @param options.key the services' only key, "simulator" by default
 * @param options.env on top of what all processes have
 */
export async function createRig(
  postgres: Postgres,
  world: WorldName,
  options: { asReal?: boolean; key?: string; env?: Record<string, string> } = {},
): Promise<Rig> {
  const { key = "simulator" } = options;
  const db = await postgres.createDatabase();
  const faster = options.asReal ? 1 : FASTER;
  const now = options.asReal ? () => new Date() : () => moment;
  const simulator = await startSimulator({ world, rateFactor: faster, now, key });
  const env = {
    DATABASE_URL: db.url,
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "info",
    LOG_FORMAT: "json",
    LIMITS: "off",
    SESSION_SECRET: "torture".repeat(6),
    UPSTREAMS: "simulated",
    TICKETMASTER_API_KEY: key,
    SPOTIFY_CLIENT_ID: key,
    SPOTIFY_CLIENT_SECRET: key,
    SPOTIFY_URL: simulator.urls.spotify,
    SPOTIFY_ACCOUNTS_URL: simulator.urls["spotify-accounts"],
    SPOTIFY_RPS: String(2 * faster),
    MUSICBRAINZ_URL: simulator.urls.musicbrainz,
    MUSICBRAINZ_RPS: String(faster),
    SETLISTFM_API_KEY: key,
    TICKETMASTER_URL: simulator.urls.ticketmaster,
    SETLISTFM_URL: simulator.urls.setlistfm,
    TICKETMASTER_RPS: String(5 * faster),
    SETLISTFM_RPS: String(faster),
    TICKETMASTER_PER_DAY: String(5_000 * faster),
    SETLISTFM_PER_DAY: String(1_440 * faster),
    ...options.env,
  };
  return {
    db,
    simulator,
    startWeb: (more = {}) => startProcess("web", { ...env, ...more }),
    startWorker: (more = {}) => startProcess("worker", { ...env, ...more }),
    state: (importId) => db.row("select stage, percentage, attempt from imports where id = $1", [importId]),
    ended: (web, artistId, limitMs) =>
      until(
        `the import of ${artistId} ends`,
        limitMs,
        async () => {
          const status = await readStatus(web, artistId);
          return status.completedAt === null ? undefined : status;
        },
        STATUS_POLL_MS,
      ),
    asked: (words, limitMs) =>
      until(`"${words}" is asked`, limitMs, () =>
        simulator.requests().some(({ path }) => path.includes(words)),
      ),
    async forget() {
      simulator.setFaults([]);
      simulator.clearRequests();
      await db.rows(
        "truncate artists, slugs, venues, upstream_state, upstream_cache, upstream_budgets cascade",
      );
      await db.rows("delete from pgboss.job where name = 'artist-import'");
    },
    async close() {
      await simulator.stop();
      await db.drop();
    },
  };
}

export async function readStatus(web: Running, artistId: string): Promise<ImportStatus> {
  const response = await fetch(`${web.url}/api/artists/${artistId}/status`);
  if (response.status !== 200) throw new Error(`the status answers ${response.status}`);
  return (await response.json()) as ImportStatus;
}

/** What a click on "import" sends. */
export function postImport(web: Running, tmAttractionId: string): Promise<Response> {
  return fetch(`${web.url}/api/artists/import`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ tmAttractionId }),
  });
}

/** @throws when it is not taken on */
export async function startImport(web: Running, tmAttractionId: string): Promise<StartedImport> {
  const response = await postImport(web, tmAttractionId);
  if (response.status !== 202)
    throw new Error(`the import answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as StartedImport;
}

/** What was asked of the services, each question as often as it was. */
export function questions(simulator: Simulator): string[] {
  return (
    simulator
      .requests()
      // A token lasts an hour, and what a key is refused is remembered: neither belongs to one import.
      .filter(({ upstream, status }) => upstream !== "spotify-accounts" && status < 400)
      .map(({ upstream, path }) => `${upstream} ${path}`)
      .sort()
  );
}
