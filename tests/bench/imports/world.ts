/** One whole import at so many times the published rates: our clients and the simulator's limits by the same factor. */
import pino from "pino";
import { insertArtist } from "#db/queries/artists";
import { findImportStatus, type ImportStatus, insertOrJoinImport } from "#db/queries/imports";
import { artistImport } from "#jobs/artist-import/index";
import { artistSlugs } from "#rules/slugs";
import { nameKey } from "#rules/text";
import { type LoggedRequest, startSimulator, type Upstream, type WorldName } from "#server/simulator/index";
import { createUpstreams } from "#server/upstreams/index";
import type { BenchDatabases } from "../database.ts";

/** A token is fetched once an hour for all artists: it is no artist's call. */
export type Counted = Exclude<Upstream, "spotify-accounts">;
export type Calls = Partial<Record<Counted, number>>;

/** Calls a second and a day that server/env.ts allows where nobody sets anything. */
export const defaultRates: Record<Counted, { rps: number; perDay: number }> = {
  ticketmaster: { rps: 5, perDay: 5000 },
  spotify: { rps: 2, perDay: 50_000 },
  setlistfm: { rps: 1, perDay: 1440 },
  musicbrainz: { rps: 1, perDay: 50_000 },
};

/** Bench artists: `name` is what Ticketmaster calls them, so that shows need not wait for identity. */
export type Subject = { name: string; tmAttractionId: string };

export type Imported = {
  /** from the click */
  ms: number;
  cpuMs: number;
  /** from the job's start to the first show that can be read */
  firstShowMs: number | undefined;
  requests: LoggedRequest[];
  status: ImportStatus;
};

const POLL_MS = 5;

/** Imports an artist never seen into an empty database, from a simulator that nobody asked before. */
export async function importOnce(
  databases: BenchDatabases,
  subject: Subject,
  options: { world: WorldName; factor: number },
): Promise<Imported> {
  const { db, drop } = await databases.create();
  const simulator = await startSimulator({ world: options.world, rateFactor: options.factor });
  const log = pino({ level: "silent" });
  const account = (name: Counted) => {
    const { rps, perDay } = defaultRates[name];
    return {
      url: simulator.urls[name],
      key: "simulator",
      rps: rps * options.factor,
      perDay: perDay * options.factor,
    };
  };
  const upstreams = createUpstreams({
    db,
    log,
    config: {
      contact: "bench",
      ticketmaster: account("ticketmaster"),
      spotify: {
        ...account("spotify"),
        accountsUrl: simulator.urls["spotify-accounts"],
        secret: "simulator",
      },
      setlistfm: account("setlistfm"),
      musicbrainz: account("musicbrainz"),
    },
  });
  const queue = { send: () => Promise.reject(new Error("an import sends no jobs")) };
  const { name, tmAttractionId } = subject;
  let firstShowMs: number | undefined;
  const cpu = process.cpuUsage();
  const began = performance.now();
  let jobBegan = began;
  const watch = setInterval(() => void look(), POLL_MS);
  try {
    // The click: it asks who that is, which the import then finds in the cache.
    await upstreams.ticketmaster.findAttraction(tmAttractionId, { urgent: true });
    const { artistId, importId } = await begin();
    jobBegan = performance.now();
    await artistImport({ db, queue, upstreams, log }, { importId }, new AbortController().signal);
    const ms = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    const status = await findImportStatus(db, artistId);
    if (!status) throw new Error("the import has left no row");
    return { ms, cpuMs: (user + system) / 1000, firstShowMs, requests: simulator.requests(), status };
  } finally {
    clearInterval(watch);
    await simulator.stop();
    await drop();
  }

  function begin(): Promise<{ artistId: string; importId: string }> {
    return db.transaction().execute(async (trx) => {
      const facts = { name, nameKey: nameKey(name) };
      const slugBases = artistSlugs({ name }, Math.random);
      const { id } = await insertArtist(trx, { tmAttractionId, facts, slugBases });
      const { importId } = await insertOrJoinImport(trx, id, { kind: "import", message: "Bench" });
      return { artistId: id, importId };
    });
  }

  async function look(): Promise<void> {
    if (firstShowMs !== undefined) return;
    const show = await db.selectFrom("shows").select("id").limit(1).executeTakeFirst();
    if (show) firstShowMs ??= performance.now() - jobBegan;
  }
}

export function callsOf(requests: LoggedRequest[]): Calls {
  const calls: Calls = {};
  for (const { upstream } of requests)
    if (upstream !== "spotify-accounts") calls[upstream] = (calls[upstream] ?? 0) + 1;
  return calls;
}
