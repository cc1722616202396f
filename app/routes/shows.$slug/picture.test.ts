import { describe, expect, test } from "vitest";
import { BASE, chartOf, WIDTH } from "./picture";

const song = (kind: "hit" | "surprise" | "missed", percent?: number, share?: number) => ({
  title: `${kind} ${percent}`,
  kind,
  percent,
  share,
});

describe("the picture of a show", () => {
  const { bars, breakAt, desc } = chartOf([
    song("hit", 90, 50),
    song("surprise", 10),
    song("surprise"),
    song("missed", 60),
  ]);

  test("bars are as tall as their odds, up for what was played and down for what was not", () => {
    const [hit, long, none, missed] = bars as [Bar, Bar, Bar, Bar];
    expect(hit.y + hit.height).toBeCloseTo(BASE);
    expect(hit.height / long.height).toBeCloseTo(9, 0);
    expect(missed.y).toBe(BASE);
    // What had no odds is a line, and no nothing.
    expect(none.height).toBe(2);
  });

  test("the fans' share is a mark on the same scale", () => {
    const same = chartOf([song("hit", 50, 50)]).bars[0]!;
    expect(same.fans).toBe(same.y);
    expect(bars[1]!.fans).toBeUndefined();
  });

  test("what was played stands before the line that parts it from what was not", () => {
    expect(bars[2]!.x + bars[2]!.width).toBeLessThan(breakAt!);
    expect(bars[3]!.x).toBeGreaterThan(breakAt!);
    expect(chartOf([song("hit", 90)]).breakAt).toBeUndefined();
  });

  test("however many songs there are, they stay in the frame and apart", () => {
    const many = chartOf([
      ...Array.from({ length: 40 }, () => song("hit", 80)),
      ...Array.from({ length: 25 }, () => song("missed", 40)),
    ]).bars;
    many.slice(1).forEach((bar, n) => expect(bar.x).toBeGreaterThan(many[n]!.x + many[n]!.width));
    expect(many.at(-1)!.x + many.at(-1)!.width).toBeLessThanOrEqual(WIDTH);
  });

  test("says the finding in words", () => {
    expect(desc).toBe(
      "1 of the songs we named were played and stand above the line, as tall as their odds. Surprises: surprise 10 10%, surprise undefined, no odds. Named, not played, below the line: missed 60 60%.",
    );
  });
});
type Bar = ReturnType<typeof chartOf>["bars"][number];
