import { afterEach, describe, expect, it, vi } from "vitest";
import { bar, bytesOf, canRedraw, painter, wordsOf } from "./terminal.ts";

afterEach(() => void vi.unstubAllEnvs());

describe("painter", () => {
  const paint = (isTTY: boolean) => painter({ isTTY })("green", "✓");
  it("colours on a terminal only, and not where NO_COLOR is set", () => {
    vi.stubEnv("NO_COLOR", "");
    vi.stubEnv("TERM", "xterm");
    expect([paint(true), paint(false)]).toEqual(["\u001b[32m✓\u001b[39m", "✓"]);
    vi.stubEnv("NO_COLOR", "1");
    expect(paint(true)).toBe("✓");
  });
  it("leaves a dumb terminal alone", () => {
    vi.stubEnv("NO_COLOR", "");
    vi.stubEnv("TERM", "dumb");
    expect([paint(true), canRedraw({ isTTY: true })]).toEqual(["✓", false]);
  });
});

it.each([
  [0, "░░░░"],
  [0.5, "██░░"],
  [1, "████"],
  [2, "████"],
])("a bar of %d", (share, drawn) => expect(bar(share, 4)).toBe(drawn));

it.each([
  [900, "1 kB"],
  [32e6, "32 MB"],
  [76.44e9, "76.4 GB"],
])("%d bytes are %s", (count, said) => expect(bytesOf(count)).toBe(said));

it("says the code of an error that has no words", () =>
  expect(wordsOf(Object.assign(new Error(""), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED"));
