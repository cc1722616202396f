import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { channels, notify } from "#db/channels";
import { createDb } from "#db/index";
import { createApp } from "#server/app";
import type { Services } from "../context.ts";
import { testApp } from "../../tests/app.ts";
import { startDeafProxy } from "../../tests/deaf-proxy.ts";
import { openStream, type StreamReader } from "../../tests/stream-reader.ts";
import { until } from "../../tests/torture/until.ts";
import { insertVotedShow, type VotedShow } from "../../tests/voted-show.ts";
import type { Tallies } from "./topics.ts";

const PATIENCE_MS = 20_000;
let app: Awaited<ReturnType<typeof testApp>>;
let server: Server;
let base: string;
let show: VotedShow;
const readers: StreamReader[] = [];

async function serve(services: Services): Promise<Server> {
  const pages = createApp({
    services,
    development: false,
    pages: (_req, res) => void res.status(418).end(),
  });
  const started = createServer(pages).listen(0, "127.0.0.1");
  await once(started, "listening");
  return started;
}
const addressOf = (started: Server) => `http://127.0.0.1:${(started.address() as AddressInfo).port}`;

beforeAll(async () => {
  app = await testApp({ limits: true });
  server = await serve(app.services);
  base = addressOf(server);
  show = await insertVotedShow(app.db, 3);
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.leave();
  await until("the last reader is gone", PATIENCE_MS, () => app.services.streams.open() === 0);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await app.close();
});

async function follow(showId = show.showId, at = base) {
  const seen: Tallies[] = [];
  const reader = await openStream(`${at}/api/shows/${showId}/stream`, {
    onEvent: (_event, data) => seen.push(JSON.parse(data) as Tallies),
  });
  readers.push(reader);
  return { ...reader, seen };
}
const first = (tallies: Tallies | undefined) => tallies?.songs[0]?.votes;

/** What the ballot box does: the count, and then a hint. */
async function vote(votes: number): Promise<void> {
  await app.db
    .insertInto("tallies")
    .values({ show_id: show.showId, setlist_song_id: show.setlistSongIds[0]!, votes })
    .onConflict((clash) => clash.column("setlist_song_id").doUpdateSet({ votes }))
    .execute();
  await notify(app.db, channels.tally, show.showId);
}

test("a reader gets the present counts at once, as exactly these bytes under these headers", async () => {
  await vote(4);
  const reader = await openStream(`${base}/api/shows/${show.showId}/stream`);
  readers.push(reader);
  await until("the first snapshot", PATIENCE_MS, () => reader.text().endsWith("\n\n"));
  const songs = show.setlistSongIds.map((setlistSongId, index) => ({
    setlistSongId,
    votes: index === 0 ? 4 : 0,
    wishes: 0,
  }));
  const data = JSON.stringify({ showId: show.showId, at: "AT", songs });
  const text = reader.text().replace(/"at":"[^"]+"/, '"at":"AT"');
  expect(text).toMatch(/^retry: \d{4}\n/);
  expect(text.slice(text.indexOf("\n") + 1)).toBe(`event: tally\ndata: ${data}\n\n`);
  expect(reader.status).toBe(200);
  expect(reader.headers).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
  });
  expect(reader.headers).not.toHaveProperty("content-encoding");
});

test("a vote reaches every reader, and the last count is never lost to the pace", async () => {
  const all = await Promise.all([follow(), follow(), follow()]);
  for (let votes = 10; votes <= 60; votes++) await vote(votes);
  await until("all have the last count", PATIENCE_MS, () =>
    all.every(({ seen }) => first(seen.at(-1)) === 60),
  );
  const counts = all.map(({ seen }) => seen.map(first));
  for (const list of counts) expect(list).toEqual([...list].sort((a, b) => (a ?? 0) - (b ?? 0)));
});

test("no number of votes makes more than ten snapshots a second", async () => {
  const { seen } = await follow();
  await until("the first snapshot", PATIENCE_MS, () => seen.length > 0);
  const began = performance.now();
  let votes = 100;
  while (performance.now() - began < 1_000) await vote(++votes);
  await until("the last count", PATIENCE_MS, () => first(seen.at(-1)) === votes);
  const tenths = (performance.now() - began) / 100;
  expect(votes).toBeGreaterThan(120);
  expect(seen.length - 1).toBeLessThanOrEqual(Math.ceil(tenths) + 1);
});

