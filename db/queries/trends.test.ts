import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { listTrendingArtists, listTrendingShows, recalculateTrends } from "./trends.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

type Made = { artistId: string; showIds: string[] };

/** An artist with shows so many days from now; a negative one is over. */
async function make(name: string, days: number[] = [20], more: object = {}): Promise<Made> {
  const { id: artistId } = await app.db
    .insertInto("artists")
    .values({ slug: name, name, name_key: name, ...more })
    .returning("id")
    .executeTakeFirstOrThrow();
  const rows = days.map((day, n) => ({
    artist_id: artistId,
    slug: `${name}-${n}`,
    name,
    tm_event_id: `${name}-${n}`,
    timezone: "UTC",
    status: "onsale",
    local_date: sql<string>`(now() at time zone 'UTC')::date + ${day}::integer`,
    slot: n,
  }));
  if (rows.length === 0) return { artistId, showIds: [] };
  const shows = await app.db.insertInto("shows").values(rows).returning("id").execute();
  return { artistId, showIds: shows.map(({ id }) => id) };
}

async function vote({ artistId, showIds }: Made, votes: number, age: string, show = 0): Promise<void> {
  await sql`insert into vote_hours (show_id, artist_id, hour, votes) values (${showIds[show]}::uuid,
    ${artistId}::uuid, date_trunc('hour', now()) - ${age}::interval, ${votes}::integer)`.execute(app.db);
}

async function view(kind: string, id: string, count: number, daysAgo: number): Promise<void> {
  await sql`insert into views (kind, target_id, day, count)
    values (${kind}, ${id}::uuid, (now() at time zone 'UTC')::date - ${daysAgo}::integer, ${count}::integer)`.execute(
    app.db,
  );
}

const artists = async () => {
  await recalculateTrends(app.db);
  return (await listTrendingArtists(app.db, 20)).map(({ name, score }) => [name, score]);
};
const shows = async () => (await listTrendingShows(app.db, 20)).map(({ slug, score }) => [slug, score]);

/** As if so much time had gone by since the last computations. */
async function later(time: string): Promise<void> {
  await sql`update trend_clock set computed_at = computed_at - ${time}::interval,
    marked_at = marked_at - ${time}::interval, previous_at = previous_at - ${time}::interval`.execute(app.db);
}
const movement = async () =>
  Object.fromEntries(
    (await listTrendingArtists(app.db, 20)).map(({ name, rank, previousRank }) => [
      name,
      `${previousRank ?? "new"} to ${rank}`,
    ]),
  );

describe("scores", () => {
  test("are the guide's weights, each once, for an artist and for a show", async () => {
    const all = await make("all", [5, 6], { popularity: 60, followers: 250_000 });
    await vote(all, 3, "2 days");
    await vote(all, 4, "3 days", 1);
    await view("artist", all.artistId, 8, 3);
    await view("artist", all.artistId, 1, 29);
    await view("show", all.showIds[0] ?? "", 2, 0);
    // 7 votes, 2 shows, popularity 60, 25 for followers, 9 views, active this week
    expect(await artists()).toEqual([["all", 70 + 10 + 120 + 25 + 27 + 20]]);
    expect(await shows()).toEqual([
      ["all-1", 40 + 5 + 120 + 25 + 20],
      ["all-0", 30 + 5 + 120 + 25 + 6 + 20],
    ]);
  });

  test("count nothing for what is not known, and followers a hundred at most", async () => {
    await make("unknown");
    await make("famous", [20], { followers: 90_000_000 });
    expect(await artists()).toEqual([
      ["famous", 105],
      ["unknown", 5],
    ]);
  });

  test.each([
    ["6 days", 10 + 5 + 20],
    ["8 days", 5 + 10],
    ["31 days", 5],
  ])("a vote %s ago makes %i", async (age, score) => {
    await vote(await make("one"), 1, age);
    expect(await artists()).toEqual([["one", score]]);
  });

  test("a vote that was taken back is no activity", async () => {
    await vote(await make("one"), 0, "1 hour");
    expect(await artists()).toEqual([["one", 5]]);
  });

  test("our own reading of the sources is no activity either", async () => {
    await make("one", [20], { shows_read_at: new Date(), songs_read_at: new Date() });
    expect(await artists()).toEqual([["one", 5]]);
  });
});

