import { describe, expect, it, test } from "vitest";
import { judgeShow, playedSongs, type ShowFacts } from "./judge.ts";
import { type Forecast, fansForecast, rivalForecasts, scoreOf, yesForecast } from "./score.ts";

const names = (songs: string) => songs.split("");
const played = (songs: string) => new Set(names(songs));
const odds = (...pairs: [string, number][]): Forecast =>
  pairs.map(([songId, probability]) => ({ songId, probability }));

describe("scoreOf", () => {
  const cases: [
    what: string,
    songs: string,
    forecast: Forecast,
    hits: number,
    named: number,
    brier: number,
  ][] = [
    ["all right and sure", "abc", yesForecast(names("abc")), 3, 3, 0],
    ["all wrong and sure", "abc", yesForecast(names("xyz")), 0, 3, 2],
    ["nothing said", "abc", [], 0, 0, 1],
    ["one of three, right", "abc", yesForecast(names("a")), 1, 1, 2 / 3],
    ["one of three, wrong", "abc", yesForecast(names("x")), 0, 1, 4 / 3],
    // Only the first two names count; the third is still an error.
    ["more names than songs", "ab", yesForecast(names("axb")), 1, 2, 1 / 2],
    ["half sure of everything", "ab", odds(["a", 0.5], ["b", 0.5], ["x", 0.5]), 2, 2, 0.75 / 2],
    ["sure of one, one out of nowhere", "ab", odds(["a", 0.9], ["x", 0.2]), 1, 2, (0.01 + 0.04 + 1) / 2],
  ];
  it.each(cases)("%s", (_what, songs, forecast, hits, named, brier) => {
    const score = scoreOf(played(songs), forecast);
    expect(score).toMatchObject({ hits, named, played: songs.length });
    expect(score.brier).toBeCloseTo(brier, 12);
  });

  test("no odds are better, on average, than what one believes", () => {
    for (const belief of [0, 0.1, 0.35, 0.5, 0.8, 1]) {
      const expected = (said: number) =>
        belief * scoreOf(played("ab"), odds(["a", said], ["b", 1])).brier +
        (1 - belief) * scoreOf(played("bc"), odds(["a", said], ["b", 1], ["c", 1])).brier;
      const honest = expected(belief);
      for (let said = 0; said <= 1; said += 0.05) expect(honest).toBeLessThanOrEqual(expected(said) + 1e-12);
    }
  });

  test("a yes pays for what one thinks likelier than not, and for nothing else", () => {
    for (const belief of [0.1, 0.3, 0.49, 0.51, 0.7, 0.9]) {
      const expected = (songs: string) =>
        belief * scoreOf(played("ab"), yesForecast(names(songs))).brier * 2 +
        (1 - belief) * scoreOf(played("b"), yesForecast(names(songs))).brier;
      expect(expected("ab") < expected("b")).toBe(belief > 0.5);
    }
  });
});

describe("the crowd", () => {
  const said = [
    { songId: "b", votes: 3, firstAt: 9 },
    { songId: "a", votes: 3, firstAt: 4 },
    { songId: "c", votes: 5, firstAt: 7 },
    { songId: "d", votes: 0, firstAt: 1 },
  ];
  it("gives a song the share of its voters, and names first what was named first", () => {
    expect(fansForecast(said, 5)).toEqual(odds(["c", 1], ["a", 0.6], ["b", 0.6]));
  });
  it("is none below five", () => {
    expect(fansForecast(said, 4)).toBeUndefined();
  });
});

describe("the rivals", () => {
  it("play the last show again, or what was played at the most of the last ten, latest first", () => {
    const history = [names("abc"), names("cda"), ...Array.from({ length: 9 }, () => names("ce"))];
    expect(rivalForecasts(history)).toEqual({
      lastShow: odds(["a", 1], ["b", 1], ["c", 1]),
      lastTen: odds(["c", 1], ["e", 0.8], ["a", 0.2], ["b", 0.1], ["d", 0.1]),
    });
  });
  it("are none without a show before", () => {
    expect(rivalForecasts([])).toBeUndefined();
  });
});

describe("what counts as played", () => {
  const entry = (songId: string | null, encore: number | null = null, tape = false) => ({
    songId,
    encore,
    tape,
  });
  it("is each song once, without tapes and songs nobody knew", () => {
    const songs = playedSongs([entry("t", null, true), entry("a"), entry(null), entry("b"), entry("a", 1)]);
    expect([...songs]).toEqual([
      ["a", { isEncore: true }],
      ["b", { isEncore: false }],
    ]);
  });
  it("is no encore where all of it is", () => {
    expect([...playedSongs([entry("a", 1), entry("b", 1)]).values()]).toEqual([
      { isEncore: false },
      { isEncore: false },
    ]);
  });
});

describe("judgeShow", () => {
  const facts: ShowFacts = {
    entries: ["a", "b", "n"].map((songId) => ({ songId, tape: false, encore: songId === "n" ? 1 : null })),
    odds: [
      { songId: "a", setlistSongId: "row a", probability: 0.9 },
      { songId: "x", setlistSongId: "row x", probability: 0.6 },
      { songId: "b", setlistSongId: "row b", probability: 0.5 },
      { songId: "y", setlistSongId: "row y", probability: 0.1 },
      { songId: "s", setlistSongId: "row s", probability: 0 },
    ],
    said: [{ songId: "s", votes: 1, firstAt: 1 }],
    voters: 1,
    history: [names("ax")],
  };
  it("says of every song how it turned out, and scores who said something", () => {
    const verdict = judgeShow(facts)!;
    const row = (songId: string) => verdict.songs.find((song) => song.songId === songId);
    expect(verdict.songs.map(({ songId }) => songId).sort()).toEqual(names("abnsxy"));
    expect(row("n")).toEqual({
      ...{ songId: "n", setlistSongId: null, probability: 0, played: true, named: false, isEncore: true },
      ...{ votes: 0, lastShow: 0, lastTen: 0 },
    });
    expect(row("s")).toMatchObject({ setlistSongId: "row s", votes: 1, played: false, named: false });
    expect(row("x")).toMatchObject({ named: true, played: false, lastShow: 1, lastTen: 1 });
    expect(verdict.scores.map(({ scorer, hits, named }) => [scorer, hits, named])).toEqual([
      ["machine", 2, 3],
      ["last-show", 1, 2],
      ["last-ten", 1, 2],
    ]);
    expect(verdict.scores[0]!.brier).toBeCloseTo((0.01 + 0.36 + 0.25 + 0.01 + 1) / 3, 12);
  });
  it("has no machine where nothing was predicted, and nothing where nothing was played", () => {
    expect(judgeShow({ ...facts, odds: null })!.scores.map(({ scorer }) => scorer)).toEqual([
      "last-show",
      "last-ten",
    ]);
    expect(judgeShow({ ...facts, entries: [{ songId: "t", tape: true, encore: null }] })).toBeUndefined();
  });
});
