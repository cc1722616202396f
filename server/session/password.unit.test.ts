import { describe, expect, test } from "vitest";
import { hashPassword, isPassword, whyRefused } from "./password.ts";

const nobody = {};

describe("whyRefused", () => {
  test.each([
    "12345678",
    "password",
    "password1",
    "PASSWORD1",
    "qwertyuiop",
    "iloveyou",
    "trustno1",
    "１２３４５６７８",
  ])("%s is guessed first", (password) =>
    expect(whyRefused(password, nobody)).toMatch(/first that are guessed/),
  );
  test.each(["", "seven77", "☕☕☕☕☕☕☕"])("%j is too short", (password) =>
    expect(whyRefused(password, nobody)).toMatch(/at least 8/),
  );
  test.each(["xkwqpzmv", "        ", "correct horse battery staple", "Ω".repeat(64), "9".repeat(200)])(
    "%j is as good as any mixture of signs",
    (password) => expect(whyRefused(password, nobody)).toBeUndefined(),
  );
  test("201 characters are too many", () =>
    expect(whyRefused("x".repeat(201), nobody)).toMatch(/at most 200/));
  test.each(["Ada.Lovelace@example.org", "ada.lovelace", "ADA LOVELACE"])("%s is its owner's", (password) =>
    expect(whyRefused(password, { email: "ada.lovelace@example.org", name: "Ada Lovelace" })).toMatch(
      /everybody knows/,
    ),
  );
});

test("the same characters are the same password, however they are composed", async () => {
  const stored = await hashPassword("caf\u00e9 au lait");
  expect(await isPassword(stored, "cafe\u0301 au lait")).toBe(true);
  expect(await isPassword(stored, "cafe au lait")).toBe(false);
});

test("two hashes of one password differ", async () => {
  expect(await hashPassword("a long walk home")).not.toBe(await hashPassword("a long walk home"));
});

test("where there is no account nothing is right, and it takes as much work", async () => {
  const stored = await hashPassword("a long walk home");
  const times = { known: [] as number[], unknown: [] as number[] };
  for (let n = 0; n < 20; n++) {
    for (const [which, hash] of [["known", stored] as const, ["unknown", undefined] as const]) {
      const began = process.cpuUsage();
      expect(await isPassword(hash, "not a long walk")).toBe(false);
      const { user, system } = process.cpuUsage(began);
      times[which].push(user + system);
    }
  }
  const least = (all: number[]) => Math.min(...all);
  // Work, not time, and the least of many: what a busy machine adds is no part of it.
  expect(least(times.unknown) / least(times.known)).toBeGreaterThan(0.7);
  expect(least(times.unknown) / least(times.known)).toBeLessThan(1.4);
});
