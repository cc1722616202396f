import { expect, test } from "vitest";
import { isDatabaseAway, isDatabaseFull } from "./errors.ts";

const failed = (code: string) => Object.assign(new Error("it failed"), { code });

test.each([
  ["08006", true, false],
  ["57P01", true, false],
  ["53300", true, false],
  ["53100", true, true],
  ["53200", true, true],
  ["ECONNREFUSED", true, false],
  ["23505", false, false],
  ["42P01", false, false],
])("%s: away %s, full %s", (code, away, full) => {
  expect([isDatabaseAway(failed(code)), isDatabaseFull(failed(code))]).toEqual([away, full]);
});
