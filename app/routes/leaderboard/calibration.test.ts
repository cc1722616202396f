import { describe, expect, test } from "vitest";
import { BOTTOM, calibrationOf, LEFT, RIGHT, TOP, wilson, xOf, yOf } from "./calibration";

describe("calibrationOf", () => {
  test("is nothing before a song is counted", () => {
    expect(calibrationOf([])).toBeUndefined();
  });

  test("puts a group where its mean odds and its share lie, and says how far off all are", () => {
    const drawn = calibrationOf([
      { bin: 1, songs: 300, said: 0.15, played: 45 },
      { bin: 7, songs: 100, said: 0.75, played: 71 },
    ])!;
    expect(drawn.dots[0]).toMatchObject({ x: xOf(0.15), y: yOf(0.15) });
    expect(drawn.dots[1]!.y).toBeCloseTo(yOf(0.71));
    // Four songs of 400 too few.
    expect(drawn.desc).toContain("400 songs in 2 groups");
    expect(drawn.desc).toContain("1.0 points");
    expect(drawn.rows[1]).toEqual({ odds: "70 to 80%", said: "75%", played: "71%", songs: "100" });
  });

  test("gives the larger group the larger dot and the shorter whisker, and stays in the frame", () => {
    const [few, many] = calibrationOf([
      { bin: 0, songs: 1, said: 0.01, played: 0 },
      { bin: 9, songs: 5_000, said: 0.99, played: 5_000 },
    ])!.dots as [Dot, Dot];
    expect(many.r).toBeGreaterThan(few.r);
    expect(few.low - few.high).toBeGreaterThan(many.low - many.high);
    for (const { x, y, low, high } of [few, many]) {
      for (const place of [y, low, high]) expect(place).toBeGreaterThanOrEqual(TOP);
      for (const place of [y, low, high]) expect(place).toBeLessThanOrEqual(BOTTOM);
      expect(x).toBeGreaterThanOrEqual(LEFT);
      expect(x).toBeLessThanOrEqual(RIGHT);
    }
  });
});
type Dot = NonNullable<ReturnType<typeof calibrationOf>>["dots"][number];

test("Wilson's interval holds the share and shuts as songs come", () => {
  expect(wilson(5, 10).map((n) => n.toFixed(3))).toEqual(["0.237", "0.763"]);
  expect(wilson(0, 10)[0]).toBe(0);
  expect(wilson(500, 1000)[1]).toBeLessThan(0.54);
});
