import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { miscounts } from "../../../tests/cast-votes.ts";
import { adminCaller } from "../../../tests/admin-caller.ts";
import { testApp } from "../../../tests/app.ts";
import { insertVotedShow } from "../../../tests/voted-show.ts";

const { vesper } = worlds.small.artists;
const nobody = "00000000-0000-7000-8000-000000000000";
let app: Awaited<ReturnType<typeof testApp>>;
let admin: Awaited<ReturnType<typeof adminCaller>>;
beforeAll(async () => {
  app = await testApp({ now: new Date("2026-11-24T12:00:00Z") });
});
beforeEach(async () => {
  await app.clear();
  admin = await adminCaller(app);
});
afterAll(() => app.close());

async function imported() {
  const { artistId } = await app.caller.artist.import({ tmAttractionId: vesper.tmAttractionId });
  await app.drain();
  return artistId;
}
async function song(artistId: string, q: string) {
  const { songs } = await admin.songs({ artistId, q });
  return songs.find(({ title, names }) => [title, ...names.map((name) => name.title)].includes(q))!;
}
const entries = async (name: string) =>
  (
    await app.db
      .selectFrom("past_setlist_songs")
      .select("song_id as id")
      .distinct()
      .where("name", "=", name)
      .execute()
  ).map(({ id }) => id);
const audits = async () => (await admin.audit({})).entries.map(({ action }) => action);

test("two titles become one song: votes, lists and other names move, one vote a fan", async () => {
  const show = await insertVotedShow(app.db, 6);
  const [one = "", other = ""] = show.setlistSongIds;
  const [both, first] = [app.visitor(), app.visitor()];
  for (const setlistSongId of [one, other]) await both.vote.cast({ setlistSongId });
  await first.vote.cast({ setlistSongId: one });
  const [from = "", into = ""] = show.songIds;
  const before = (await admin.song({ songId: from })).song;
  expect(before).toMatchObject({ title: "Song 1", votes: 2, setlists: 1, names: [] });

  const merged = await admin.mergeSongs({ songId: from, intoSongId: into });
  // The older id stays, the title is that of the one it was merged into.
  expect(merged.songId).toBe([from, into].sort()[0]);
  const { song: now } = await admin.song({ songId: from });
  expect(now).toMatchObject({ id: merged.songId, title: "Song 2", votes: 2, setlists: 1 });
  expect(now.names).toMatchObject([{ by: "admin" }]);
  expect(await miscounts(app.db)).toEqual([]);
  // Pressed twice is done once.
  await admin.mergeSongs({ songId: from, intoSongId: into });
  expect(await audits()).toEqual(["admin.mergeSongs"]);
});

test("what was joined stays joined when everything is read again", async () => {
  const artistId = await imported();
  const [from, into] = [await song(artistId, "Patina"), await song(artistId, "Verdigris")];
  const { songId } = await admin.mergeSongs({ songId: from.id, intoSongId: into.id });
  const check = async () => {
    const { songs } = await admin.songs({ artistId, q: "patina" });
    expect(songs).toMatchObject([{ id: songId, title: "Verdigris", kind: "studio" }]);
    const ids = await app.db
      .selectFrom("recordings")
      .select(["title", "verdict"])
      .where("song_id", "=", songId)
      .execute();
    expect(ids.map(({ title }) => title)).toEqual(expect.arrayContaining(["Patina", "Verdigris"]));
    expect(ids.filter(({ verdict }) => verdict === "kept")).toHaveLength(1);
    for (const title of ["Patina", "Verdigris"])
      for (const id of await entries(title)) expect(id).toBe(songId);
  };
  await app.drain();
  await check();
  await imported();
  await check();
});

test("a title that is no other song is set apart, and no import joins them again", async () => {
  const artistId = await imported();
  const [from, into] = [await song(artistId, "Patina"), await song(artistId, "Verdigris")];
  await admin.mergeSongs({ songId: from.id, intoSongId: into.id });
  await app.drain();
  const joined = await song(artistId, "Patina");
  // Whichever name is not the title's own.
  const { titleKey } = joined.names[0]!;
  const { songId } = await admin.splitAlias({ artistId, titleKey });
  await admin.splitAlias({ artistId, titleKey });
  await app.drain();
  await imported();
  const { songs } = await admin.songs({ artistId });
  const patina = songs.find(({ title }) => title === "Patina")!;
  const verdigris = songs.find(({ title }) => title === "Verdigris")!;
  expect(patina.id).not.toBe(verdigris.id);
  expect([patina, verdigris]).toMatchObject([{ kind: "studio" }, { kind: "studio" }]);
  expect([patina, verdigris].find(({ id }) => id === songId)).toMatchObject({ apart: true });
  for (const id of await entries("Patina")) expect(id).toBe(patina.id);
  for (const id of await entries("Verdigris")) expect(id).toBe(verdigris.id);
  expect(await audits()).toEqual(["admin.splitAlias", "admin.mergeSongs"]);
});

test("what is not there is not found, and songs of two artists are two", async () => {
  const [one, other] = [await insertVotedShow(app.db, 2), await insertVotedShow(app.db, 2)];
  const songId = one.songIds[0]!;
  for (const unknown of ["x", nobody]) {
    await expect(admin.song({ songId: unknown })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(admin.songs({ artistId: unknown })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(admin.mergeSongs({ songId, intoSongId: unknown })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(admin.splitAlias({ artistId: unknown, titleKey: "x" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  }
  await expect(admin.splitAlias({ artistId: one.artistId, titleKey: "song 1" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(admin.mergeSongs({ songId, intoSongId: other.songIds[0]! })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});
