/** How probable each song is at the next show. */
import { frequencies, repeatRate, usualLength, type Tally } from "./tally.ts";

/** Below this many shows there is nothing to weigh: the odds are a simple count. */
const COUNT_ONLY = 3;
/** From this share of repeated songs on a set stays from night to night, and the short memory speaks. */
const REPEATS = 0.6;
/** How wide the passage from one memory to the other is. */
const PASSAGE = 0.05;
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
  const short = 1 / (1 + Math.exp((REPEATS - (repeatRate(tally) ?? 0)) / PASSAGE));
  const odds = [...tally.songs].map(([key, song]) => {
    const { fast, slow } = frequencies(tally, song);
    return { key, probability: bounded(short * fast + (1 - short) * slow) };
  });
  const shift = halfShift(
    odds.map(({ probability }) => probability),
    usualLength(tally),
  );
  return odds.map(({ key, probability }) => ({ key, probability: bounded(shifted(probability, shift)) }));
}

/**
 * Half of what has to be added to all log-odds to make the probabilities add up to the usual length. The whole of it
 * would trust the length too much: short sets come in runs.
 */
function halfShift(probabilities: number[], length: number): number {
  let [low, high] = [-4, 4];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    const sum = probabilities.reduce((total, probability) => total + shifted(probability, middle), 0);
    if (sum < length) low = middle;
    else high = middle;
  }
  return (low + high) / 4;
}

function shifted(probability: number, shift: number): number {
  const odds = (probability / (1 - probability)) * Math.exp(shift);
  return odds / (1 + odds);
}

function bounded(probability: number): number {
  return Math.min(MOST, Math.max(LEAST, probability));
}
