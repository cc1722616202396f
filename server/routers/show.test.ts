import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

test("the bill comes in the seller's order, linked to those who are here, and names its sources", async () => {
  const { tmAttractionId } = worlds.small.artists.saltmarsh;
  const { slug } = await app.caller.artist.import({ tmAttractionId });
  await app.drain();
  const [first] = (await app.caller.artist.bySlug({ slug })).shows;
  await app.db.deleteFrom("show_bill").where("show_id", "=", first!.id).execute();
  await app.db
    .insertInto("show_bill")
    .values([
      { show_id: first!.id, position: 2, name: "Not imported", attraction_id: "K8vZ917none" },
      { show_id: first!.id, position: 1, name: "Saltmarsh Radio", attraction_id: tmAttractionId },
    ])
    .execute();
  const answer = await app.caller.show.bySlug({ slug: first!.slug });
  expect(answer.show.bill).toEqual([
    { name: "Saltmarsh Radio", attractionId: tmAttractionId, slug },
    { name: "Not imported", attractionId: "K8vZ917none" },
  ]);
  expect(answer.sources.map(({ source }) => source)).toContain("ticketmaster");
  expect(answer.showsReadAt).toBeInstanceOf(Date);
});

test("each song says what was counted, and where it was last played as long as that may be shown", async () => {
  const { tmAttractionId } = worlds.small.artists.saltmarsh;
  const { slug } = await app.caller.artist.import({ tmAttractionId });
  await app.drain();
  const [first] = (await app.caller.artist.bySlug({ slug })).shows;
  const { show, setlist } = await app.caller.show.bySlug({ slug: first!.slug });
  const { pastSetlists } = await app.caller.artist.pastSetlists({ slug });
  const { facts, songId, setlistSongId } = setlist!.songs[0]!;
  const nights = (count: number) =>
    pastSetlists.slice(0, count).filter(({ songs }) => songs.some((song) => song.songId === songId)).length;
  expect(facts).toMatchObject({ window: 10, played: nights(10), shows: setlist!.showsKnown });
  expect(facts.firstPlayed < facts.lastPlayed).toBe(true);
  const lastNight = pastSetlists.find(({ songs }) => songs.some((song) => song.songId === songId))!;
  expect(facts).toMatchObject({ lastPlayed: lastNight.localDate, gap: pastSetlists.indexOf(lastNight) });

  const { songs } = await app.caller.show.lastPlayed({ showId: show.id });
  expect(songs).toHaveLength(setlist!.songs.length);
  expect(songs).toContainEqual({ setlistSongId, url: lastNight.url });

  await app.db
    .updateTable("past_setlists")
    .set({ fetched_at: new Date(Date.now() - 31 * 86_400_000) })
    .execute();
  expect(await app.caller.show.lastPlayed({ showId: show.id })).toEqual({ songs: [] });
  expect(await app.caller.show.lastPlayed({ showId: "none" })).toEqual({ songs: [] });
});
