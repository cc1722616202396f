import { expect, test } from "vitest";
import type { SongFacts } from "#rules/prediction/history";
import { pastOf } from "./rarity";

const facts = (more: Partial<SongFacts>): SongFacts => ({
  window: 10,
  played: 0,
  opened: 0,
  closedMain: 0,
  closed: 0,
  inEncore: 0,
  plays: 12,
  shows: 1412,
  gap: 1203,
  span: 99,
  firstPlayed: "1999-05-03",
  lastPlayed: "2003-11-12",
  ...more,
});
const url = "https://www.setlist.fm/setlist/x.html";

test.each([
  [
    {},
    url,
    {
      words: "12 plays in 1,412 known shows; first 3 May 1999, last 1,204 shows ago,",
      last: "12 Nov 2003",
      url,
    },
  ],
  [
    { gap: 0 },
    undefined,
    {
      words: "12 plays in 1,412 known shows; first 3 May 1999, last at their latest show,",
      last: "12 Nov 2003",
    },
  ],
  [
    { plays: 1, shows: 1, gap: 0 },
    undefined,
    { words: "1 play in 1 known show; at their latest show,", last: "12 Nov 2003" },
  ],
  [
    { plays: 1, gap: 3 },
    undefined,
    { words: "1 play in 1,412 known shows; 4 shows ago,", last: "12 Nov 2003" },
  ],
  [{ plays: 0 }, url, undefined],
])("%j", (more, link, expected) => {
  expect(pastOf(facts(more), link)).toEqual(expected);
});

test("a song that was suggested has no past we know of", () => {
  expect(pastOf({} as SongFacts, undefined)).toBeUndefined();
});
