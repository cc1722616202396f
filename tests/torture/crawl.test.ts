/** Reading changes nothing: whoever crawls every page and every answer leaves the database as it was. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { type Database, type Postgres, startPostgres } from "./databases.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type Rig, startImport, type StartedImport } from "./rig.ts";
import { follow } from "./stream.ts";
import { until } from "./until.ts";

const { saltmarsh } = worlds.small.artists;
const PATIENCE_MS = 240_000;

let postgres: Postgres;
let rig: Rig;
let web: Running;
let started: StartedImport;
beforeAll(async () => {
  if (!existsSync(fileURLToPath(new URL("../../build/index.js", import.meta.url))))
    throw new Error("there is no build: npm run build");
  postgres = await startPostgres();
  rig = await createRig(postgres, "small");
  const [site, worker] = await Promise.all([rig.startWeb(), rig.startWorker()]);
  web = site;
  started = await startImport(web, saltmarsh.tmAttractionId);
  await rig.ended(web, started.artistId, PATIENCE_MS);
  // The queue looks after itself now and then; what is left from here on is what visitors do.
  worker.signal("SIGTERM");
  await worker.ended;
}, 600_000);
afterAll(async () => {
  await endProcesses();
  await rig?.close();
  await postgres?.stop();
});

/** Rows with their versions: a row written anew with the same values is a change. Without what is kept of the services. */
async function checksums(db: Database): Promise<Record<string, string>> {
  const tables = await db.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE' and table_name !~ '^upstream_'`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const { sum } = await db.row<{ sum: string }>(
      `select count(*) || ' rows ' || coalesce(md5(string_agg(x::text || x.xmin, ',' order by x::text, x.xmin::text)), '') as sum
      from ${name} x`,
    );
    sums[name] = sum;
  }
  return sums;
}

async function addresses(): Promise<string[]> {
  const shows = await rig.db.rows<{ slug: string }>("select slug from shows order by slug limit 3");
  const { artistId, slug } = started;
  return [
    "/",
    "/search?q=saltmarsh",
    "/search?q=nobody+at+all",
    "/search?q=",
    `/artists/${slug}`,
    ...shows.map((show) => `/shows/${show.slug}`),
    "/about",
    "/robots.txt",
    "/theme",
    "/healthz",
    "/readyz",
    `/api/artists/${artistId}/status`,
    "/api/artists/import",
    `/api/trpc/artist.importStatus?input=${encodeURIComponent(JSON.stringify({ json: { artistId } }))}`,
    `/api/trpc/artist.import?input=${encodeURIComponent(JSON.stringify({ json: { tmAttractionId: "K8vZ9170000" } }))}`,
    "/artists/nobody",
    "/artists/%00",
    "/shows/none",
    "/api/artists/no-id/status",
    "/api/artists/no-id/stream",
    "/api/nothing",
    "/no/such/page",
  ];
}

test("crawling every page and answer, twice, by GET and HEAD, changes no row and sends no job", async () => {
  const before = await checksums(rig.db);
  const stream = `${web.url}/api/artists/${started.artistId}/stream`;
  const statuses: Record<string, number> = {};
  for (let round = 0; round < 2; round++) {
    for (const address of await addresses()) {
      for (const method of ["GET", "HEAD"]) {
        const response = await fetch(web.url + address, { method, redirect: "manual" });
        await response.arrayBuffer();
        statuses[`${method} ${address}`] = response.status;
      }
    }
    const reader = await follow(stream);
    expect(await reader.closed).toBe(true);
    expect(reader.seen).toMatchObject([{ stage: "completed", percentage: 100 }]);
    const known = await fetch(stream, { headers: { "last-event-id": String(reader.seen[0]?.id) } });
    expect(known.status).toBe(204);
    await fetch(stream, { method: "HEAD" });
  }
  expect(Object.entries(statuses).filter(([, status]) => status >= 500)).toEqual([]);
  expect(statuses["GET /"]).toBe(200);
  expect(statuses[`GET /artists/${started.slug}`]).toBe(200);
  expect(statuses["GET /no/such/page"]).toBe(404);
  expect(await checksums(rig.db)).toEqual(before);
});

test("opening and leaving the stream of a running import neither starts nor stops anything", async () => {
  rig.simulator.setFaults([{ upstream: "setlistfm", kind: "hang", match: "p=1" }]);
  const again = await startImport(web, saltmarsh.tmAttractionId);
  const worker = await rig.startWorker();
  await rig.asked("setlists?p=1", PATIENCE_MS);
  // Shows and songs are read beside it; from here on the worker only waits.
  await until("the shows and songs are read", PATIENCE_MS, async () => {
    const done = await rig.db.rows(
      "select 1 from import_steps where import_id = $1 and step in ('shows', 'songs')",
      [again.importId],
    );
    return done.length === 2;
  });
  const asked = rig.simulator.requests().length;
  const jobs = "select id, state, retry_count from pgboss.job where name = 'artist-import' order by id";
  const before = await rig.db.rows(jobs);
  const readers = await Promise.all(
    Array.from({ length: 10 }, () => follow(`${web.url}/api/artists/${again.artistId}/stream`)),
  );
  for (const reader of readers) reader.leave();
  await Promise.all(readers.map(({ closed }) => closed));
  expect(await rig.db.rows(jobs)).toEqual(before);
  expect(rig.simulator.requests()).toHaveLength(asked);
  await worker.kill();
}, 600_000);
