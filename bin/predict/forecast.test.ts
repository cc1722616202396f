import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PastShow } from "#rules/prediction/history";
import { type Line, startForecast } from "./forecast.ts";
import type { HistoryShow } from "./history.ts";

const day = (at: number) => new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);

const anySongs = fc.array(
  fc.record({
    key: fc.constantFrom(..."abcdefghijklmnop"),
    encore: fc.constantFrom<(false | number)[]>(false, false, 1),
    tape: fc.boolean(),
  }),
  { maxLength: 12 },
);
const anyShow = fc.record({
  after: fc.constantFrom(0, 1, 1, 2, 40),
  tour: fc.constantFrom(undefined, "spring", "autumn"),
  venue: fc.constantFrom(undefined, "Roxy", "Arena"),
  songs: anySongs,
});
const anyHistory = fc.array(anyShow, { minLength: 1, maxLength: 25 }).map((shows) => {
  let at = 0;
  return shows.map(({ after, ...show }): PastShow => ({ ...show, date: day((at += after)) }));
});

function lines(shows: PastShow[]): (Line | undefined)[] {
  const forecast = startForecast();
  return shows.map((show, at): Line | undefined => {
    const n = shows.slice(0, at).filter(({ date }) => date === show.date).length;
    const names = new Map(show.songs.map(({ key }) => [key, key.toUpperCase()]));
    const line: HistoryShow = { artist: "Somebody", n, at, show, names };
    return forecast(line, true);
  });
}

describe("a line", () => {
  it("uses nothing of its show but date, tour and venue, and nothing later", () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, anySongs, fc.nat(), (history, other, songs, pick) => {
        const at = pick % history.length;
        const before = lines(history).slice(0, at + 1);
        const show = history[at]!;
        expect(lines(history.slice(0, at + 1))).toEqual(before);
        const later = other.map((one) => ({ ...one, date: `2030${one.date.slice(4)}` }));
        const altered = [...history.slice(0, at), { ...show, songs }, ...later];
        expect(lines(altered).slice(0, at + 1)).toEqual(before);
      }),
      { numRuns: 150 },
    );
  });

  it("is a list by falling chance, no song twice, opener and encore of known songs", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const line of lines(history)) {
          const odds = line!.songs.map(({ p }) => p);
          expect(odds.every((p, at) => p >= 0 && p <= 1 && (at === 0 || p <= odds[at - 1]!))).toBe(true);
          const names = line!.songs.map(({ name }) => name);
          expect(new Set(names).size).toBe(names.length);
          for (const name of [line!.opener, ...(line!.encore ?? [])])
            if (name !== undefined) expect(names).toContain(name);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("says which model made it: none, a count, the trees from three shows on", () => {
    const show = (at: number): PastShow => ({
      date: day(at),
      songs: [..."abcd"].map((key) => ({ key, encore: false })),
    });
    expect(lines([0, 1, 2, 3, 4].map(show)).map((line) => line!.model)).toEqual([
      "none",
      "count-1",
      "count-1",
      "trees-1",
      "trees-1",
    ]);
  });
});
