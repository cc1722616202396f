import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeCursor } from "../cursor.ts";
import { testApp } from "../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let artistId = "";
const slug = "songs-test";
const titles = Array.from({ length: 60 }, (_, i) => `Song ${String(i).padStart(2, "0")}`);

beforeAll(async () => {
  app = await testApp();
  const { db } = app;
  artistId = (
    await db
      .insertInto("artists")
      .values({ slug, name: "Songs Test", name_key: "songs test" })
      .returning("id")
      .executeTakeFirstOrThrow()
  ).id;
  await db.insertInto("slugs").values({ kind: "artist", slug, target_id: artistId }).execute();
  const release = await db
    .insertInto("releases")
    .values({ artist_id: artistId, source: "spotify", source_id: "album1", title: "An Album" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const recording = (source_id: string, title: string, more: object = {}) => ({
    artist_id: artistId,
    release_id: release.id,
    source: "spotify",
    source_id,
    title,
    ...more,
  });
  const [kept] = await db
    .insertInto("recordings")
    .values([
      recording("track1", "élan", { verdict: "kept", duration_ms: 225_000, isrc: "GBAAA2600001" }),
      recording("track2", "Élan - Live", { verdict: "dropped", reason: "live: “Live” in the title" }),
      recording("track3", "élan", { verdict: "folded", reason: "same-song: the same song again" }),
      recording("track4", "Not judged yet"),
    ])
    .returning("id")
    .execute();
  const song = (title: string, kind = "studio", more: object = {}) => ({
    artist_id: artistId,
    title,
    title_key: title.toLowerCase(),
    kind,
    ...more,
  });
  const [elan] = await db
    .insertInto("songs")
    .values([
      song("élan", "studio", { recording_id: kept?.id }),
      ...titles.map((title) => song(title)),
      song("A cover", "setlist"),
    ])
    .returning("id")
    .execute();
  await db
    .insertInto("songs")
    .values(song("Elan (old)", "studio", { merged_into: elan?.id }))
    .execute();
  await db
    .updateTable("recordings")
    .set({ song_id: elan?.id ?? null })
    .where("source_id", "<>", "track4")
    .execute();
});
afterAll(() => app.close());

test("studio songs come by title, each once, 50 a page; covers and merged ones do not", async () => {
  const first = await app.caller.artist.songs({ slug });
  expect(first.songs).toHaveLength(50);
  const rest = await app.caller.artist.songs({ slug, cursor: first.nextCursor });
  expect(rest.nextCursor).toBeUndefined();
  expect([...first.songs, ...rest.songs].map((song) => song.title)).toEqual(["élan", ...titles]);
  expect((await app.caller.artist.bySlug({ slug })).artist.songs).toBe(61);
});

test("a song has album, length and links of the recording that stands for it, or none", async () => {
  const [elan, plain] = (await app.caller.artist.songs({ slug })).songs;
  expect(elan).toMatchObject({
    albumName: "An Album",
    durationMs: 225_000,
    isrc: "GBAAA2600001",
    spotifyId: "track1",
  });
  expect(Object.keys(plain ?? {})).toEqual(["id", "title"]);
});

test("recordings left out come with the reason and their song", async () => {
  const { recordings, counts } = await app.caller.artist.recordings({ slug, verdict: "dropped" });
  expect(counts).toEqual({ read: 4, dropped: 1, folded: 1 });
  expect(recordings).toMatchObject([{ sourceId: "track2", songTitle: "élan", albumName: "An Album" }]);
  expect((await app.caller.artist.recordings({ slug, verdict: "folded" })).recordings).toHaveLength(1);
});

test("a cursor that is none of ours is BAD_REQUEST, an unknown artist NOT_FOUND", async () => {
  for (const cursor of ["x", encodeCursor({ title: "\0", id: artistId }), encodeCursor({ title: "x" })]) {
    await expect(app.caller.artist.songs({ slug, cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
  await expect(app.caller.artist.songs({ slug: "nobody" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
