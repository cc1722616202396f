import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { PastShow, PlayedSong } from "./history.ts";
import { predict, predictAll } from "./index.ts";

/** "a b | c ~t" is a and b, then c in the encore; a tape has a tilde. */
function show(date: string, songs: string): PastShow {
  const [main = "", encore = ""] = songs.split("|");
  const played = (part: string, inEncore: false | number) =>
    part
      .split(" ")
      .filter(Boolean)
      .map((word): PlayedSong => {
        const tape = word.startsWith("~");
        return { key: tape ? word.slice(1) : word, encore: inEncore, ...(tape && { tape }) };
      });
  return { date, songs: [...played(main, false), ...played(encore, 1)] };
}
const day = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
const tour = (nights: string[]) => nights.map((songs, at) => show(day(at), songs));
const coming = { date: "2027-06-01" };
const listed = (history: PastShow[]) => {
  const made = predict(history, coming)!;
  return made.songs.slice(0, made.expectedSongs);
};

describe("what a history comes to", () => {
  it("is nothing without a show of three songs", () => {
    expect(predict([], coming)).toBeUndefined();
    expect(predict(tour(["a b", "~x ~y ~z a b"]), coming)).toBeUndefined();
  });

  it("is a simple count below three shows", () => {
    const made = predict(tour(["a b c", "a d e"]), coming)!;
    expect(made).toMatchObject({ expectedSongs: 3, showsKnown: 2, repeatRate: 1 / 3 });
    expect(made.songs.map(({ key, probability }) => [key, probability])).toEqual([
      ["a", 0.99],
      ["b", 0.5],
      ["c", 0.5],
      ["d", 0.5],
      ["e", 0.5],
    ]);
  });

  it("knows no repeat rate from one show", () => {
    expect(predict(tour(["a b c"]), coming)!.repeatRate).toBeUndefined();
  });

  it("keeps the running order and the encore of a set that stays", () => {
    const songs = listed(tour(Array.from({ length: 12 }, () => "e d c b | a f")));
    expect(songs.map(({ key, isEncore, position }) => [key, isEncore, position])).toEqual([
      ["e", false, 1],
      ["d", false, 2],
      ["c", false, 3],
      ["b", false, 4],
      ["a", true, 5],
      ["f", true, 6],
    ]);
    expect(songs.every(({ probability }) => probability > 0.9)).toBe(true);
  });

  it("follows a new set within a few nights", () => {
    const old = Array.from({ length: 20 }, () => "a b c d");
    const songs = listed(tour([...old, "e f g h", "e f g h", "e f g h", "e f g h"]));
    expect(songs.map(({ key }) => key)).toEqual(["e", "f", "g", "h"]);
  });

  it("expects the song whose turn it is where the set changes every night", () => {
    const nights = ["a b c", "d e f", "g h i"];
    const songs = listed(tour(Array.from({ length: 30 }, (_, at) => nights[at % 3]!)));
    expect(songs.map(({ key }) => key).sort()).toEqual(["a", "b", "c"]);
  });

  it("counts no tape, and a song played twice once", () => {
    const made = predict(tour(Array.from({ length: 5 }, () => "~intro a b c a")), coming)!;
    expect(made.expectedSongs).toBe(3);
    expect(made.songs.map(({ key }) => key).sort()).toEqual(["a", "b", "c"]);
    expect(made.songs.find(({ key }) => key === "a")!.facts).toMatchObject({
      opened: 5,
      closed: 5,
      plays: 5,
    });
  });

  it("takes a television spot for no show", () => {
    const nights = Array.from({ length: 6 }, () => "a b c d");
    const made = predict(tour([...nights, "a x"]), coming)!;
    expect(made).toEqual(predict(tour(nights), coming));
    expect(made.showsKnown).toBe(6);
  });

  it("takes a show that is all encore for one without", () => {
    expect(listed(tour(["| a b c", "| a b c", "| a b c"])).some(({ isEncore }) => isEncore)).toBe(false);
  });

  it("leaves out what has hardly a chance", () => {
    const rare = Array.from({ length: 60 }, (_, at) => (at < 40 ? `a b c r${at}` : "a b c d"));
    const made = predict(tour(rare), coming)!;
    expect(made.songs.map(({ key }) => key)).not.toContain("r1");
  });

  it("keeps what fans voted for, with its own odds and facts, and no song that was never played", () => {
    const rare = Array.from({ length: 60 }, (_, at) => (at < 40 ? `a b c r${at}` : "a b c d"));
    const plain = predict(tour(rare), coming)!;
    const made = predict(tour(rare), { ...coming, kept: new Set(["r1", "never"]) })!;
    expect(made.songs.slice(0, -1)).toEqual(plain.songs);
    expect(made.songs.at(-1)).toMatchObject({ key: "r1", facts: { plays: 1, gap: 58, lastPlayed: day(1) } });
    expect(made.songs.at(-1)!.probability).toBeLessThan(0.02);
  });

  it("opens with the usual opener and ends with the usual closer", () => {
    const songs = listed(tour(Array.from({ length: 8 }, (_, at) => (at % 2 ? "o a b z" : "o b a z"))));
    expect(songs[0]!.key).toBe("o");
    expect(songs.at(-1)!.key).toBe("z");
  });
});

