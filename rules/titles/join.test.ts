import { expect, test } from "vitest";
import { joinTitles } from "./join.ts";
import { matchCatalogue } from "./match.ts";

const known = [
  { id: "1", title: "Rain Song", titleKey: "the rain" },
  { id: "2", title: "Light", titleKey: "light" },
];
const songs = [
  { key: "the rain", title: "The Rain" },
  { key: "rain song", title: "Rain Song" },
  { key: "light", title: "Light" },
];

test("titles of one row are one song, under the title that the row bears", () => {
  const aliases = [{ titleKey: "rain song", songId: "1" }];
  expect([...joinTitles(songs, known, aliases)]).toEqual([["the rain", "rain song"]]);
});

test("nothing is joined that nobody joined", () => {
  expect(joinTitles(songs, known, []).size).toBe(0);
});

test("a song that an administrator set apart is not joined again by its likeness", () => {
  const catalogue = [{ key: "i can t get no satisfaction", title: "(I Can't Get No) Satisfaction" }];
  const apart = [
    { id: "1", title: "(I Can't Get No) Satisfaction", titleKey: "i can t get no satisfaction" },
    { id: "2", title: "Satisfaction", titleKey: "satisfaction" },
  ];
  expect(matchCatalogue(catalogue, apart).merges).toEqual([{ from: "2", into: "1" }]);
  const alias = { titleKey: "satisfaction", songId: "2", byAdmin: true };
  const matched = matchCatalogue(catalogue, apart, [alias]);
  expect(matched.merges).toEqual([]);
  expect([...matched.rows]).toEqual([["i can t get no satisfaction", "1"]]);
});
