import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDb } from "../../tests/database.ts";
import { type Match, upsertMatch } from "./artist-sources.ts";
import { insertArtist } from "./artists.ts";
import { upsertPastSetlists } from "./past-setlist-writes.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());

const match = (sourceId: string, formerIds: string[] = []): Match => ({
  source: "setlistfm",
  sourceId,
  score: 0.9,
  evidence: [],
  runnersUp: [],
  formerIds,
});

async function artistWithSetlist(tmAttractionId: string, mbid: string) {
  const { id } = await insertArtist(test.db, { tmAttractionId, slugBases: [tmAttractionId.toLowerCase()] });
  await upsertMatch(test.db, id, match(mbid));
  await upsertPastSetlists(test.db, id, [
    { sourceId: `of ${mbid}`, url: "https://setlists.example/1", localDate: "2026-05-01", songs: [] },
  ]);
  return id;
}
const setlists = async (artistId: string) =>
  (
    await test.db.selectFrom("past_setlists").select("source_id").where("artist_id", "=", artistId).execute()
  ).map((row) => row.source_id);

it("takes away what somebody else played when another artist turns out to be the right one", async () => {
  const id = await artistWithSetlist("K8vA", "namesake");
  const other = await artistWithSetlist("K8vB", "neighbour");
  await upsertMatch(test.db, id, match("right"));
  expect([await setlists(id), await setlists(other)]).toEqual([[], ["of neighbour"]]);
});

it("keeps it when the artist there only got another id, or stays", async () => {
  const id = await artistWithSetlist("K8vC", "old id");
  await upsertMatch(test.db, id, match("new id", ["old id"]));
  await upsertMatch(test.db, id, match("new id", ["old id"]));
  expect(await setlists(id)).toEqual(["of old id"]);
});
