import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertArtist } from "#db/queries/artists";
import { upsertPastSetlists } from "#db/queries/past-setlist-writes";
import { type NewRecording, writeRecordings } from "#db/queries/recordings";
import { startWalk, writeWalkPage } from "#db/queries/release-walks";
import { listReleasesToRead, type NewRelease } from "#db/queries/releases";
import { insertAliases, listAliases, listKnownSongs } from "#db/queries/song-writes";
import { createTestDb } from "../../../tests/database.ts";
import { entryReader } from "../played.ts";
import { judgeArtist } from "./judge.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
let artist: { id: string; name: string };
let count = 0;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());
beforeEach(async () => {
  const { id } = await insertArtist(test.db, {
    tmAttractionId: `K8vZ9171L${++count}`,
    slugBases: [`band-${count}`],
  });
  artist = { id, name: "The Band" };
});

async function release(
  release: NewRelease,
  tracks: (string | Partial<NewRecording>)[],
  source = "spotify" as const,
) {
  await startWalk(test.db, artist.id, source, "who");
  const known = await test.db
    .selectFrom("releases")
    .select(["source_id as sourceId", "title"])
    .where("artist_id", "=", artist.id)
    .execute();
  await writeWalkPage(test.db, artist.id, source, { offset: 0, releases: [...known, release] });
  const row = (await listReleasesToRead(test.db, artist.id, source, 30)).find(
    ({ sourceId }) => sourceId === release.sourceId,
  );
  const rows = tracks.map((track, at) => {
    const fields = typeof track === "string" ? { title: track } : track;
    return {
      title: "",
      ...fields,
      sourceId: `${artist.id} ${release.sourceId} ${at}`,
      artists: ["The Band"],
      trackNumber: at + 1,
    };
  });
  await writeRecordings(test.db, artist.id, source, row?.id ?? "", rows);
}

async function played(names: string[], sourceId = `${artist.id} night`) {
  const read = entryReader(await listKnownSongs(test.db, artist.id), await listAliases(test.db, artist.id));
  const songs = read(names.map((name) => ({ name, tape: false })));
  const night = {
    sourceId,
    version: `${names}`,
    url: "https://www.setlist.fm/",
    localDate: "2026-11-01",
    songs,
  };
  await upsertPastSetlists(test.db, artist.id, [night]);
}

const judge = async () => {
  const { songs, fresh, changed } = await test.db.transaction().execute((trx) => judgeArtist(trx, artist));
  const unchanged = songs.length - fresh.length - changed.length;
  return { new: fresh.length, changed: changed.length, unchanged };
};
const songs = () =>
  test.db
    .selectFrom("songs")
    .select(["id", "title", "kind", "merged_into as heir", "recording_id as recording"])
    .where("artist_id", "=", artist.id)
    .orderBy("title")
    .execute();
const entries = async () =>
  (
    await test.db
      .selectFrom("past_setlist_songs")
      .innerJoin("past_setlists", "past_setlists.id", "past_setlist_id")
      .innerJoin("songs", "songs.id", "song_id")
      .where("past_setlists.artist_id", "=", artist.id)
      .select(["past_setlist_songs.name", "songs.title"])
      .orderBy("position")
      .execute()
  ).map(({ name, title }) => `${name} = ${title}`);

