import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";

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
