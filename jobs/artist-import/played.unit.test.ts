import { describe, expect, it } from "vitest";
import { songKeys } from "#rules/titles";
import { entryReader } from "./played.ts";

const known = ["(I Can't Get No) Satisfaction", "Rain", "White Wedding, Pt. 1"].map((title, at) => ({
  id: String(at),
  title,
  titleKey: songKeys(title)[0]!,
}));
const read = entryReader(known, [{ titleKey: songKeys("The Wet One")[0]!, songId: "1" }]);
const songsOf = (name: string) =>
  read([{ name, tape: false }]).map(({ songId, titleKey }) => songId ?? titleKey);

describe("entryReader", () => {
  const cases: [name: string, songs: (string | null)[]][] = [
    ["Rain", ["1"]],
    ["RAIN (acoustic)", ["1"]],
    ["Satisfaction", ["0"]],
    ["The Wet One", ["1"]],
    ["Rain / Satisfaction", ["1", "0"]],
    ["Rain / Unheard Of", [songKeys("Rain / Unheard Of")[0]!]],
    ["Unheard Of", ["unheard of"]],
    ["", [null]],
  ];
  it.each(cases)("“%s”", (name, songs) => expect(songsOf(name)).toEqual(songs));

  it("keeps encore, tape and cover of a medley on each of its parts", () => {
    const parts = read([{ name: "Rain / Satisfaction", tape: false, encore: 1, cover: "Others" }]);
    expect(parts.map(({ name, encore, cover }) => [name, encore, cover])).toEqual([
      ["Rain", 1, "Others"],
      ["Satisfaction", 1, "Others"],
    ]);
  });
});
