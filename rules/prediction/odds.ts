/** Chances: as a plain count where little is known, and how they are brought in line with the usual length. */
import type { Tally } from "./tally.ts";

/** Nothing is certain: neither that a song comes nor that it does not. */
const LEAST = 0.0005;
const MOST = 0.995;

export type Odds = { key: string; probability: number };

/** Of very few shows: how many of them each song was in. Most probable first, ties by key. */
export function countedOdds(tally: Tally): Odds[] {
  return [...tally.songs]
    .map(([key, { plays }]) => ({ key, probability: Math.min(0.99, plays / tally.shows) }))
    .sort((a, b) => b.probability - a.probability || (a.key < b.key ? -1 : 1));
}

/** What has to be added to all log-odds to make the probabilities add up to the usual length. */
export function shiftToLength(odds: Odds[], length: number): number {
  // Twenty halvings of this range are finer than a per cent of a per cent.
  let [low, high] = [-4, 4];
  for (let step = 0; step < 20; step++) {
    const middle = (low + high) / 2;
    const factor = Math.exp(middle);
    let sum = 0;
    for (const { probability: p } of odds) sum += (p * factor) / (1 - p + p * factor);
    if (sum < length) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A probability whose log-odds are moved by `shift`. */
export function shifted(probability: number, shift: number): number {
  const odds = (probability / (1 - probability)) * Math.exp(shift);
  return odds / (1 + odds);
}

export function bounded(probability: number): number {
  return Math.min(MOST, Math.max(LEAST, probability));
}
