/**
 * The fitted model: three small forests in model.json (bin/fit.ts makes it), one for what is played, one for what
 * opens, one for the encore. Fitted over many artists together; of a single artist it knows what the features count.
 */
import { expectedLength } from "./features/about.ts";
import { type End, usualEncore } from "./features/endings.ts";
import { CANDIDATES, END_FEATURES, END_TONIGHT, END_WIDTH, endFeatures } from "./features/ends.ts";
import { FEATURES, featuresOf, isResting, TONIGHT, WIDTH } from "./features/index.ts";
import type { Memory } from "./features/memory.ts";
import { standingOf } from "./features/standing.ts";
import type { ComingShow } from "./history.ts";
import stored from "./model.json";
import { bounded, type Odds, shifted, shiftToLength } from "./odds.ts";
import { type Forest, logOddsAgain, noAnswers, readForest, type StoredForest } from "./trees.ts";

/** Kept with each setlist; a new version for every change that changes a prediction. */
export const MODEL = "trees-1";
/** Half of the way to the usual length: the whole of it trusts the length too much, as short sets come in runs. */
const TO_LENGTH = 0.5;
/** Log-odds of a song that has rested so long that hardly one comes back. */
const AT_REST = -7.6;
/** Beyond the usual encore so many more are named, for the night it is longer. */
const MORE_ENCORE = 2;

export type Weighed = {
  /** songs to expect, unrounded */
  length: number;
  /** most probable first */
  odds: Odds[];
  /** undefined where nothing tells */
  opener: string | undefined;
  /** most probable first; empty where the last shows have no encore marked, undefined where nothing tells */
  encore: string[] | undefined;
};

const forests = {
  songs: read(stored.songs, FEATURES),
  opener: read(stored.opener, END_FEATURES),
  encore: read(stored.encore, END_FEATURES),
};

function read(forest: StoredForest, columns: readonly string[]): Forest {
  if (forest.columns.join() !== columns.join())
    throw new Error("model.json was fitted on other features; fit it again (bin/fit.ts)");
  return readForest(forest);
}

/** The odds at a coming show, of an artist of whom some shows are remembered. */
export function weigh(memory: Memory, show: ComingShow): Weighed {
  const rows = featuresOf(memory, show);
  const answers = (standingOf(memory).answers.songs ??= noAnswers(memory.songs.length, TONIGHT, WIDTH));
  const scores = memory.songs.map((_, number) =>
    isResting(memory, number) ? AT_REST : logOddsAgain(forests.songs, answers, number, rows, number * WIDTH),
  );
  const order = byScore(scores, memory);
  const unshifted = order.map((number) => ({
    key: memory.songs[number]!.key,
    probability: bounded(1 / (1 + Math.exp(-scores[number]!))),
  }));
  const length = expectedLength(memory, show);
  const shift = TO_LENGTH * shiftToLength(unshifted, length);
  const odds = unshifted.map(({ key, probability }) => ({
    key,
    probability: bounded(shifted(probability, shift)),
  }));
  const candidates = order.slice(0, CANDIDATES);
  const chances = candidates.map((number) => scores[number]!);
  const ranked = (end: End) => rankEnds(memory, show, end, candidates, chances);
  const encores = usualEncore(memory);
  return {
    length,
    odds,
    opener: ranked("opener")[0],
    encore: encores === 0 ? [] : ranked("encore").slice(0, Math.round(encores) + MORE_ENCORE),
  };
}

function rankEnds(
  memory: Memory,
  show: ComingShow,
  end: End,
  candidates: number[],
  chances: number[],
): string[] {
  const rows = endFeatures(memory, show, end, candidates, chances);
  const { answers } = standingOf(memory);
  const known = (answers[end] ??= noAnswers(memory.songs.length, END_TONIGHT, END_WIDTH));
  const scores = candidates.map((number, at) =>
    logOddsAgain(forests[end], known, number, rows, at * END_WIDTH),
  );
  return candidates
    .map((number, at) => ({ key: memory.songs[number]!.key, score: scores[at]! }))
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    .map(({ key }) => key);
}

function byScore(scores: number[], { songs }: Memory): number[] {
  return songs
    .map((_, number) => number)
    .sort((a, b) => scores[b]! - scores[a]! || (songs[a]!.key < songs[b]!.key ? -1 : 1));
}
