import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { expectation, isAnyonesGuess, oddsWord, percent, reason } from "./odds.ts";
import type { SongFacts } from "./prediction/history.ts";

describe("percent and oddsWord", () => {
  test.each([
    [0, 1, "long shot"],
    [0.144, 14, "long shot"],
    [0.146, 15, "unlikely"],
    [0.394, 39, "unlikely"],
    [0.395, 40, "toss-up"],
    [0.64, 64, "toss-up"],
    [0.65, 65, "likely"],
    [0.894, 89, "likely"],
    [0.896, 90, "near certain"],
    [1, 99, "near certain"],
  ])("%d is %i%%, %s", (probability, figure, word) => {
    expect(percent(probability)).toBe(figure);
    expect(oddsWord(probability)).toBe(word);
  });
});

describe("reason", () => {
  const facts = (more: Partial<SongFacts>): SongFacts => ({
    window: 10,
    played: 0,
    opened: 0,
    closedMain: 0,
    closed: 0,
    inEncore: 0,
    plays: 20,
    shows: 100,
    gap: 0,
    lastPlayed: "2026-11-01",
    ...more,
  });
  test.each<[Partial<SongFacts>, string | undefined]>([
    [{ played: 10, opened: 9 }, "Opened 9 of the last 10"],
    [{ played: 10, closed: 10, inEncore: 10 }, "Closed 10 of the last 10"],
    [{ played: 10, closedMain: 8 }, "Closed the main set in 8 of the last 10"],
    [{ played: 10, inEncore: 7 }, "Played 10 of the last 10"],
    [{ played: 8, inEncore: 7 }, "In the encore 7 of the last 10"],
    [{ played: 6, opened: 4 }, "6 of the last 10"],
    [{ played: 1, gap: 5 }, "1 of the last 10"],
    [{ gap: 161, shows: 400 }, "161 shows since they last played it"],
    [{ plays: 1, gap: 12, shows: 60 }, "Once in 60 known shows, 13 shows ago"],
    [{ plays: 1, played: 1, shows: 60 }, "Once in 60 known shows, the last one"],
    [{ window: 1, shows: 1, plays: 1, played: 1 }, "Played at the one show we know"],
    [{ window: 1, shows: 1, plays: 1, played: 1, opened: 1 }, "Opened the one show we know"],
    [{ window: 1, shows: 1, plays: 1, played: 1, inEncore: 1 }, "In the encore at the one show we know"],
    [
      { window: 1, shows: 1, plays: 1, played: 1, closedMain: 1 },
      "Closed the main set in the one show we know",
    ],
    [{ window: 2, shows: 2, plays: 2, played: 2 }, "Played 2 of the last 2"],
    [{ window: 2, shows: 2, plays: 2, played: 2, opened: 1 }, "Played 2 of the last 2"],
    [{ window: 2, shows: 2, plays: 1, played: 1, gap: 1 }, "Once in 2 known shows, 2 shows ago"],
    [{ window: 0, shows: 0, plays: 0 }, undefined],
    [{ plays: 0 }, undefined],
  ])("%j: %s", (more, expected) => {
    expect(reason(facts(more))).toBe(expected);
  });

  it("never takes more than 60 characters", () => {
    const count = fc.nat(10);
    const any = fc.record({
      window: count,
      played: count,
      opened: count,
      closedMain: count,
      closed: count,
      inEncore: count,
      plays: fc.nat(99_999),
      shows: fc.nat(99_999),
      gap: fc.nat(99_999),
      lastPlayed: fc.constant("2026-11-01"),
    });
    fc.assert(fc.property(any, (some) => (reason(some) ?? "").length <= 60));
  });
});

describe("expectation", () => {
  const list = (probability: number, count: number, from = 1) =>
    Array.from({ length: count }, (_, at) => ({ probability, position: from + at }));
  test.each([
    [
      0.82,
      17,
      0.8,
      40,
      "About 14 of these 17 should be right: they keep most of their set from night to night.",
    ],
    [
      0.98,
      17,
      0.95,
      40,
      "Nearly all of these 17 should be right: they play nearly the same set every night.",
    ],
    [0.3, 20, 0.1, 40, "About 6 of these 20 should be right: they seldom play a song two nights in a row."],
    [
      0.5,
      20,
      0.45,
      40,
      "About 10 of these 20 should be right: they change much of their set from night to night.",
    ],
    [0.02, 20, undefined, 3, "Hardly any of these 20 should be right."],
    [0.9, 17, undefined, 2, "We know of 2 past shows; below 3 the odds are a simple count."],
    [0.9, 17, undefined, 1, "We know of 1 past show; below 3 the odds are a simple count."],
    [
      0.1,
      17,
      undefined,
      0,
      "No past show is known yet. Until then the list is their songs, best known first.",
    ],
  ])("%d over %i songs, repeating %d, of %i shows", (probability, count, repeatRate, shows, sentence) => {
    const songs = [...list(probability, count), ...list(0.1, 30, count + 1)];
    expect(expectation(songs, count, repeatRate, shows)).toBe(sentence);
  });

  it("is anyone's guess when under a third of the list reaches 50 %", () => {
    const songs = (sure: number) => [
      ...list(0.6, sure),
      ...list(0.2, 12 - sure, sure + 1),
      ...list(0.9, 9, 13),
    ];
    expect(isAnyonesGuess(songs(4), 12)).toBe(false);
    expect(isAnyonesGuess(songs(3), 12)).toBe(true);
    expect(isAnyonesGuess([], 0)).toBe(false);
  });
});
