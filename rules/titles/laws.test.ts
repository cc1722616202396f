import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeCatalogue, judgeTitle, type Album, type Recording } from "../titles.ts";
import { CASES } from "./cases.ts";

describe("laws", { timeout: 60_000 }, () => {
  const titles = Object.values(CASES)
    .flat()
    .map((one) => (typeof one === "string" ? one : one[0]));
  const word = fc.constantFrom(
    "One",
    "Two",
    "Song",
    "Intro",
    "Drum Solo",
    "One Remix",
    "Two Acoustic",
    "One / Two",
  );
  const start = fc.constantFrom("", "", "", "(Oh) ", "(No) ", "(Oh) (No) ");
  const end = fc.constantFrom(
    "",
    "",
    "",
    " - Live",
    " (Live at X)",
    " (Remix)",
    " [Demo]",
    " (Reprise)",
    ", Pt. 2",
    " / Two",
    " Remix",
    " - Sped Up",
    " (with Jo)",
  );
  const made = fc.tuple(start, word, end).map((parts) => parts.join(""));
  const album = fc.record(
    {
      title: fc.constantFrom<string>("A", "B", "Live at X", "C (Deluxe)", "Nobody Live"),
      type: fc.constantFrom<Album["type"]>("album", "single", "compilation", "ep"),
      date: fc.constantFrom<string>("1999", "2001-02", "2003-04-05"),
      secondaryTypes: fc.constantFrom<string[]>(["Live"], ["Compilation"], []),
    },
    { requiredKeys: ["title"] },
  );
  const recording = fc.record(
    {
      title: fc.oneof(made, made, fc.constantFrom(...titles), fc.string({ unit: "grapheme", maxLength: 20 })),
      album,
      durationMs: fc.constantFrom(30_000, 100_000, 180_000, 182_000, 240_000),
      isrc: fc.constantFrom("USABC0100001", "USABC0100002", "US-ABC-01-00003"),
      artists: fc.constantFrom<string[]>(["Nobody"], ["Nobody", "Jo"]),
      video: fc.constantFrom(false, false, false, true),
      liveness: fc.constantFrom(0.1, 0.9),
      speechiness: fc.constantFrom(0.1, 0.95),
    },
    { requiredKeys: ["title"] },
  );
  const catalogue = fc
    .array(recording, { maxLength: 40 })
    .map((list) => list.map((one, at): Recording => ({ ...one, id: `r${at}` })));
  const holds = (law: (recordings: Recording[]) => void) =>
    fc.assert(fc.property(catalogue, law), { numRuns: 300 });

  it("every recording has one verdict, and every other one than kept a reason with a code", () => {
    holds((recordings) => {
      const { songs, verdicts } = judgeCatalogue("Nobody", recordings);
      expect(verdicts.map(({ id }) => id)).toEqual(recordings.map(({ id }) => id));
      const keys = new Set(songs.map(({ key }) => key));
      for (const { verdict, reason, songKey } of verdicts) {
        expect(reason).toMatch(/^[a-z-]+: \S/);
        if (verdict !== "dropped") expect(keys).toContain(songKey);
        else if (songKey !== undefined) expect(keys).toContain(songKey);
      }
    });
  });

  it("no two songs share a key, and each is stood for by the one recording kept for it", () => {
    holds((recordings) => {
      const { songs, verdicts } = judgeCatalogue("Nobody", recordings);
      expect(new Set(songs.map(({ key }) => key)).size).toBe(songs.length);
      const kept = verdicts.filter(({ verdict }) => verdict === "kept");
      expect(kept.map(({ id, songKey }) => [songKey, id]).sort()).toEqual(
        songs.map(({ key, recordingId }) => [key, recordingId]).sort(),
      );
    });
  });

  it("judging what was kept again keeps it, under the same keys", () => {
    holds((recordings) => {
      const { songs } = judgeCatalogue("Nobody", recordings);
      const kept = new Set(songs.map(({ recordingId }) => recordingId));
      const again = judgeCatalogue(
        "Nobody",
        recordings.filter(({ id }) => kept.has(id)),
      );
      expect(again.songs.map(({ key, recordingId }) => [key, recordingId])).toEqual(
        songs.map(({ key, recordingId }) => [key, recordingId]),
      );
    });
  });

  it("the order of the recordings does not matter", () => {
    const shuffled = catalogue.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const [ours, theirs] = [judgeCatalogue("Nobody", one), judgeCatalogue("Nobody", other)];
        expect(theirs.songs).toEqual(ours.songs);
        const byId = (list: typeof ours.verdicts) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(byId(theirs.verdicts)).toEqual(byId(ours.verdicts));
      }),
      { numRuns: 300 },
    );
  });

  it("a song's title, judged alone, has the song's key", () => {
    holds((recordings) => {
      for (const { title, key } of judgeCatalogue("Nobody", recordings).songs) {
        if (!/ with |\(with/i.test(title)) expect(judgeTitle(title).key).toBe(key);
      }
    });
  });
});

describe("time", { timeout: 60_000 }, () => {
  /** Processor time, as other processes may hold the processor meanwhile. */
  const cost = (recordings: Recording[]) => {
    const times = [1, 2, 3].map(() => {
      const begun = process.cpuUsage();
      judgeCatalogue("Nobody", recordings);
      return process.cpuUsage(begun).user / 1000;
    });
    return Math.min(...times);
  };

  it("10,000 recordings take no more than a second", () => {
    const forms = ["", " - Live", " (Remix)", " - Remastered 2011", ", Pt. 2"];
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      id: `r${at}`,
      title: `Song ${at % 2000}${forms[at % 5]!}`,
      album: { title: `Album ${at % 900}`, type: "album" as const },
    }));
    expect(cost(many)).toBeLessThan(1000);
    expect(cost(many.map((one) => ({ ...one, title: "Song" })))).toBeLessThan(1000);
  });

  it("ten titles of 100 KB take no more than half a second", () => {
    const long = Array.from({ length: 10 }, (_, at) => ({
      id: `r${at}`,
      title: `${at} ${"(x) / live - with ".repeat(6000)}`,
    }));
    expect(cost(long)).toBeLessThan(500);
  });
});
