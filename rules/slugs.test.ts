import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { artistSlugs, firstFreeSlug, showSlugs, venueSlugs } from "./slugs.ts";

const random = () => 0;

describe("showSlugs", () => {
  const show = { artistSlug: "low-tide", city: "São Paulo", localDate: "2026-12-01", localTime: "19:30:00" };
  test.each([
    ["all known", {}, ["low-tide-sao-paulo-2026-12-01", "low-tide-sao-paulo-2026-12-01-1930"]],
    ["no time", { localTime: undefined }, ["low-tide-sao-paulo-2026-12-01"]],
    ["no date", { localDate: undefined }, ["low-tide-sao-paulo-tba"]],
    ["no city", { city: undefined }, ["low-tide-2026-12-01", "low-tide-2026-12-01-1930"]],
    ["a city without letters", { city: "—", localTime: undefined }, ["low-tide-2026-12-01"]],
    ["nothing", { city: undefined, localDate: undefined }, ["low-tide-tba"]],
  ])("%s", (_, change, expected) => {
    expect(showSlugs({ ...show, ...change })).toEqual(expected);
  });
});

describe("artistSlugs and venueSlugs", () => {
  test.each([
    ["宇多田ヒカル", "yuduotianhikaru"],
    ["Sigur Rós", "sigur-ros"],
    ["!!!", "artist-aaaaaa"],
    ["<script>alert(1)</script>", "script-alert-1-script"],
    ["A\u0000B \ud800C", "ab-c"],
    ["\u202eevil\u202c", "evil"],
    ["x".repeat(5000), "x".repeat(80)],
  ])("%s", (name, expected) => {
    expect(artistSlugs({ name }, random)[0]).toBe(expected);
  });

  it("add what tells namesakes apart", () => {
    expect(artistSlugs({ name: "Bush", genre: "Alternative Rock" }, random)).toEqual([
      "bush",
      "bush-alternative-rock",
    ]);
    expect(artistSlugs({ name: "Bush" }, random)).toEqual(["bush"]);
    expect(venueSlugs({ name: "The Fillmore", city: "Detroit" }, random)).toEqual([
      "the-fillmore",
      "the-fillmore-detroit",
    ]);
    expect(venueSlugs({ name: "***" }, random)).toEqual(["venue-aaaaaa"]);
  });
});

describe("firstFreeSlug", () => {
  test.each([
    [[], "a"],
    [["a"], "a-x"],
    [["a", "a-x"], "a-2"],
    [["a", "a-x", "a-2", "a-3"], "a-4"],
  ])("with %j taken is %s", (taken, expected) => {
    expect(firstFreeSlug(["a", "a-x"], new Set(taken))).toBe(expected);
  });

  it("never gives a taken one", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "a-2", "a-3", "b-2")), (taken) => {
        const set = new Set<string>(taken);
        expect(set.has(firstFreeSlug(["a", "b"], set))).toBe(false);
      }),
    );
  });
});