describe("judgeArtist", () => {
  it("keeps studio songs, each once, and says why others were left out", async () => {
    await release({ sourceId: "a", title: "Harbour", type: "album", date: "2012" }, [
      "Rain",
      "Alive",
      "Light (Demo)",
    ]);
    await release({ sourceId: "b", title: "Live at the Pier", type: "album", date: "2014" }, [
      "Rain - Live",
      "Only Here - Live",
    ]);
    expect(await judge()).toMatchObject({ new: 4, changed: 0, unchanged: 0 });
    expect((await songs()).map(({ title, kind }) => `${title} ${kind}`)).toEqual([
      "Alive studio",
      "Light studio",
      "Only Here studio",
      "Rain studio",
    ]);
    const left = await test.db
      .selectFrom("recordings")
      .select(["title", "verdict", "reason"])
      .where("artist_id", "=", artist.id)
      .where("verdict", "=", "dropped")
      .execute();
    expect(left).toEqual([
      { title: "Rain - Live", verdict: "dropped", reason: expect.stringMatching(/^live:/) },
    ]);
  });

  it("judged again, writes nothing", async () => {
    await release({ sourceId: "a", title: "Harbour", type: "album" }, ["Rain", "Alive"]);
    await judge();
    const versions = () =>
      test.db.selectFrom("songs").selectAll().where("artist_id", "=", artist.id).orderBy("id").execute();
    const before = await versions();
    expect(await judge()).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
    expect(await versions()).toEqual(before);
  });

  it("makes a played song a studio one under the same id, in whatever spelling", async () => {
    await played(["RAIN", "Satisfaction", "A Cover"]);
    const before = new Map((await songs()).map(({ title, id }) => [title, id]));
    await release({ sourceId: "a", title: "Harbour", type: "album" }, [
      "Rain",
      "(I Can't Get No) Satisfaction",
    ]);
    await judge();
    const after = await songs();
    expect(after.map(({ title, kind, heir }) => [title, kind, heir])).toEqual([
      ["(I Can't Get No) Satisfaction", "studio", null],
      ["A Cover", "setlist", null],
      ["Rain", "studio", null],
    ]);
    expect(after.map(({ id }) => id).sort()).toEqual([...before.values()].sort());
    expect(await entries()).toEqual([
      "RAIN = Rain",
      "Satisfaction = (I Can't Get No) Satisfaction",
      "A Cover = A Cover",
    ]);
  });

  it("merges two played songs that the catalogue knows as one, and understands both names ever after", async () => {
    await played(["Satisfaction", "(I Can't Get No) Satisfaction"]);
    await release({ sourceId: "a", title: "Harbour", type: "album" }, ["(I Can't Get No) Satisfaction"]);
    await judge();
    expect((await songs()).filter(({ heir }) => heir === null)).toHaveLength(1);
    await played(["(I Can't Get No) Satisfaction", "Satisfaction"], `${artist.id} next`);
    await judge();
    expect(new Set(await entries().then((all) => all.map((one) => one.split(" = ")[1])))).toEqual(
      new Set(["(I Can't Get No) Satisfaction"]),
    );
    expect((await songs()).filter(({ heir }) => heir === null)).toHaveLength(1);
  });

  it("takes a medley apart once both halves are known", async () => {
    await played(["Rain / Alive", "Rain / Unheard Of"]);
    await release({ sourceId: "a", title: "Harbour", type: "album" }, ["Rain", "Alive"]);
    await judge();
    expect(await entries()).toEqual([
      "Rain = Rain",
      "Alive = Alive",
      "Rain / Unheard Of = Rain / Unheard Of",
    ]);
  });

  it("lets what an administrator called one song stay one", async () => {
    await played(["Vienna Waits"]);
    const [row] = await songs();
    await insertAliases(test.db, artist.id, [{ titleKey: "vienna", songId: row?.id ?? "" }]);
    await release({ sourceId: "a", title: "Harbour", type: "album" }, ["Vienna"]);
    await judge();
    expect((await songs()).map(({ title, id, kind }) => [title, id, kind])).toEqual([
      ["Vienna", row?.id, "studio"],
    ]);
  });

  it("keeps a song whose record is no longer listed as one that was played", async () => {
    await release({ sourceId: "a", title: "Harbour", type: "album" }, ["Rain", "Alive"]);
    await judge();
    await startWalk(test.db, artist.id, "spotify", "who");
    await writeWalkPage(test.db, artist.id, "spotify", {
      offset: 0,
      releases: [{ sourceId: "b", title: "Other" }],
    });
    const [other] = await listReleasesToRead(test.db, artist.id, "spotify", 30);
    await writeRecordings(test.db, artist.id, "spotify", other?.id ?? "", [
      { sourceId: `${artist.id} new`, title: "Rain", artists: [] },
    ]);
    await judge();
    expect((await songs()).map(({ title, kind }) => `${title} ${kind}`)).toEqual([
      "Alive setlist",
      "Rain studio",
    ]);
  });
});
