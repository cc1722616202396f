import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDb } from "../../tests/database.ts";
import { insertArtist } from "./artists.ts";
import { type NewPastSetlist, upsertPastSetlists } from "./past-setlist-writes.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());

const setlist = (sourceId: string, names: string[]): NewPastSetlist => ({
  sourceId,
  url: `https://www.setlist.fm/setlist/${sourceId}.html`,
  localDate: "2026-11-01",
  songs: names.map((name) => ({ name, titleKey: name.toLowerCase(), tape: false })),
});

it("stores a setlist that a page holds twice once, as it came last", async () => {
  const { id } = await insertArtist(test.db, { tmAttractionId: "K8vZ9171Lz0", slugBases: ["muse"] });
  const page = [setlist("a", ["One"]), setlist("b", ["Two"]), setlist("a", ["One", "Two"])];
  expect(await upsertPastSetlists(test.db, id, page)).toEqual({ new: 2, changed: 0, unchanged: 0 });
  const rows = await test.db
    .selectFrom("past_setlist_songs")
    .innerJoin("past_setlists", "past_setlists.id", "past_setlist_id")
    .select(["source_id as source", "name"])
    .orderBy("source_id")
    .orderBy("position")
    .execute();
  expect(rows.map((row) => `${row.source} ${row.name}`)).toEqual(["a One", "a Two", "b Two"]);
});
