/**
 * The artist's own ways, learnt show by show: a small regression on a song's record, each show moving its weights a
 * little. Begins where most artists are; what it says is one figure among others to the trees.
 */
import type { ComingShow } from "../history.ts";
import { type About, aboutShow } from "./about.ts";
import type { Stretch } from "./calendar.ts";
import type { Chances } from "./hazard.ts";
import type { Memory } from "./memory.ts";

/** Constant, three hazards, three frequencies, tour, leg, last show, the two before, turn, played in this run. */
const START = [0, 0.2, 0.5, 0.2, 0, 0, 0, 0.1, 0.1, 0, 0, 0, 0];
/** Songs less probable than this teach nothing but noise. */
const LEAST = 0.01;
const STEP = 0.05;
/** How fast weights return to the start. */
const RETURN = 0.0005;

export type Habits = { weights: Float64Array; steps: Float64Array };

export const emptyHabits = (): Habits => ({
  weights: Float64Array.from(START),
  steps: new Float64Array(START.length).fill(1),
});

function logit(chance: number): number {
  const bounded = Math.min(0.995, Math.max(0.002, chance));
  return Math.log(bounded / (1 - bounded));
}

/** Share of the shows of a tour or leg, two shows of the usual behind it. */
function shareOf({ plays, shows }: Stretch, number: number, usual: number): number {
  return ((plays.get(number) ?? 0) + usual * 2) / (shows + 2);
}

export function inputsOf(
  memory: Memory,
  about: About,
  number: number,
  [artist, own, pattern]: Chances,
): number[] {
  const song = memory.songs[number]!;
  const { decayed } = song;
  const usual = decayed[2]! / memory.weights[2]!;
  const gap = memory.shows - 1 - song.last;
  const turn = song.plays > 1 ? Math.log(((gap + 1) * (song.plays - 1)) / song.gapSum) : 0;
  return [
    1,
    logit(artist),
    logit(own),
    logit(pattern),
    logit(decayed[0]! / memory.weights[0]!),
    logit(decayed[1]! / memory.weights[1]!),
    logit(decayed[3]! / memory.weights[3]!),
    logit(shareOf(about.tour, number, usual)),
    logit(shareOf(about.leg, number, usual)),
    about.lags[0]!.has(number) ? 1 : 0,
    (about.lags[1]!.has(number) ? 1 : 0) + (about.lags[2]!.has(number) ? 1 : 0),
    Math.min(2, Math.max(-3, turn)),
    about.runPlays?.has(number) ? 1 : 0,
  ];
}

/** Log-odds. */
export function chanceByHabit({ weights }: Habits, inputs: number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * inputs[i]!;
  return sum;
}

/** Learns from the show about to be remembered. */
export function learn(memory: Memory, show: ComingShow, played: Set<number>, chances: Chances[]): void {
  if (memory.shows < 3) return;
  const about = aboutShow(memory, show);
  const { habits } = memory;
  const { weights, steps } = habits;
  const slopes = new Float64Array(weights.length);
  for (let number = 0; number < memory.songs.length; number++) {
    const hazards = chances[number]!;
    const hit = played.has(number) ? 1 : 0;
    if (hazards[1] < LEAST && !hit) continue;
    const inputs = inputsOf(memory, about, number, hazards);
    const error = hit - 1 / (1 + Math.exp(-chanceByHabit(habits, inputs)));
    for (let i = 0; i < slopes.length; i++) slopes[i]! += error * inputs[i]!;
  }
  for (let i = 0; i < slopes.length; i++) {
    steps[i]! += slopes[i]! * slopes[i]!;
    weights[i]! += (STEP * slopes[i]!) / Math.sqrt(steps[i]!) + RETURN * (START[i]! - weights[i]!);
  }
}
