import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { once } from "node:events";
import { sql } from "kysely";
import pino from "pino";
import { channels, notify } from "#db/channels";
import type { Db } from "#db/index";
import { createTestDb } from "../../tests/database.ts";
import { startDeafProxy } from "../../tests/deaf-proxy.ts";
import { createHub, type Hub } from "./hub.ts";

const id = "01a20cee-196b-78b8-8c96-39a340f1e5dc";
const log = pino({ level: "silent" });
let database: Awaited<ReturnType<typeof createTestDb>>;
let db: Db;
let hub: Hub;
let reads = 0;
const topic = { channel: channels.import, id, read: () => Promise.resolve(++reads) };

beforeAll(async () => {
  database = await createTestDb();
  db = database.db;
  hub = await createHub({ url: database.url, channels: [channels.import], log });
});
afterEach(() => {
  reads = 0;
});
afterAll(async () => {
  await hub.stop();
  await database.close();
});

test("a burst of hints is one reading, given to every follower", async () => {
  const seen: number[][] = [[], []];
  const leave = seen.map((list) => hub.follow(topic, (snapshot) => list.push(snapshot)));
  const delivered = once(hub.signals, "delivered");
  // Twenty commits in one round trip: on a busy machine twenty round trips are no burst.
  await sql`do $$ begin for i in 1..20 loop
    perform pg_notify('theset_import', '01a20cee-196b-78b8-8c96-39a340f1e5dc'); commit;
  end loop; end $$`.execute(db);
  await delivered;
  expect(reads).toBeLessThanOrEqual(2);
  expect(seen[0]?.length).toBeGreaterThan(0);
  expect(seen[0]).toEqual(seen[1]);
  leave.forEach((unfollow) => unfollow());
  expect(hub.followers()).toBe(0);
});

test("nobody following, nothing is read", async () => {
  const other = "01a20cee-0000-78b8-8c96-39a340f1e5dc";
  const heard = once(hub.signals, "delivered");
  const leave = hub.follow({ ...topic, id: other }, () => undefined);
  await notify(db, channels.import, id);
  await notify(db, channels.import, other);
  expect((await heard)[0]).toBe(other);
  expect(reads).toBe(1);
  leave();
});

test("what was said while the connection was away is read after it is back", async () => {
  const seen: number[] = [];
  const leave = hub.follow(topic, (snapshot) => seen.push(snapshot));
  const lost = once(hub.signals, "lost");
  const back = once(hub.signals, "listening");
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'theset hub' and datname = current_database()`.execute(db);
  await lost;
  expect(hub.listening()).toBe(false);
  await notify(db, channels.import, id);
  const delivered = once(hub.signals, "delivered");
  await back;
  await delivered;
  expect(seen.length).toBeGreaterThan(0);
  leave();
});

test("a snapshot that cannot be read is read again, not lost", async () => {
  let fails = 1;
  const seen: string[] = [];
  const shaky = {
    ...topic,
    read: () => (fails-- > 0 ? Promise.reject(new Error("database is away")) : Promise.resolve("read")),
  };
  const leave = hub.follow(shaky, (snapshot) => seen.push(snapshot));
  const delivered = once(hub.signals, "delivered");
  await notify(db, channels.import, id);
  await delivered;
  expect(seen).toEqual(["read"]);
  leave();
});

test("a hub that stops ends whoever follows", async () => {
  const other = await createHub({ url: database.url, channels: [channels.import], log });
  const ended: number[] = [];
  const leave = [1, 2].map((n) =>
    other.follow(
      topic,
      () => undefined,
      () => ended.push(n),
    ),
  );
  leave[0]?.();
  await other.stop();
  expect(ended).toEqual([2]);
});

test("who follows a hub that has stopped is ended too", async () => {
  const other = await createHub({ url: database.url, channels: [channels.import], log });
  await other.stop();
  await new Promise<void>((resolve) => other.follow(topic, () => undefined, resolve));
  expect(other.followers()).toBe(0);
});

test("a topic with a pace is read at once, then no faster than that, and the last hint is not lost", async () => {
  const moments: number[] = [];
  let rows = 0;
  let told = -1;
  const paced = { ...topic, read: () => Promise.resolve(rows), pace: { foldMs: 0, leastMs: 200 } };
  const leave = hub.follow(paced, (seen) => {
    moments.push(performance.now());
    told = seen;
  });
  const began = performance.now();
  while (performance.now() - began < 700) {
    rows++;
    await notify(db, channels.import, id);
  }
  await expect.poll(() => told).toBe(rows);
  const gaps = moments.slice(1).map((moment, index) => moment - moments[index]!);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(199);
  expect(moments.length).toBeLessThanOrEqual(6);
  expect(moments[0]! - began).toBeLessThan(200);
  leave();
});

test("followers that take long to tell are told less often: half of the time is others'", async () => {
  const moments: number[] = [];
  const done = new Promise<void>((resolve) => {
    const leave = hub.follow({ ...topic, pace: { foldMs: 0, leastMs: 0 } }, () => {
      const began = performance.now();
      moments.push(began);
      while (performance.now() - began < 100);
      if (moments.length === 3) {
        leave();
        resolve();
      } else void notify(db, channels.import, id);
    });
  });
  await notify(db, channels.import, id);
  await done;
  const gaps = moments.slice(1).map((moment, index) => moment - moments[index]!);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(190);
});

test("a topic that must not grow old is read again without a hint, and no more once nobody follows", async () => {
  const seen: number[] = [];
  const told = new Promise<void>((resolve) => {
    const leave = hub.follow({ ...topic, pace: { foldMs: 0, leastMs: 0, mostMs: 50 } }, (snapshot) => {
      seen.push(snapshot);
      if (seen.length < 2) return;
      leave();
      resolve();
    });
  });
  await told;
  expect(seen).toEqual([1, 2]);
  expect(hub.followers()).toBe(0);
});

test("a connection that went deaf without a word is noticed, replaced and let go of", async () => {
  const proxy = await startDeafProxy(database.url);
  const checks = { everyMs: 300, timeoutMs: 300 };
  const far = await createHub({ url: proxy.url, channels: [channels.import], log, checks });
  const seen: number[] = [];
  far.follow(topic, (snapshot) => seen.push(snapshot));
  const lost = once(far.signals, "lost");
  const delivered = once(far.signals, "delivered");
  proxy.goDeaf("open");
  await notify(db, channels.import, id);
  await lost;
  expect(far.listening()).toBe(false);
  await delivered;
  expect(far.listening()).toBe(true);
  expect(seen).toHaveLength(1);
  await expect.poll(() => proxy.open()).toBe(1);
  await far.stop();
  await proxy.stop();
});

test("a server that takes connections and says nothing is tried again, until it speaks", async () => {
  const proxy = await startDeafProxy(database.url);
  proxy.goDeaf("all");
  const checks = { everyMs: 300, timeoutMs: 300 };
  const far = await createHub({ url: proxy.url, channels: [channels.import], log, checks });
  expect(far.listening()).toBe(false);
  const back = once(far.signals, "listening");
  proxy.hear();
  await back;
  await expect.poll(() => proxy.open()).toBe(1);
  await far.stop();
  await expect.poll(() => proxy.open()).toBe(0);
  await proxy.stop();
});
