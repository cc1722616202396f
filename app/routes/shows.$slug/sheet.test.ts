import { describe, expect, it } from "vitest";
import { sheetOf } from "./sheet";

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
  songs: probabilities.map((probability, i) => ({
    setlistSongId: `id${i}`,
    songId: `song${i}`,
    title: `Song ${i + 1}`,
    position: i + 1,
    isEncore: encore.includes(i + 1),
    probability,
    facts,
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
    expect(sheet.parts.flatMap((part) => part.rows.map((row) => row.rank))).toEqual([1, 2, 3, 4, 5]);
  });

  it("ranks by odds when asked, without an encore", () => {
    const sheet = sheetOf(setlist([0.9, 0.6, 0.97, 0.95, 0.2], 4, [4]), "likely");
    expect(titles(sheet)).toEqual({ set: "3 4 1 2", wings: "5" });
  });

  it("pretends no running order for a band that never repeats itself", () => {
    const sheet = sheetOf(setlist([0.2, 0.1, 0.38, 0.05], 3), "running");
    expect(sheet).toMatchObject({ guess: true, order: "likely" });
    expect(titles(sheet)).toEqual({ set: "3 1 2", wings: "4" });
  });

  it.each([
    ["popularity", /follow how popular each song is, not what was played/],
    ["catalogue", /follow the order of their records, not what was played/],
  ] as const)("made from %s it pretends no order and says so", (basis, words) => {
    const sheet = sheetOf({ ...setlist([0.9, 0.8, 0.7], 3), basis, showsKnown: 0 }, "running");
    expect(sheet).toMatchObject({ guess: true, caveat: expect.stringMatching(words) });
    expect(sheet.expectation).toMatch(/^No past show is known yet/);
  });

  it("says odds in a figure, a word and a reason", () => {
    const [row] = sheetOf(setlist([0.84], 1), "running").parts[0]!.rows;
    expect(row).toEqual({
      id: "id0",
      rank: 1,
      title: "Song 1",
      percent: 84,
      word: "likely",
      why: "8 of the last 10",
    });
  });
});