test("only who has a coming show is listed; shows that are over, cancelled or gone are not", async () => {
  await make("none", []);
  await vote(await make("over", [-3]), 50, "4 days");
  const cancelled = await make("cancelled");
  const gone = await make("gone");
  const mixed = await make("mixed", [-3, 10]);
  const is = async (id: string | undefined, values: object) =>
    app.db
      .updateTable("shows")
      .set(values)
      .where("id", "=", id ?? "")
      .execute();
  await is(cancelled.showIds[0], { status: "cancelled" });
  await is(gone.showIds[0], { missing_since: new Date() });
  expect(await artists()).toEqual([["mixed", 5]]);
  expect(await shows()).toEqual([["mixed-1", 5]]);
  await is(mixed.showIds[1], { local_date: null, status: "postponed" });
  expect(await artists()).toEqual([["mixed", 5]]);
});

test("equal scores are ranked by the nearest show", async () => {
  await make("far", [30]);
  await make("near", [3]);
  expect((await artists()).map(([name]) => name)).toEqual(["near", "far"]);
});

describe("movement", () => {
  test("is against the ranks of an hour ago, and outlasts a computation a minute later", async () => {
    const one = await make("one", [1]);
    const two = await make("two", [2]);
    await recalculateTrends(app.db);
    await later("1 hour");
    await vote(two, 5, "0 hours");
    await recalculateTrends(app.db);
    expect(await movement()).toEqual({ one: "1 to 2", two: "2 to 1" });

    await later("1 minute");
    await recalculateTrends(app.db);
    expect(await movement()).toEqual({ one: "1 to 2", two: "2 to 1" });

    await later("59 minutes");
    await vote(one, 9, "1 hour");
    await make("three", [3]);
    await recalculateTrends(app.db);
    expect(await movement()).toEqual({ one: "2 to 1", two: "1 to 2", three: "new to 3" });
  });

  test("is unknown while there are no ranks of an hour ago", async () => {
    await make("one");
    expect((await app.caller.trending.artists()).computedAt).toBeNull();
    await recalculateTrends(app.db);
    await recalculateTrends(app.db);
    const { artists, computedAt, comparedWith } = await app.caller.trending.artists();
    expect(artists.map(({ change }) => change)).toEqual([undefined]);
    expect([computedAt, comparedWith]).toEqual([expect.any(Date), null]);
  });
});

test("what did not change is not written", async () => {
  const one = await make("one", [1, 2, 3]);
  expect(await recalculateTrends(app.db)).toEqual({ artists: 1, shows: 3, written: 4 });
  expect(await recalculateTrends(app.db)).toMatchObject({ written: 0 });
  await vote(one, 1, "0 hours", 2);
  // The artist, the show that rose and the two it passed.
  expect(await recalculateTrends(app.db)).toMatchObject({ written: 4 });
  await app.db
    .deleteFrom("shows")
    .where("id", "=", one.showIds[1] ?? "")
    .execute();
  // The artist with a show less; whom it stood behind stays.
  expect(await recalculateTrends(app.db)).toEqual({ artists: 1, shows: 2, written: 1 });
});

test("so many are kept and no more", async () => {
  await make("one", [1, 2, 3]);
  expect(await recalculateTrends(app.db, 2)).toMatchObject({ artists: 1, shows: 2 });
  expect((await shows()).map(([slug]) => slug)).toEqual(["one-0", "one-1"]);
});

test("ten computations at once end alike", async () => {
  await make("one", [1, 2]);
  const all = await Promise.all(Array.from({ length: 10 }, () => recalculateTrends(app.db)));
  expect(all.map(({ written }) => written).sort((a, b) => b - a)).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});
