import { expect, test } from "vitest";
import type { Judgement, Scored } from "../artists.ts";
import { DOUBTFUL, doubtOf } from "./doubt.ts";

const one = (score: number): Scored => ({ id: `a${score}`, name: "Who", score, evidence: [] });
const judged = (score: number | undefined, ...others: number[]): Judgement => ({
  ...(score !== undefined && { chosen: one(score) }),
  runnersUp: others.map(one),
  reason: "",
  undecided: false,
});

test.each([
  ["nobody was taken", judged(undefined, 0.5), true],
  ["a name alone", judged(0.6), true],
  ["a close runner-up", judged(0.95, 0.8), true],
  ["a runner-up at the end of the scale", judged(1, 1), true],
  ["a name and a link", judged(0.9), false],
  ["a far runner-up", judged(1, 0.3), false],
])("%s is doubtful: %#", (_, judgement, expected) => {
  expect(doubtOf(judgement) >= DOUBTFUL).toBe(expected);
});

test("stays within its bounds", () => {
  expect(doubtOf(judged(undefined))).toBe(1);
  expect(doubtOf(judged(1))).toBe(0);
});
