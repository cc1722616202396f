import { describe, expect, it } from "vitest";
import { orderOf, sheetOf } from "./sheet";

const facts = {
  window: 10,
  played: 8,
  opened: 0,
  closedMain: 0,
  closed: 0,
  inEncore: 0,
  plays: 30,
  shows: 40,
  gap: 0,
  span: 39,
  firstPlayed: "2026-01-03",
  lastPlayed: "2026-11-22",
};
const setlist = (probabilities: number[], expectedSongs: number, encore: number[] = []) => ({
  basis: "history" as const,
  model: "m",
  expectedSongs,
  showsKnown: 40,
  repeatRate: 0.8,
  madeAt: new Date(),
  votingOpen: true,
  closesAt: null,
  fans: 9,
  left: { expect: { used: 0, most: 25 as const }, wish: { used: 0, most: 5 as const } },
  songs: probabilities.map((probability, i) => ({
    setlistSongId: `id${i}`,
    songId: `song${i}`,
    title: `Song ${i + 1}`,
    position: i + 1,
    isEncore: encore.includes(i + 1),
    probability,
    facts,
    votes: 0,
    wishes: 0,
    myVote: false,
    myWish: false,
    suggested: false,
    mySuggestion: false,
    hidden: false,
  })),
});
const titles = (sheet: ReturnType<typeof sheetOf>) =>
  Object.fromEntries(
    sheet.parts.map((part) => [part.name, part.rows.map((row) => row.title.slice(5)).join(" ")]),
  );

describe("sheetOf", () => {
  it("keeps the running order: set, encore, and in the wings what is not in the list", () => {
    const sheet = sheetOf(setlist([0.9, 0.6, 0.97, 0.95, 0.2], 4, [4]), "running");
    expect(titles(sheet)).toEqual({ set: "1 2 3", encore: "4", wings: "5" });
  });

  it("ranks by odds when asked, without an encore", () => {
    const sheet = sheetOf(setlist([0.9, 0.6, 0.97, 0.95, 0.2], 4, [4]), "likely");
    expect(titles(sheet)).toEqual({ set: "3 4 1 2", wings: "5" });
  });

  it("ranks by wishes when asked, and by odds where they are as many, without any part", () => {
    const wanted = setlist([0.9, 0.6, 0.97, 0.95, 0.2], 4, [4]);
    wanted.songs[4]!.wishes = 3;
    wanted.songs[1]!.wishes = 7;
    expect(titles(sheetOf(wanted, "wanted"))).toEqual({ set: "2 5 3 4 1" });
  });

  it("ranks by rarity when asked: few plays, long away, and says them in place of the reason", () => {
    const rare = setlist([0.9, 0.6, 0.97], 3);
    const of = (at: number, more: object) => (rare.songs[at]!.facts = { ...facts, ...more });
    of(0, { plays: 3, gap: 4 });
    of(1, { plays: 3, gap: 9 });
    const url = "https://www.setlist.fm/setlist/x.html";
    const sheet = sheetOf(rare, "rarest", new Map([["id1", url]]));
    expect(titles(sheet)).toEqual({ set: "2 1 3" });
    const [first, second] = sheet.parts[0]!.rows;
    expect(first).toMatchObject({ past: { last: "22 Nov 2026", url } });
    expect(first).not.toHaveProperty("why");
    expect(second!.past).not.toHaveProperty("url");
  });

  it("names length, opener and encore, and how many should be right", () => {
    const sheet = sheetOf(setlist([0.9, 0.6, 0.97, 0.95, 0.2], 4, [4]), "likely");
    expect(sheet.shape).toEqual({ songs: 4, opener: "Song 1", encore: 1 });
    expect(sheet.trust).toEqual({ right: 3, of: 4 });
    expect(sheetOf({ ...setlist([0.9], 1), showsKnown: 2 }, "running")).not.toHaveProperty("trust");
    expect(sheetOf({ ...setlist([0.9], 1), basis: "catalogue" }, "running")).not.toHaveProperty("shape");
  });

  it("pretends no running order for a band that never repeats itself", () => {
    const sheet = sheetOf(setlist([0.2, 0.1, 0.38, 0.05], 3), "running");
    expect(sheet).toMatchObject({ guess: true, order: "likely" });
    expect(titles(sheet)).toEqual({ set: "3 1 2", wings: "4" });
    expect(sheetOf(setlist([0.2, 0.1, 0.38, 0.05], 3), "wanted").order).toBe("wanted");
  });

  it.each([
    ["popularity", /follow how popular each song is, not what was played/],
    ["catalogue", /follow the order of their records, not what was played/],
  ] as const)("made from %s it pretends no order and says so", (basis, words) => {
    const sheet = sheetOf({ ...setlist([0.9, 0.8, 0.7], 3), basis, showsKnown: 0 }, "running");
    expect(sheet).toMatchObject({ guess: true, caveat: expect.stringMatching(words) });
    expect(sheet.expectation).toMatch(/^No past show is known yet/);
  });

  it("says odds in a figure and a reason, and leaves out what is usual", () => {
    const list = setlist([0.84], 1);
    const row = { id: "id0", title: "Song 1", percent: 84, why: "8 of the last 10", votes: 4, wishes: 0 };
    Object.assign(list.songs[0]!, { votes: 4, myVote: true });
    expect(sheetOf(list, "running").parts[0]!.rows).toEqual([{ ...row, myVote: true }]);
  });
});

it.each([
  [null, "running"],
  ["likely", "likely"],
  ["wanted", "wanted"],
  ["rarest", "rarest"],
  ["title", "running"],
] as const)("?order=%s is %s", (asked, order) => expect(orderOf(asked)).toBe(order));
