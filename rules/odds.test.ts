import { describe, expect, it, test } from "vitest";
import { expectation, isAnyonesGuess, oddsWord, percent } from "./odds.ts";

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
