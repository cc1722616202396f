import { describe, expect, it } from "vitest";
import { haveSamples, listSamples, sampleBody, sampleJson, samplesNote } from "../../../tests/samples.ts";
import { readEach } from "../lenient.ts";
import { readOutcome } from "../outcome.ts";
import {
  artistAnswer,
  artistsAnswer,
  readArtist,
  readGroup,
  readOwners,
  readRecordings,
  releasesAnswer,
  urlAnswer,
} from "./answers.ts";
import { readTooMany } from "./too-many.ts";

const upstream = { name: "musicbrainz" as const, readTooMany, tooManyStatus: 503 };
const MBID = "5b11f4ce-a62d-471e-81fc-a69a8278c7da";
const sample = (name: string) => sampleJson(`musicbrainz/${name}.json`) as Record<string, unknown>;
const recordingsOf = (releases: unknown[]) => releasesAnswer.parse({ releases }).releases.map(readRecordings);
/** As it stands on a release. */
const released = (recording: unknown) => ({ id: MBID, media: [{ tracks: [{ position: 1, recording }] }] });

describe.skipIf(!haveSamples)(`recorded MusicBrainz answers${samplesNote}`, () => {
  const good = listSamples("musicbrainz").filter(({ status }) => status === 200);

  it.each(good.filter(({ kind, file }) => kind === "artist" && !file.includes("null")))(
    "$file is read",
    ({ file }) => {
      const artist = readArtist(artistAnswer.parse(sampleJson(file)));
      expect(artist).toMatchObject({
        mbid: expect.any(String) as string,
        name: expect.any(String) as string,
        sortName: expect.any(String) as string,
      });
    },
  );

  it("takes an artist of nothing but nulls for nobody", () => {
    expect(readArtist(artistAnswer.parse(sample("artist-null")))).toBeUndefined();
  });

  it("reads names in native script, the latin one beside them", () => {
    const artist = readArtist(sample("artist-arabic"));
    expect(artist).toMatchObject({ name: "محمد منير", sortName: "Mounir, Mohamed" });
    expect(artist?.aliases).not.toEqual([]);
  });

  it("finds where else an artist is by the host of the address", () => {
    expect(readArtist(sample("artist-url-rels-release-groups"))?.links).toEqual({
      spotify: ["6olE6TJLqED3rqDCT0FyPh"],
      setlistfm: ["https://www.setlist.fm/setlists/nirvana-7bd69ee8.html"],
    });
  });

  it("reads every release group, its kinds, and dates as far as they go", () => {
    const entries = sample("artist-url-rels-release-groups")["release-groups"] as unknown[];
    const { read, unreadable } = readEach(entries, 100, readGroup);
    expect([read.length, unreadable]).toEqual([25, 0]);
    const both = read.filter(({ secondaryTypes }) => secondaryTypes.length === 2);
    expect(both.length).toBeGreaterThan(0);
    expect(new Set(read.map(({ date }) => date?.length))).toEqual(new Set([4, 7, 10]));
    expect(readGroup(sample("release-group"))).toMatchObject({
      title: "The Dark Side of the Moon",
      primaryType: "album",
    });
  });

  it("reads a search, best first", () => {
    const { artists } = artistsAnswer.parse(sample("search-artist"));
    const { read, unreadable } = readEach(artists, 100, readArtist);
    expect(unreadable).toBe(0);
    expect(read.map(({ score }) => score).slice(0, 2)).toEqual([100, 53]);
  });

  it("reads whom an address belongs to, one storey deeper in a search", () => {
    const [found] = sample("url-search-spotify").urls as unknown[];
    const owners = readOwners(urlAnswer.parse(found));
    expect(owners).toMatchObject([{ mbid: "eecada09-acfc-472d-ae55-e9e5a43f12d8", name: "Bad Omens" }]);
  });

  it("reads the recordings of a release, and of each by itself all but films", () => {
    const [songs] = recordingsOf([sample("release")]);
    expect(songs?.[0]).toMatchObject({ title: "Speak to Me", trackNumber: 1 });
    const names = ["recording", "recording-multiple-works", "recording-video"];
    const counts = recordingsOf(names.map((name) => released(sample(name)))).map((read) => read.length);
    expect(counts).toEqual([1, 1, 0]);
  });

  it.each([
    ["error-400", "no", "rejected"],
    ["error-404", "no", "not-found"],
    ["error-503", "rest", "busy"],
    ["error-503-shed", "rest", "busy"],
  ])("%s means %s", (name, outcome, kind) => {
    const { file, status, headers } = listSamples("musicbrainz").find(({ file }) =>
      file.endsWith(`/${name}.json`),
    )!;
    const read = readOutcome(upstream, { status, headers: new Headers(headers), body: sampleBody(file) });
    expect(read).toMatchObject({ kind: outcome, error: { kind, status } });
  });
});

describe("what a 503 asks for", () => {
  const date = "Tue, 24 Nov 2026 10:00:00 GMT";
  const sent = Date.parse(date) / 1000;
  it.each([
    [{}, 2_000],
    [{ "retry-after": "0" }, 2_000],
    [{ "retry-after": "5" }, 5_000],
    [{ date, "retry-after": "1", "x-ratelimit-reset": String(sent + 7) }, 7_000],
    [{ date, "retry-after": "9", "x-ratelimit-reset": String(sent + 7) }, 9_000],
    [{ date, "x-ratelimit-reset": String(sent - 60) }, 2_000],
    [{ date, "x-ratelimit-reset": "soon" }, 2_000],
  ])("%j: a rest of %s ms, doubled each time", (headers, ms) => {
    expect(readTooMany({ headers: new Headers(headers as Record<string, string>) })).toEqual({
      kind: "pause",
      ms,
      doubles: true,
    });
  });

  it("is the day, when it is hours", () => {
    expect(readTooMany({ headers: new Headers({ "retry-after": "86400" }) })).toMatchObject({
      kind: "day",
      until: expect.any(Date) as Date,
    });
  });
});
