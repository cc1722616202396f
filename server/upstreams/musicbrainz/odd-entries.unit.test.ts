import { describe, expect, it } from "vitest";
import { readEach } from "../lenient.ts";
import { groupsPage, readArtist, readGroup, readRecordings, releasesAnswer } from "./answers.ts";

const MBID = "5b11f4ce-a62d-471e-81fc-a69a8278c7da";
const recordingsOf = (releases: unknown[]) => releasesAnswer.parse({ releases }).releases.map(readRecordings);
/** As it stands on a release. */
const released = (recording: unknown) => ({ id: MBID, media: [{ tracks: [{ position: 1, recording }] }] });

describe("one odd entry", () => {
  const relation = (resource: unknown, more: object = {}) => ({
    type: "streaming",
    url: { resource },
    ...more,
  });
  const spotify = (id: string) => `https://open.spotify.com/artist/${id.padEnd(22, "0")}`;

  it("never costs an artist their other links", () => {
    const relations = [
      null,
      {},
      relation(null),
      relation("javascript:alert(1)"),
      relation("https://open.spotify.com.evil.example/artist/0000000000000000000000"),
      relation("https://notsetlist.fm/setlists/x.html"),
      relation(spotify("old"), { ended: true }),
      relation(spotify("a")),
      relation(`${spotify("a")}?si=1`),
      relation(spotify("b"), { ended: null }),
      relation("http://setlist.fm/setlists/x-1.html"),
    ];
    expect(readArtist({ id: MBID, name: "X", relations })?.links).toEqual({
      spotify: ["a".padEnd(22, "0"), "b".padEnd(22, "0")],
      setlistfm: ["http://setlist.fm/setlists/x-1.html"],
    });
  });

  it("is read where every other field is of the wrong type", () => {
    for (const value of [null, 5, [], {}, [null], "text"]) {
      const odd = (...names: string[]) => Object.fromEntries(names.map((name) => [name, value]));
      expect(readArtist({ ...odd("sort-name", "aliases", "relations"), id: MBID, name: "X" })).toMatchObject({
        name: "X",
        aliases: [],
        links: { spotify: [], setlistfm: [] },
      });
      expect(
        readGroup({ ...odd("primary-type", "secondary-types"), id: MBID, title: "X" }),
      ).not.toHaveProperty("primaryType");
      const recording = { ...odd("length", "video", "isrcs", "artist-credit"), id: MBID, title: "X" };
      expect(recordingsOf([released(recording)])[0]).toMatchObject([{ title: "X" }]);
    }
  });

  it.each([
    ["1991", "1991"],
    ["1990-09", "1990-09"],
    ["1990-09-24", "1990-09-24"],
    ["", undefined],
    [null, undefined],
    ["199?", undefined],
  ])("dates of %j are %s", (date, expected) => {
    expect(readGroup({ id: MBID, title: "X", "first-release-date": date })?.date).toBe(expected);
  });

  it("of a page does not cost the page", () => {
    const page = groupsPage.parse({ "release-groups": [null, { id: MBID }, { id: MBID, title: "X" }] });
    expect(page["release-group-count"]).toBe(0);
    expect(readEach(page["release-groups"], 100, readGroup)).toMatchObject({ unreadable: 2 });
  });

  it("keeps no songs of a film that came with the record", () => {
    const tracks = (title: string) => [{ recording: { id: MBID, title } }];
    const media = [
      { format: "CD", tracks: tracks("Song") },
      { format: "DVD-Video", tracks: tracks("Song, filmed") },
    ];
    expect(recordingsOf([{ id: MBID, media }])[0]).toMatchObject([{ title: "Song" }]);
  });
});
