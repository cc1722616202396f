import { expect, test } from "vitest";
import { pointsOf, seasonsOf } from "./points";

test.each([
  [12.5, "+12.5"],
  [-7.46, "−7.5"],
  [-0.04, "0.0"],
  [0, "0.0"],
])("%s points are said as %s", (score, said) => {
  expect(pointsOf(score)).toBe(said);
});

test("seasons reach from the first scored show to this year, the newest first", () => {
  expect(seasonsOf({ first: 2024, last: 2025 }, 2026)).toEqual([2026, 2025, 2024]);
  expect(seasonsOf(undefined, 2026)).toEqual([]);
});
