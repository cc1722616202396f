import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDb, type Db } from "#db/index";
import { spendDay, takeSlot } from "#db/queries/budgets";
import { createTestDb } from "../../tests/database.ts";
import { takeTurn } from "./budget.ts";
import { defaultLimits, type Upstream, type Wiring } from "./upstream.ts";
import { waitForTurn } from "./wait-for-turn.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
let other: Db;
beforeAll(async () => {
  test = await createTestDb();
  other = createDb(test.url, { max: 4 });
});
afterAll(async () => {
  await other.destroy();
  await test.close();
});
beforeEach(async () => {
  await test.db.deleteFrom("upstream_budgets").execute();
});

const upstream = (fields: Partial<Upstream> = {}): Upstream => ({
  name: "ticketmaster",
  url: "http://127.0.0.1:9",
  auth: {},
  keyHash: "a",
  rps: 10,
  perDay: 1000,
  userAgent: "test",
  readTooMany: () => ({ kind: "pause", ms: 1 }),
  ...fields,
});
const wiringOf = (db: Db): Wiring => ({
  db,
  log: pino({ level: "silent" }),
  limits: defaultLimits,
  flights: new Map(),
  minutes: { count: () => undefined },
});
const used = async () =>
  (await test.db.selectFrom("upstream_budgets").select("used").executeTakeFirst())?.used ?? 0;

describe("turns", () => {
  it("never come faster than the rate, whoever asks", async () => {
    const starts: number[] = [];
    const caller = async (db: Db) => {
      for (let count = 0; count < 4; count += 1) {
        await waitForTurn(wiringOf(db), upstream(), {}, () => Infinity);
        starts.push(performance.now());
      }
    };
    await Promise.all([test.db, other, test.db, other, test.db, other].map(caller));
    starts.sort((a, b) => a - b);
    expect(starts).toHaveLength(24);
    for (const from of starts) {
      expect(starts.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(10);
    }
    // And no slower than need be: 23 turns of 110 ms, with room for polling and a busy machine.
    expect(starts.at(-1)! - starts[0]!).toBeLessThan(6_000);
  });

  it("go to a person before the workers who wait", async () => {
    const slow = upstream({ rps: 2 });
    const order: string[] = [];
    const stop = new AbortController();
    const workers = Array.from({ length: 8 }, (_, at) =>
      takeTurn({ db: test.db }, slow, { signal: stop.signal }).then(
        () => order.push(`worker ${at}`),
        () => undefined,
      ),
    );
    await expect.poll(used).toBeGreaterThan(0);
    const begun = performance.now();
    await takeTurn({ db: other }, slow, { urgent: true }, { leftMs: 1_800 });
    expect(performance.now() - begun).toBeLessThan(1_700);
    expect(order.length).toBeLessThan(5);
    stop.abort();
    await Promise.all(workers);
  });

  it("are refused to a person at once when none comes in time", async () => {
    const slow = upstream({ rps: 0.2 });
    await takeTurn({ db: test.db }, slow, {});
    const begun = performance.now();
    await expect(takeTurn({ db: other }, slow, { urgent: true }, { leftMs: 1_800 })).rejects.toMatchObject({
      kind: "busy",
    });
    expect(performance.now() - begun).toBeLessThan(500);
    expect(await used()).toBe(1);
  });

  it("are not waited for by a caller who has left", async () => {
    const slow = upstream({ rps: 0.1 });
    await takeTurn({ db: test.db }, slow, {});
    const stop = new AbortController();
    const waiting = takeTurn({ db: test.db }, slow, { signal: stop.signal });
    stop.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    expect(await used()).toBeLessThanOrEqual(2);
  });
});

describe("the day", () => {
  it("ends the calls when they are used up, and says until when", async () => {
    const poor = upstream({ perDay: 3, rps: 1000 });
    for (let count = 0; count < 3; count += 1) await takeTurn({ db: test.db }, poor, {});
    const refused = takeTurn({ db: other }, poor, {});
    await expect(refused).rejects.toMatchObject({ kind: "quota", retryable: true });
    const { until } = (await refused.catch((error: unknown) => error)) as { until: Date };
    expect(Math.abs(until.getTime() - Date.now() - 86_400_000)).toBeLessThan(60_000);
    expect(await used()).toBe(3);
  });

  it("keeps half of its calls from visitors' searches", async () => {
    const poor = upstream({ perDay: 4, rps: 1000 });
    await takeTurn({ db: test.db }, poor, { share: 0.5 });
    await takeTurn({ db: test.db }, poor, { share: 0.5 });
    await expect(takeTurn({ db: test.db }, poor, { share: 0.5 })).rejects.toMatchObject({ kind: "quota" });
    await takeTurn({ db: test.db }, poor, {});
  });

  it("begins anew 24 hours after its first call", async () => {
    const poor = upstream({ perDay: 1, rps: 1000 });
    await takeTurn({ db: test.db }, poor, {});
    await sql`update upstream_budgets set day_started_at = now() - interval '25 hours'`.execute(test.db);
    await takeTurn({ db: test.db }, poor, {});
    expect(await used()).toBe(1);
    await expect(takeTurn({ db: test.db }, poor, {})).rejects.toMatchObject({ kind: "quota" });
  });

  it("belongs to a key: a new key has its own", async () => {
    await takeTurn({ db: test.db }, upstream({ perDay: 1 }), {});
    await takeTurn({ db: test.db }, upstream({ perDay: 1, keyHash: "b" }), {});
  });

  it.each([
    ["ends at our own day's end", undefined, 0, 24 * 60],
    ["ends an hour from now where our own day is nearly over", undefined, 23.9, 60],
    ["ends when they say", 90, 0, 90],
    ["never ends more than 25 hours from now", 40 * 60, 0, 25 * 60],
    ["is over when they say that it was", -30, 0, 0],
  ])("spent by the service's word %s", async (_name, inMinutes, hoursOld, expected) => {
    const args = { upstream: "ticketmaster", keyHash: "a" };
    await takeSlot(test.db, { ...args, intervalMs: 1, aheadMs: 10, mayUse: 10, counts: true });
    await sql`update upstream_budgets set day_started_at = now() - make_interval(mins => ${hoursOld * 60}::int)`.execute(
      test.db,
    );
    const until = inMinutes === undefined ? undefined : new Date(Date.now() + inMinutes * 60_000);
    const ends = await spendDay(test.db, { ...args, perDay: 10, until });
    expect(Math.abs((ends.getTime() - Date.now()) / 60_000 - expected)).toBeLessThan(1);
    const next = takeTurn({ db: test.db }, upstream({ perDay: 10 }), {});
    if (expected === 0) await next;
    else await expect(next).rejects.toMatchObject({ kind: "quota", until: ends });
  });
});
