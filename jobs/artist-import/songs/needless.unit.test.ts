import { describe, expect, it } from "vitest";
import type { ReleaseToRead } from "#db/queries/releases";
import { songKeys } from "#rules/titles";
import { needless } from "./needless.ts";

const release = (title: string, more: Partial<ReleaseToRead> = {}): ReleaseToRead => ({
  id: title,
  sourceId: title,
  title,
  type: "album",
  date: "2012-05-31",
  trackCount: 10,
  secondaryTypes: [],
  ...more,
});
const single = (title: string, trackCount = 1) => release(title, { type: "single", trackCount });
const seen = new Set(["The Boatlift", "(I Can't Get No) Satisfaction", "Rain"].flatMap(songKeys));

describe("needless", () => {
  const cases: [name: string, release: ReleaseToRead, read: ReleaseToRead[], needed: boolean][] = [
    ["an album", release("Harbour"), [], true],
    ["the same album, clean", release("Harbour - Clean"), [release("Harbour")], false],
    ["the same album, longer", release("Harbour", { trackCount: 14 }), [release("Harbour")], true],
    ["the same name, another year", release("Weezer", { date: "2001" }), [release("Weezer")], true],
    ["a single on an album", single("The Boatlift"), [], false],
    ["its remixes", single("The Boatlift (The Remixes)", 3), [], false],
    ["a single in another spelling", single("Satisfaction"), [], false],
    ["both sides on albums", single("Rain / The Boatlift", 2), [], false],
    ["one side new", single("Rain / Paperback", 2), [], true],
    ["a new single", single("Brand New"), [], true],
    ["an EP named after a song", single("Rain", 5), [], true],
  ];
  it.each(cases)("%s", (_name, one, read, needed) => {
    expect(needless(one, read, seen) === undefined).toBe(needed);
  });

  it("asks for every single while the albums are not judged", () => {
    expect(needless(single("Rain"), [], undefined)).toBeUndefined();
  });
});
