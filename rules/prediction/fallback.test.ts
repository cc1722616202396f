import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CatalogueFacts, fromCatalogue } from "./fallback.ts";

const songs = (count: number, more: (at: number) => Partial<CatalogueFacts> = () => ({})) =>
  Array.from({ length: count }, (_, at) => ({ key: `song ${at}`, ...more(at) }));

describe("fromCatalogue", () => {
  it("has nothing for an empty catalogue", () => expect(fromCatalogue([])).toBeUndefined());

  it("ranks by popularity where most songs have one, and says so", () => {
    const made = fromCatalogue(songs(30, (at) => ({ popularity: at + 1 })))!;
    expect([made.basis, made.songs[0]!.key, made.showsKnown]).toEqual(["popularity", "song 29", 0]);
  });

  it("ranks by record where popularity is closed or nearly so, the newest first, in its order", () => {
    const made = fromCatalogue([
      { key: "old hit", released: "1999", trackNumber: 1, popularity: 90 },
      { key: "second", released: "2024-05-01", trackNumber: 2 },
      { key: "first", released: "2024-05-01", trackNumber: 1 },
      { key: "undated" },
    ])!;
    expect(made.basis).toBe("catalogue");
    expect(made.songs.map(({ key }) => key)).toEqual(["first", "second", "old hit", "undated"]);
  });

  it("expects fifteen songs, or all of fewer, and gives no reason that was not counted", () => {
    expect(fromCatalogue(songs(80))!.expectedSongs).toBe(15);
    expect(fromCatalogue(songs(4))!.expectedSongs).toBe(4);
    expect(fromCatalogue(songs(4))!.songs[0]!.facts.plays).toBe(0);
  });

  it("gives falling odds within bounds that add up to the length, whatever the order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 45 }), (count) => {
        const made = fromCatalogue(songs(count, (at) => ({ popularity: 100 - at })))!;
        const odds = made.songs.map(({ probability }) => probability);
        expect(odds.every((p, at) => p > 0 && p <= 0.8 && (at === 0 || p <= odds[at - 1]!))).toBe(true);
        expect(odds.reduce((a, b) => a + b, 0)).toBeCloseTo(15, 3);
        const other = fromCatalogue(songs(count, (at) => ({ popularity: 100 - at })).reverse())!;
        expect(other).toEqual(made);
      }),
    );
  });
});