describe("facts", () => {
  const history = tour(["o a b z", "o a b z", ...Array.from({ length: 10 }, () => "o b | z e"), "b o z e"]);
  test.each([
    [
      "o",
      {
        window: 10,
        played: 10,
        opened: 9,
        closedMain: 0,
        closed: 0,
        inEncore: 0,
        plays: 13,
        shows: 13,
        gap: 0,
      },
    ],
    ["z", { played: 10, inEncore: 9, plays: 13 }],
    ["e", { played: 10, closed: 10, closedMain: 1, inEncore: 9, plays: 11, lastPlayed: day(12) }],
    ["b", { opened: 1, closedMain: 9 }],
  ])("of %s are exact", (key, facts) => {
    expect(predict(history, coming)!.songs.find((song) => song.key === key)!.facts).toMatchObject(facts);
  });
});

describe("the laws", () => {
  const anyHistory = fc
    .array(
      fc.record({
        after: fc.nat(3),
        songs: fc.array(
          fc.record({
            key: fc.constantFrom(..."abcdefghij"),
            encore: fc.constantFrom<(false | number)[]>(false, false, 1, 2),
            tape: fc.boolean(),
          }),
          { maxLength: 9 },
        ),
      }),
      { maxLength: 30 },
    )
    .map((shows) => {
      let at = 0;
      return shows.map(({ after, songs }): PastShow => ({ date: day((at += after)), songs }));
    });

  it("probabilities are within 0 and 1, positions count up, no song comes twice", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const made = predict(history, coming);
        if (!made) return;
        expect(made.songs.map(({ position }) => position)).toEqual(made.songs.map((_, at) => at + 1));
        expect(new Set(made.songs.map(({ key }) => key)).size).toBe(made.songs.length);
        expect(made.songs.length).toBeGreaterThanOrEqual(made.expectedSongs);
        for (const { probability } of made.songs)
          expect(probability).toSatisfy((p: number) => p > 0 && p < 1);
        const list = made.songs.slice(0, made.expectedSongs);
        const least = Math.min(...list.map(({ probability }) => probability));
        const others = made.songs.slice(made.expectedSongs);
        for (const { probability, isEncore } of others) {
          expect(probability).toBeLessThanOrEqual(least);
          expect(isEncore).toBe(false);
        }
        expect(others.map(({ probability }) => -probability)).toEqual(
          others.map(({ probability }) => -probability).sort((a, b) => a - b),
        );
        const firstEncore = list.findIndex(({ isEncore }) => isEncore);
        if (firstEncore >= 0) expect(list.slice(firstEncore).every(({ isEncore }) => isEncore)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("nothing later than the show is used, and all shows at once are as one by one", () => {
    fc.assert(
      fc.property(
        anyHistory,
        fc.array(fc.option(fc.nat(60), { nil: undefined }), { maxLength: 5 }),
        (history, days) => {
          const shows = days.map((at) => ({ date: at === undefined ? undefined : day(at) }));
          const together = predictAll(history, shows);
          shows.forEach((one, at) => {
            const known = history.filter(({ date }) => one.date === undefined || date <= one.date);
            expect(together[at]).toEqual(predict(known, one));
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
