import { expect, test } from "vitest";
import { sparkOf } from "./sparkline";

test("the line goes over the whole width, from the floor at nothing to the top at the most", () => {
  expect(sparkOf([0, 5, 10])).toEqual({ lines: "M4 20L48 12L92 4", last: { x: 92, y: 4 } });
});

test("what is not known is a gap, a point alone a stroke", () => {
  expect(sparkOf([1, null, 1, 1]).lines).toBe("M4 4h1M62.7 4L92 4");
});

test("nothing known draws nothing; nothing happening lies on the floor", () => {
  expect(sparkOf([null, null])).toEqual({ lines: "" });
  expect(sparkOf([]).lines).toBe("");
  expect(sparkOf([0, 0]).lines).toBe("M4 20L92 20");
});
