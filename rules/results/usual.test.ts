import { expect, test } from "vitest";
import { rivalForecasts, scoreOf, usualForecast } from "./score.ts";

const usual = (...history: string[]) =>
  usualForecast(rivalForecasts(history.map((songs) => songs.split("")))?.lastTen);
const names = (...history: string[]) =>
  usual(...history)
    .map(({ songId }) => songId)
    .sort()
    .join("");

test("the usual ballot says yes to what was played at more than half of the last ten shows", () => {
  expect(names("abc", "abd", "aef")).toBe("ab");
  // Half is no more than half; what was before the last ten does not count.
  expect(names("ab", "ac")).toBe("a");
  expect(
    names(...Array<string>(5).fill("a"), ...Array<string>(5).fill("b"), ...Array<string>(9).fill("c")),
  ).toBe("");
});

test("where nothing repeats, or nothing is known, it names nothing: its error is 1, as of any empty ballot", () => {
  expect(scoreOf(new Set(["x", "y"]), usual("ab", "cd", "ef"))).toEqual({
    hits: 0,
    named: 0,
    played: 2,
    brier: 1,
  });
  expect(usualForecast(undefined)).toEqual([]);
});
