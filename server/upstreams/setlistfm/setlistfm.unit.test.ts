import { describe, expect, it } from "vitest";
import { haveSamples, listSamples, sampleBody, sampleJson, samplesNote } from "../../../tests/samples.ts";
import { readEach } from "../lenient.ts";
import { readOutcome } from "../outcome.ts";
import {
  artistAnswer,
  artistsPage,
  readCandidate,
  readSetlist,
  readSetlists,
  setlistsPage,
} from "./setlists.ts";
import { readTooMany } from "./too-many.ts";

const upstream = { name: "setlistfm" as const, readTooMany };
const pageOf = (name: string) => {
  const page = setlistsPage.parse(sampleJson(`setlistfm/${name}.json`));
  return readSetlists(page.setlist, 100).setlists;
};

describe.skipIf(!haveSamples)(`recorded setlist.fm answers${samplesNote}`, () => {
  const good = listSamples("setlistfm").filter(({ status }) => status === 200);

  it.each(good.filter(({ kind }) => kind === "setlists page"))("$file is read whole", ({ file }) => {
    const page = setlistsPage.parse(sampleJson(file));
    const { setlists, unreadable } = readSetlists(page.setlist, 100);
    expect(unreadable).toBe(0);
    expect(setlists.length).toBeGreaterThan(0);
    for (const setlist of setlists) {
      expect(setlist.localDate).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(setlist.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      expect(setlist.version).toMatch(/^g?[0-9a-f]{6,9}$/);
      expect(setlist.url).toMatch(/^https:\/\/www\.setlist\.fm\/setlist\//);
    }
  });

  it.each(good.filter(({ kind }) => kind === "setlist"))("$file is read whole", ({ file }) => {
    expect(readSetlist(sampleJson(file))).toBeDefined();
  });

  it.each(good.filter(({ kind }) => kind === "artists page"))("$file is read whole", ({ file }) => {
    const page = artistsPage.parse(sampleJson(file));
    expect(readEach(page.artist, 100, readCandidate)).toMatchObject({ unreadable: 0 });
  });

  it.each(good.filter(({ kind }) => kind === "artist"))("$file is read whole", ({ file }) => {
    expect(artistAnswer.safeParse(sampleJson(file)).success).toBe(true);
    expect(readCandidate(sampleJson(file))).toEqual({
      id: "27e2997f-f7a1-4353-bcc4-57b9274fa9a4",
      name: "BABYMETAL",
      url: "https://www.setlist.fm/setlists/babymetal-5bd19f80.html",
    });
  });

  it("reads a setlist with its unknown song in place and its encore", () => {
    const setlist = readSetlist(sampleJson("setlistfm/setlist-by-id.json"));
    expect(setlist).toMatchObject({
      id: "6bd6ca6e",
      version: "3d50d17",
      localDate: "2008-01-15",
      updatedAt: "2009-09-11T14:11:02.000Z",
      venueName: "Kulturfabrik",
      city: "Krefeld",
      country: "DE",
    });
    expect(setlist?.songs).toHaveLength(13);
    expect(setlist?.songs[4]).toEqual({ name: "", tape: false });
    expect(setlist?.songs[12]).toEqual({ name: "Remmidemmi", encore: 1, tape: false });
  });

  it("counts a set only named Encore as the next encore", () => {
    const named = pageOf("artist-setlists-phish-2025")
      .flatMap(({ songs }) => songs)
      .filter(({ setName }) => setName?.startsWith("Encore"));
    expect(named.length).toBeGreaterThan(0);
    expect(named.every(({ encore }) => encore === 1)).toBe(true);
  });

  it("reads tapes, covers, guests, and shows nobody has written down", () => {
    const songs = pageOf("artist-setlists-pearl-jam").flatMap(({ songs }) => songs);
    expect(songs.some(({ tape }) => tape)).toBe(true);
    expect(songs.some(({ cover }) => cover)).toBe(true);
    expect(songs.some(({ guest }) => guest)).toBe(true);
    expect(pageOf("setlists-mixed-artists").filter(({ songs }) => songs.length === 0)).toHaveLength(8);
  });

  it.each([
    ["error-404-2017", "no", "not-found"],
    ["error-404-2026", "no", "not-found"],
    ["error-403-bad-key", "refused", "refused"],
    ["error-429-throttle", "rest", "busy"],
    ["error-429-daily-quota", "day", "quota"],
    ["error-504", "failed", "unavailable"],
  ])("%s means %s", (name, outcome, kind) => {
    const sample = listSamples("setlistfm").find(({ file }) => file.endsWith(`/${name}.json`))!;
    const read = readOutcome(upstream, {
      status: sample.status,
      headers: new Headers(sample.headers),
      body: sampleBody(sample.file),
    });
    expect(read).toMatchObject({ kind: outcome, error: { kind, status: sample.status } });
  });

  it("knows every recorded error", () => {
    expect(listSamples("setlistfm").filter(({ status }) => status !== 200)).toHaveLength(6);
  });
});

describe("one odd setlist", () => {
  const setlist = (fields: object) => ({
    id: "6bd6ca6e",
    eventDate: "15-01-2008",
    url: "https://www.setlist.fm/setlist/x.html",
    ...fields,
  });

  it("never costs the page", () => {
    const entries = [null, 7, {}, setlist({ eventDate: "2008-01-15" }), setlist({ eventDate: "31-02-2008" })];
    expect(readSetlists([...entries, setlist({ url: "javascript:1" }), setlist({})], 100)).toMatchObject({
      unreadable: 6,
      setlists: [{ id: "6bd6ca6e", songs: [] }],
    });
  });

  it("is read where every other field is of the wrong type", () => {
    for (const value of [null, 5, "text", [], {}, [null]]) {
      const fields = {
        versionId: value,
        lastUpdated: value,
        tour: value,
        venue: value,
        sets: value,
        set: value,
      };
      const read = readSetlist(setlist(fields));
      expect(read).toMatchObject({ id: "6bd6ca6e", localDate: "2008-01-15", songs: [] });
      expect(read).not.toHaveProperty("updatedAt");
    }
  });

  it.each([
    [
      [{ name: "Encore:" }, { name: "Encore:" }],
      [1, 2],
    ],
    [
      [{ encore: 1 }, { name: "Encore:" }],
      [1, 2],
    ],
    [
      [{ name: "Encore 2:" }, { name: "Encore" }],
      [2, 3],
    ],
    [
      [{ name: "Set 1:" }, { name: "Encores of the past" }],
      [undefined, undefined],
    ],
    [
      [{ encore: 0 }, { encore: "1" }],
      [undefined, 1],
    ],
  ])("numbers the encores of %j as %j", (sets, expected) => {
    const set = sets.map((entry) => ({ ...entry, song: [{ name: "A song" }] }));
    const read = readSetlist(setlist({ sets: { set } }));
    expect(read?.songs.map(({ encore }) => encore)).toEqual(expected);
  });

  it("keeps no number that no column holds", () => {
    const set = { encore: 1e9, song: Array.from({ length: 400 }, () => ({ name: "A song" })) };
    const songs = readSetlist(setlist({ sets: { set: [set, set, set] } }))?.songs ?? [];
    expect([songs.length, songs[0]?.encore]).toEqual([1000, 99]);
  });

  it("keeps the place of a song that cannot be read", () => {
    const song = [{ name: 5 }, { name: null }, { name: "Second" }];
    const read = readSetlist(setlist({ sets: { set: [{ song }] } }));
    expect(read?.songs.map(({ name }) => name)).toEqual(["", "", "Second"]);
  });
});
