import { expect, test } from "vitest";
import { beatOf, sayBeats } from "./heartbeat";

const none = { answered: 0, slow: 0, limited: 0, failed: 0 };

test.each([
  [none, "none"],
  [{ ...none, answered: 3 }, "answered"],
  [{ ...none, answered: 3, slow: 1 }, "slow"],
  [{ ...none, answered: 3, limited: 1 }, "slow"],
  [{ ...none, answered: 3, slow: 3, failed: 1 }, "failed"],
] as const)("the worst of a minute is shown: %o is %s", (minute, beat) => {
  expect(beatOf(minute)).toBe(beat);
});

test("what the bars show, in words", () => {
  expect(sayBeats(["answered", "answered", "failed", "none"])).toBe(
    "Minutes: 2 answered, 1 with failures, 1 without calls.",
  );
});