test("who comes while others read gets what they have, without another reading", async () => {
  // A show of its own, of which no hint is ever said: only a reading could know what changed.
  const quiet = await insertVotedShow(app.db, 2);
  const early = await follow(quiet.showId);
  await until("the first snapshot", PATIENCE_MS, () => early.seen.length > 0);
  await app.db
    .insertInto("tallies")
    .values({ show_id: quiet.showId, setlist_song_id: quiet.setlistSongIds[0]!, votes: 8 })
    .execute();
  const late = await follow(quiet.showId);
  await until("its snapshot", PATIENCE_MS, () => late.seen.length > 0);
  expect(late.seen).toEqual(early.seen);
});

test("an unknown show, and an id that is none, are 404 and take no place", async () => {
  for (const id of [randomUUID(), "1", "x%00y", "%F0%9F%8E%B8"]) {
    for (const what of ["stream", "tally"]) {
      const response = await fetch(`${base}/api/shows/${id}/${what}`);
      expect([id, response.status]).toEqual([id, 404]);
      expect(await response.json()).toEqual({
        error: { code: "NOT_FOUND", message: "There is no such show here." },
      });
    }
  }
  await until("no place is taken", PATIENCE_MS, () => app.services.streams.open() === 0);
  expect(app.hub.followers()).toBe(0);
});

test("HEAD is answered and over; what is not read only is refused", async () => {
  const url = `${base}/api/shows/${show.showId}/stream`;
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, head.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
  expect((await fetch(url.replace(show.showId, randomUUID()), { method: "HEAD" })).status).toBe(404);
  const post = await fetch(url, { method: "POST" });
  expect([post.status, post.headers.get("allow")]).toEqual([405, "GET"]);
  expect(await post.json()).toHaveProperty("error.code", "METHOD_NOT_SUPPORTED");
});

test("the same counts are had by asking once, for pages whose stream fails", async () => {
  await vote(9);
  const response = await fetch(`${base}/api/shows/${show.showId}/tally`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const tally = (await response.json()) as Tallies;
  expect(first(tally)).toBe(9);
  expect(tally.songs).toHaveLength(3);
});

test("past 200 streams of one address a new one is refused with a moment to come back; nobody is thrown out", async () => {
  const reader = await follow();
  const leave = Array.from({ length: 199 }, () => app.services.streams.enter("127.0.0.1"));
  const refused = await fetch(`${base}/api/shows/${show.showId}/stream`);
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(10);
  expect(await refused.json()).toHaveProperty("error.code", "SERVICE_UNAVAILABLE");
  leave[0]?.();
  expect((await follow()).status).toBe(200);
  await vote(11);
  await until("the first one still reads", PATIENCE_MS, () => first(reader.seen.at(-1)) === 11);
  leave.forEach((give) => give?.());
});

test("a show that goes ends its streams", async () => {
  const other = await insertVotedShow(app.db, 1);
  const reader = await follow(other.showId);
  await app.db.deleteFrom("shows").where("id", "=", other.showId).execute();
  await notify(app.db, channels.tally, other.showId);
  expect(await reader.over).toBe("ended");
});

test("what changed while the hub was deaf is on every page once it hears again", async () => {
  await vote(20);
  const { seen } = await follow();
  await until("the first snapshot", PATIENCE_MS, () => seen.length > 0);
  const back = once(app.hub.signals, "listening");
  const lost = once(app.hub.signals, "lost");
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'theset hub' and datname = current_database()`.execute(app.db);
  await lost;
  await vote(21);
  await back;
  await until("the count of the gap", PATIENCE_MS, () => first(seen.at(-1)) === 21);
});

test("streams that come and go leave nothing behind", async () => {
  for (let round = 0; round < 20; round++) {
    const some = await Promise.all(Array.from({ length: 10 }, () => follow()));
    for (const reader of some) reader.leave();
  }
  await until("the last one is gone", PATIENCE_MS, () => app.services.streams.open() === 0);
  expect(app.hub.followers()).toBe(0);
});

test("a database that does not answer is 503 with a moment to come back", async () => {
  const proxy = await startDeafProxy(app.url);
  const db = createDb(proxy.url, { queryMs: 300 });
  const far = await serve({ ...app.services, db });
  const ask = () => fetch(`${addressOf(far)}/api/shows/${show.showId}/stream`, { method: "HEAD" });
  expect((await ask()).status).toBe(200);
  proxy.goDeaf("open");
  const response = await fetch(`${addressOf(far)}/api/shows/${show.showId}/stream`);
  expect(response.status).toBe(503);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await response.json()).toHaveProperty("error.code", "SERVICE_UNAVAILABLE");
  expect((await ask()).status).toBe(200);
  far.closeAllConnections();
  far.close();
  await db.destroy();
  await proxy.stop();
});
