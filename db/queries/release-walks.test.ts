import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestDb } from "../../tests/database.ts";
import { insertArtist } from "./artists.ts";
import { writeRecordings } from "./recordings.ts";
import { startWalk, writeWalkPage } from "./release-walks.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
let artist: string;
let count = 0;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());
beforeEach(async () => {
  artist = (
    await insertArtist(test.db, { tmAttractionId: `K8vZ9171W${++count}`, slugBases: [`walker-${count}`] })
  ).id;
});

const begin = (who = "who") => startWalk(test.db, artist, "spotify", who);
const page = (offset: number, ids: string[], next?: number) =>
  writeWalkPage(test.db, artist, "spotify", {
    offset,
    next,
    releases: ids.map((sourceId) => ({ sourceId, title: `Record ${sourceId}` })),
  });
const listed = async () =>
  (
    await test.db
      .selectFrom("releases")
      .select("source_id as id")
      .where("artist_id", "=", artist)
      .orderBy("source_id")
      .execute()
  ).map(({ id }) => id);
/** Moments of the last write of every row, by transaction: equal when nothing was written. */
const versions = async () =>
  (
    await sql<{ v: string }>`
      select string_agg(t.v, ' ' order by t.v) as v from (
        select id || xmin::text as v from releases where artist_id = ${artist}
        union all select id || xmin::text from recordings where artist_id = ${artist}
        union all select source || xmin::text from release_walks where artist_id = ${artist}) t`.execute(
      test.db,
    )
  ).rows[0]?.v;

it("goes on where it was interrupted, and takes away only what no page had", async () => {
  await begin();
  await page(0, ["a", "b", "gone"], 3);
  await page(3, ["c"]);
  expect(await begin()).toBe(0);
  await page(0, ["a", "b"], 2);
  expect(await begin()).toBe(2);
  await page(2, ["c", "d"]);
  expect([await listed(), await begin()]).toEqual([["a", "b", "c", "d"], 0]);
});

it("begins anew when it was interrupted two days ago: pages have moved", async () => {
  await begin();
  await page(0, ["a"], 1);
  await sql`update release_walks set started_at = now() - interval '3 days' where artist_id = ${artist}`.execute(
    test.db,
  );
  expect(await begin()).toBe(0);
  await page(0, ["b"]);
  expect(await listed()).toEqual(["b"]);
});

it("forgets what was read of another artist taken for ours", async () => {
  await begin("somebody else");
  await page(0, ["theirs"], 1);
  expect([await begin("who"), await listed()]).toEqual([0, []]);
});

it("writes nothing where list and tracks are as they were", async () => {
  const walk = async () => {
    await begin();
    await page(0, ["a", "b"]);
    for (const [at, row] of (
      await test.db.selectFrom("releases").select("id").where("artist_id", "=", artist).execute()
    ).entries())
      await writeRecordings(test.db, artist, "spotify", row.id, [
        { sourceId: `${artist} ${at}`, title: "Rain", artists: ["The Walkers"] },
      ]);
  };
  await walk();
  const before = await versions();
  await walk();
  expect(await versions()).toBe(before);
});

it("takes away the tracks that left a release", async () => {
  await begin();
  await page(0, ["a"]);
  const { id } = await test.db
    .selectFrom("releases")
    .select("id")
    .where("artist_id", "=", artist)
    .executeTakeFirstOrThrow();
  const write = (titles: string[]) =>
    writeRecordings(
      test.db,
      artist,
      "spotify",
      id,
      titles.map((title) => ({ sourceId: `${artist} ${title}`, title, artists: [] })),
    );
  await write(["Rain", "Snow"]);
  await write(["Snow", "Hail"]);
  const rows = await test.db
    .selectFrom("recordings")
    .select("title")
    .where("artist_id", "=", artist)
    .orderBy("title")
    .execute();
  expect(rows.map(({ title }) => title)).toEqual(["Hail", "Snow"]);
});
