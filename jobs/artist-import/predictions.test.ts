import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";
import { predictArtist } from "./predictions.ts";

const { tmAttractionId } = worlds.small.artists.saltmarsh;
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

async function predicted(): Promise<string[]> {
  await app.caller.artist.import({ tmAttractionId });
  await app.drain();
  const rows = await app.db
    .selectFrom("setlist_songs")
    .innerJoin("setlists", "setlists.id", "setlist_id")
    .innerJoin("shows", "shows.id", "show_id")
    .innerJoin("songs", "songs.id", "song_id")
    .orderBy("shows.slug")
    .orderBy("position")
    .select(["shows.slug", "position", "title_key as song", "is_encore as encore"])
    .execute();
  return rows.map((row) => `${row.slug} ${row.position} ${row.song} ${row.encore}`);
}

test("the same history gives the same setlists wherever it is read: ids decide no tie", async () => {
  const first = await predicted();
  await app.clear();
  expect(first.length).toBeGreaterThan(100);
  expect(await predicted()).toEqual(first);
});

test("a song that fans stand by stays on the list with its own odds; one that fell out says nothing of its past", async () => {
  const { slug } = await app.caller.artist.import({ tmAttractionId });
  await app.drain();
  const { artist, shows } = await app.caller.artist.bySlug({ slug });
  const [first] = shows;
  const rows = () =>
    app.db
      .selectFrom("setlist_songs")
      .innerJoin("setlists", "setlists.id", "setlist_id")
      .innerJoin("songs", "songs.id", "song_id")
      .where("show_id", "=", first!.id)
      .orderBy("position", "desc")
      .select(["setlist_songs.id", "title_key as title", "probability", "facts", "position"])
      .execute();
  const [wanted, unwanted] = await rows();
  await app.db
    .insertInto("tallies")
    .values({ setlist_song_id: wanted!.id, show_id: first!.id, votes: 1, wishes: 0 })
    .execute();
  // Both were played once, at the first of all shows: by now nobody would list them.
  await app.db
    .deleteFrom("past_setlist_songs")
    .where("song_id", "in", (songs) =>
      songs.selectFrom("songs").select("id").where("title_key", "in", [wanted!.title, unwanted!.title]),
    )
    .where("past_setlist_id", "<>", (oldest) =>
      oldest
        .selectFrom("past_setlists")
        .select("id")
        .where("song_count", ">", 0)
        .orderBy("local_date")
        .limit(1),
    )
    .execute();
  const { past } = await app.db
    .selectFrom("past_setlists")
    .where("song_count", ">", 0)
    .orderBy("local_date")
    .select("id as past")
    .executeTakeFirstOrThrow();
  for (const { title } of [wanted!, unwanted!]) {
    await sql`insert into past_setlist_songs (past_setlist_id, position, name, song_id, tape)
      select ${past}, 90 + (select count(*) from past_setlist_songs where past_setlist_id = ${past}), title, id, false
      from songs where title_key = ${title}`.execute(app.db);
  }
  await predictArtist(app.db, artist.id);
  const after = new Map((await rows()).map((row) => [row.title, row]));
  expect(after.get(wanted!.title)).toMatchObject({ id: wanted!.id, facts: { plays: 1 } });
  expect(after.get(wanted!.title)!.probability).toBeGreaterThan(0);
  expect(after.get(unwanted!.title)).toMatchObject({ id: unwanted!.id, probability: 0, facts: {} });
});
