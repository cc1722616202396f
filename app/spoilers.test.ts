import { describe, expect, it } from "vitest";
import { coverCookie, isCovered, readCover, SHOWN } from "./spoilers";

describe("readCover", () => {
  it.each([
    [null, false],
    ["spoilers=cover", true],
    ["theme=dark; spoilers=cover; a=1", true],
    ["spoilers=", false],
    ["spoilers=covered", false],
    ["nospoilers=cover", false],
  ])("%s is %s", (cookies, covered) => expect(readCover(cookies)).toBe(covered));
});

it("forgets the cover when it is lifted", () => {
  expect(coverCookie(true)).toContain("spoilers=cover; Path=/; Max-Age=31536000");
  expect(coverCookie(false)).toContain("Max-Age=0");
});

it("shows one page that is asked for, and only that", () => {
  const page = (search: string) =>
    new Request(`http://theset.test/shows/x${search}`, { headers: { Cookie: "spoilers=cover" } });
  expect(isCovered(page(""))).toBe(true);
  expect(isCovered(page("?order=likely"))).toBe(true);
  expect(isCovered(page(`?${SHOWN}`))).toBe(false);
});
