import { describe, expect, test } from "vitest";
import { type Accuracy, type Actual, headlineOf, resultOf, type Scored } from "./result";

type Entry = Actual["songs"][number];
const entry = (position: number, title: string, rest: Partial<Entry> = {}): Entry => ({
  position,
  title,
  songId: title,
  setlistSongId: `row ${title}`,
  setName: null,
  encore: null,
  tape: false,
  cover: null,
  again: false,
  probability: 0.5,
  votes: 0,
  inList: false,
  mine: false,
  ...rest,
});
const listed = (title: string, rest: Partial<Scored[number]> = {}): Scored[number] => ({
  songId: title,
  title,
  setlistSongId: `row ${title}`,
  probability: 0.6,
  votes: 0,
  played: false,
  isEncore: false,
  inList: true,
  mine: false,
  ...rest,
});
const score = (hits: number, named = 4, played = 4, brier = 0.5) => ({ hits, named, played, brier });
const accuracy: Accuracy = {
  machine: score(3),
  fans: { ...score(2), voters: 20 },
  you: { ...score(1, 2), machineHits: 2 },
  lastShow: score(1),
  lastTen: score(2),
};
const actual: Actual = {
  songs: [
    entry(1, "Walk-on", { tape: true, probability: null }),
    entry(2, "Gravel", { probability: 0.97, inList: true, mine: true, votes: 18 }),
    entry(3, "Undertow", { probability: 0.09, votes: 5 }),
    entry(4, "Gravel", { again: true, probability: 0.97, inList: true }),
    entry(5, "", { songId: null, setlistSongId: null, probability: null }),
    entry(6, "The Tide Tables", { probability: 0, setlistSongId: null }),
    entry(7, "Low Water", { encore: 1, probability: 0.7, inList: true }),
  ],
  source: "setlistfm",
  url: "https://www.setlist.fm/setlist/x",
  played: 4,
  settled: false,
  scoredAt: new Date("2026-11-28T11:00:00Z"),
  told: true,
};
const scored = [
  listed("Gravel", { played: true, probability: 0.97, votes: 18 }),
  listed("Low Water", { played: true, probability: 0.7 }),
  listed("Piano", { probability: 0.61, mine: true, votes: 10 }),
  listed("Undertow", { played: true, inList: false, probability: 0.09 }),
];
const setlist = {
  songs: [{ setlistSongId: "row Piano", myWish: true }],
} as Parameters<typeof resultOf>[0]["setlist"];
const now = new Date("2026-11-28T12:00:00Z");
const told = resultOf({ actual, accuracy, scored, setlist, now });

describe("a result", () => {
  test.each<[string, Partial<Accuracy>, string]>([
    ["all three", {}, "The machine had 3 of 4, fans 2, you 1"],
    ["nobody voted", { fans: undefined, you: undefined }, "The machine had 3 of 4"],
    ["a full ballot", { you: { ...score(2), machineHits: 3 } }, "The machine had 3 of 4, fans 2, you 2"],
    ["nothing was foretold", { machine: undefined }, "They played 4 songs"],
  ])("says in a sentence who had how many: %s", (_, rest, said) => {
    expect(headlineOf({ ...accuracy, ...rest }, 4)).toBe(said);
  });

  test("says in a sentence what came of our list", () => {
    expect(told.about).toBe(
      "They played 4 songs: of the 3 likeliest on our list 2, and 2 songs that were not among them.",
    );
    const late = resultOf({ actual, accuracy: { ...accuracy, machine: undefined }, scored, setlist, now });
    expect(late.about).toBe("We gave no odds before it began, so there is nothing to mark.");
  });

  test("tells hits, surprises and what does not count, in the order played; the encore apart", () => {
    expect(told.parts.map(({ name }) => name)).toEqual(["", "Encore"]);
    expect(
      told.parts.flatMap(({ rows }) => rows).map(({ title, kind, place }) => [title, kind, place]),
    ).toEqual([
      ["Walk-on", "uncounted", undefined],
      ["Gravel", "hit", 1],
      ["Undertow", "surprise", 2],
      ["Gravel", "uncounted", undefined],
      ["Unnamed", "uncounted", undefined],
      ["The Tide Tables", "surprise", 3],
      ["Low Water", "hit", 4],
    ]);
    const said = (n: number) => told.parts[0]!.rows[n]!.said;
    expect(said(0)).toBe("From tape, not counted");
    expect(said(1)).toBe("we said 97%, fans 90%, you too");
    expect(said(3)).toBe("Once more, counted once");
    expect(said(5)).toBe("not on anybody’s list before");
  });

  test("names what did not come, with one's own picks and wishes", () => {
    expect(told.missed).toMatchObject([
      { title: "Piano", said: "we said 61%, fans 50%, you named it", mine: true, wished: true },
    ]);
  });

  test("sets a short ballot beside as many of the machine's names", () => {
    expect(told.scores[0]).toMatchObject({
      who: "You",
      hits: 1,
      of: 4,
      note: "2 named; the machine’s first 2 had 2",
      mine: true,
    });
    expect(told.scores.map(({ who }) => who)).toHaveLength(5);
  });

  test("without the right to tell the text, shows what came of our own list, the likeliest first", () => {
    const { parts, chart } = resultOf({
      actual: { ...actual, songs: [], told: false },
      accuracy,
      scored,
      setlist,
      now,
    });
    expect(parts[0]!.rows.map(({ title, place }) => [title, place])).toEqual([
      ["Gravel", undefined],
      ["Low Water", undefined],
      ["Undertow", undefined],
    ]);
    expect(chart.bars).toHaveLength(4);
  });
});
