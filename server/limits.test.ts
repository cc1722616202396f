import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { testApp } from "../tests/app.ts";
import { createLimits, network, type LimitName } from "./limits.ts";

const TOO_MANY = { code: "TOO_MANY_REQUESTS", cause: { retryAfter: expect.any(Number) as number } };
const many = <T>(count: number, make: (n: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, (_, n) => make(n)));
const won = (results: PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === "fulfilled").length;

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp({ limits: true });
});
afterEach(() => app.clear());
afterAll(() => app.close());

/** Attractions of the simulator's world that nobody has imported yet. */
async function attractions(count: number): Promise<string[]> {
  const found = await app.services.upstreams.ticketmaster.findAttractions("a", {
    urgent: true,
    signal: new AbortController().signal,
  });
  expect(found.length).toBeGreaterThanOrEqual(count);
  return found.slice(0, count).map(({ id }) => id);
}

/** As if so many points had been used. */
const used = (limit: LimitName, points: number) =>
  sql`update people_limits set points = ${points} where key like ${`${limit}:%`}`.execute(app.db);
/** As if the window had ended. */
const windowEnds = () => sql`update people_limits set expire = 0`.execute(app.db);

test("a burst over two processes gets exactly as many points as there are, and the next window all of them again", async () => {
  const options = { db: app.db, secret: "one secret of both processes, long enough", on: true };
  const processes = [createLimits(options), createLimits(options)];
  const burst = () => many(60, (n) => processes[n % 2]!.take("search", "203.0.113.7"));
  const results = await burst();
  expect(won(results)).toBe(30);
  const refused = results.find((result) => result.status === "rejected");
  expect(refused?.reason).toMatchObject(TOO_MANY);
  await processes[0]!.take("search", "203.0.113.8");
  await windowEnds();
  expect(won(await burst())).toBe(30);
});

const points: [LimitName, number][] = [
  ["guest", 300],
  ["sign-up", 10],
  ["import", 10],
  ["import-fan", 30],
  ["unknown-id", 30],
  ["search", 30],
];
test("of each limit as many pass in a window as it says, and not one more", async () => {
  const passed = points.map(async ([limit, count]) => {
    const results = await many(count + 5, () => app.services.limits.take(limit, "203.0.113.7"));
    return [limit, won(results)];
  });
  expect(await Promise.all(passed)).toEqual(points);
});

test("a refused point does not make the window longer", async () => {
  const take = () => app.services.limits.take("sign-up", "203.0.113.7");
  await many(10, take);
  const before = await sql`select expire from people_limits`.execute(app.db);
  expect(won(await many(10, take))).toBe(0);
  expect((await sql`select expire from people_limits`.execute(app.db)).rows).toEqual(before.rows);
});

test("the table names nobody", async () => {
  await app.services.limits.take("guest", "203.0.113.7");
  const { rows } = await sql<{ key: string }>`select key from people_limits`.execute(app.db);
  expect(rows[0]?.key).toMatch(/^guest:[\w-]{43}$/);
});

test("nothing is counted while limits are off", async () => {
  const off = createLimits({ db: app.db, secret: "x".repeat(32), on: false });
  expect(won(await many(50, () => off.take("sign-up", "203.0.113.7")))).toBe(50);
  expect((await sql`select 1 from people_limits`.execute(app.db)).rows).toEqual([]);
});

test("an address is the whole IPv4 or the /64 of IPv6", () => {
  const cases: [address: string, network: string][] = [
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["not an address", "not an address"],
  ];
  expect(cases.map(([address]) => [address, network(address)])).toEqual(cases);
});

test("past ten imports an hour an address starts none, but joins what runs, known and unknown alike", async () => {
  const [one = "", two = ""] = await attractions(2);
  const visitor = app.visitor({ address: "203.0.113.7" });
  const first = await visitor.artist.import({ tmAttractionId: one });
  await used("import", 10);
  await expect(visitor.artist.import({ tmAttractionId: two })).rejects.toMatchObject(TOO_MANY);
  expect(await visitor.artist.import({ tmAttractionId: one })).toEqual(first);
  const other = app.visitor({ address: "203.0.113.8" });
  const started = await other.artist.import({ tmAttractionId: two });
  expect(await visitor.artist.import({ tmAttractionId: two })).toEqual(started);
});

test("twenty clicks at once on an unknown artist are one import and one point", async () => {
  const [id = ""] = await attractions(1);
  const clicks = await many(20, () => app.visitor().artist.import({ tmAttractionId: id }));
  expect(won(clicks)).toBe(20);
  const { rows } = await sql<{
    points: number;
  }>`select points from people_limits where key like 'import:%'`.execute(app.db);
  expect(rows).toEqual([{ points: 1 }]);
});

test("a refused import leaves neither artist nor import, and asks nobody", async () => {
  const [one = "", two = ""] = await attractions(2);
  const visitor = app.visitor();
  await visitor.artist.import({ tmAttractionId: one });
  await used("import", 10);
  app.simulator.clearRequests();
  await expect(visitor.artist.import({ tmAttractionId: two })).rejects.toMatchObject(TOO_MANY);
  expect(app.simulator.requests()).toEqual([]);
  const counts = await sql`select (select count(*) from artists)::int as artists,
    (select count(*) from imports)::int as imports`.execute(app.db);
  expect(counts.rows).toEqual([{ artists: 1, imports: 1 }]);
});

test("a fan's imports are counted for the fan, thirty an hour; administrators start as many as they like", async () => {
  const [one = "", two = "", three = ""] = await attractions(3);
  await app.visitor().artist.import({ tmAttractionId: one });
  await used("import", 10);
  const fan = app.visitor();
  const { fan: me } = await fan.auth.signUp({
    email: "f@example.org",
    password: "a long walk home",
    name: "F",
  });
  await fan.artist.import({ tmAttractionId: two });
  await used("import-fan", 30);
  await expect(fan.artist.import({ tmAttractionId: three })).rejects.toMatchObject(TOO_MANY);
  await sql`update fans set role = 'admin'`.execute(app.db);
  app.services.sessions.forget(me.id);
  await fan.artist.import({ tmAttractionId: three });
});

test("who tries ids that belong to nobody is not asked for at Ticketmaster any more", async () => {
  const visitor = app.visitor();
  const made = (n: number) => ({ tmAttractionId: `K8vZ9170${String(n).padStart(3, "0")}` });
  for (let n = 0; n < 30; n++)
    await expect(visitor.artist.import(made(n))).rejects.toMatchObject({ code: "NOT_FOUND" });
  app.simulator.clearRequests();
  await expect(visitor.artist.import(made(31))).rejects.toMatchObject(TOO_MANY);
  expect(app.simulator.requests()).toEqual([]);
});

test("past thirty searches a minute what is here is still found, and the answer says why there is no more", async () => {
  const [id = ""] = await attractions(1);
  const visitor = app.visitor();
  const { name } = await visitor.artist.import({ tmAttractionId: id });
  await visitor.artist.search({ q: "a" });
  await used("search", 30);
  const answer = await visitor.artist.search({ q: name ?? "" });
  expect(answer).toMatchObject({
    upstream: "unavailable",
    reason: expect.stringMatching(/30 searches/) as string,
  });
  expect(answer.artists.map((artist) => artist.name)).toEqual([name]);
});
