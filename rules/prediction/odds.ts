/** How probable each song is at the next show. */
import { frequencies, repeatRate, usualLength, type Tally } from "./tally.ts";

/** Below this many shows there is nothing to weigh: the odds are a simple count. */
const COUNT_ONLY = 3;
/**
 * Around this share of repeated songs a set begins to stay from night to night and the short memory takes over. The
 * width of the passage, and every figure below, is what predicted best walking forward through many artists' shows.
 */
const REPEATS = 0.5;
const PASSAGE = 0.1;
/** Weight of the rotation in log-odds, and the bounds of what it may say. */
const ROTATION = 0.8;
const [JUST_PLAYED, OVERDUE] = [-2, 0.3];
/** How much of the way to the usual length; the whole of it trusts the length too much, as short sets come in runs. */
const TO_LENGTH = 0.75;
/** Nothing is certain: neither that a song comes nor that it does not. */
const LEAST = 0.001;
const MOST = 0.99;

export type Odds = { key: string; probability: number };

/** Every song ever played with its chance to be played next, most probable first, ties by key. */
export function songOdds(tally: Tally): Odds[] {
  const odds = tally.shows < COUNT_ONLY ? counted(tally) : weighed(tally);
  return odds.sort((a, b) => b.probability - a.probability || (a.key < b.key ? -1 : 1));
}

function counted(tally: Tally): Odds[] {
  return [...tally.songs].map(([key, { plays }]) => ({ key, probability: bounded(plays / tally.shows) }));
}

function weighed(tally: Tally): Odds[] {
  const stays = 1 / (1 + Math.exp((REPEATS - (repeatRate(tally) ?? 0)) / PASSAGE));
  const odds = [...tally.songs].map(([key, song]) => {
    const { fast, slow, gap } = frequencies(tally, song);
    // Who changes the set seldom plays a song again before its turn: its gap over its usual gap says when that is.
    const turn = Math.min(OVERDUE, Math.max(JUST_PLAYED, Math.log((gap + 1) * slow)));
    const frequency = bounded(stays * fast + (1 - stays) * slow);
    return { key, probability: bounded(shifted(frequency, ROTATION * (1 - stays) * turn)) };
  });
  const shift = TO_LENGTH * shiftToLength(odds, usualLength(tally));
  return odds.map(({ key, probability }) => ({ key, probability: bounded(shifted(probability, shift)) }));
}

/** What has to be added to all log-odds to make the probabilities add up to the usual length. */
function shiftToLength(odds: Odds[], length: number): number {
  // Twenty halvings of this range are finer than a per cent of a per cent.
  let [low, high] = [-4, 4];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    const sum = odds.reduce((total, { probability }) => total + shifted(probability, middle), 0);
    if (sum < length) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A probability whose log-odds are moved by `shift`. */
function shifted(probability: number, shift: number): number {
  const odds = (probability / (1 - probability)) * Math.exp(shift);
  return odds / (1 + odds);
}

function bounded(probability: number): number {
  return Math.min(MOST, Math.max(LEAST, probability));
}
