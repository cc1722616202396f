import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDb } from "../../tests/database.ts";
import { listRecentArtists } from "./artist-lists.ts";
import { insertArtist } from "./artists.ts";
import { insertOrJoinImport } from "./imports.ts";
import { listSoonShows } from "./shows.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());

const make = async (name: string, minutesAgo: number) => {
  const facts = { name, nameKey: name };
  const { id } = await insertArtist(test.db, { tmAttractionId: name, facts, slugBases: [name] });
  const then = sql<Date>`now() - make_interval(mins => ${minutesAgo})`;
  for (const started of [sql<Date>`now() - interval '9 days'`, then]) {
    await insertOrJoinImport(test.db, id, { kind: "import", message: "" });
    await test.db
      .updateTable("imports")
      .set({ started_at: started, completed_at: sql<Date>`now()`, stage: "completed" })
      .where("artist_id", "=", id)
      .where("completed_at", "is", null)
      .execute();
  }
  return async (slug: string, days: number, status = "onsale") =>
    test.db
      .insertInto("shows")
      .values({
        artist_id: id,
        slug,
        name,
        status,
        tm_event_id: slug,
        local_date: sql<string>`(now() at time zone 'UTC')::date + ${days}::int`,
        timezone: "UTC",
      })
      .execute();
};

it("lists one show an artist, the soonest that is on, and the artists imported last", async () => {
  const ants = await make("ants", 30);
  await ants("ants-yesterday", -1);
  await ants("ants-off", 1, "cancelled");
  await ants("ants-next", 3);
  await ants("ants-later", 5);
  const bees = await make("bees", 10);
  await bees("bees-next", 2);
  await bees("bees-later", 4);
  await make("cats", 20);

  expect((await listSoonShows(test.db, 8)).map((show) => show.slug)).toEqual(["bees-next", "ants-next"]);
  expect((await listSoonShows(test.db, 1)).map((show) => show.slug)).toEqual(["bees-next"]);
  const recent = await listRecentArtists(test.db, 8, 30);
  expect(recent.map((artist) => `${artist.name} ${artist.coming}`)).toEqual(["bees 2", "cats 0", "ants 3"]);
  expect((await listRecentArtists(test.db, 2, 30)).map((artist) => artist.name)).toEqual(["bees", "cats"]);
});

it("names an opener where the list is from past shows, and none where it is from the catalogue", async () => {
  for (const [slug, basis] of [
    ["dogs", "history"],
    ["eels", "catalogue"],
  ] as const) {
    const add = await make(slug, 5);
    await add(slug, 1);
    await sql`
      with show as (select id, artist_id from shows where slug = ${slug}),
        song as (insert into songs (artist_id, title, title_key, kind) select artist_id, 'Gravel', 'gravel', 'studio' from show returning id),
        list as (insert into setlists (show_id, basis, model, expected_songs, shows_known)
          select id, ${basis}, 'test', 1, 3 from show returning id)
      insert into setlist_songs (setlist_id, song_id, position, probability)
      select list.id, song.id, 1, 0.8 from list, song`.execute(test.db);
  }
  const rows = (await listSoonShows(test.db, 8)).filter(({ slug }) => slug === "dogs" || slug === "eels");
  expect(rows.map(({ setlist }) => [setlist?.basis, setlist?.opener?.title]).sort()).toEqual([
    ["catalogue", undefined],
    ["history", "Gravel"],
  ]);
});
