/**
 * The artist's own ways, learnt show by show: a small regression on a song's record, each show moving its weights a
 * little. Begins where most artists are; what it says is one figure among others to the trees.
 */
import type { ComingShow } from "../history.ts";
import { type About, aboutShow } from "./about.ts";
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

const logit = (chance: number) => {
  const bounded = Math.min(0.995, Math.max(0.002, chance));
  return Math.log(bounded / (1 - bounded));
};

export function inputsOf(
  memory: Memory,
  about: About,
  number: number,
  [artist, own, pattern]: Chances,
): number[] {
  const song = memory.songs[number]!;
  const frequency = (half: number) => song.decayed[half]! / memory.weights[half]!;
  const usual = frequency(2);
  const on = ({ plays, shows }: About["leg"]) => ((plays.get(number) ?? 0) + usual * 2) / (shows + 2);
  const gap = memory.shows - 1 - song.last;
  const has = (lag: number) => (about.lags[lag]!.has(number) ? 1 : 0);
  const turn = song.plays > 1 ? Math.log(((gap + 1) * (song.plays - 1)) / song.gapSum) : 0;
  return [
    1,
    logit(artist),
    logit(own),
    logit(pattern),
    logit(frequency(0)),
    logit(frequency(1)),
    logit(frequency(3)),
    logit(on(about.tour)),
    logit(on(about.leg)),
    has(0),
    has(1) + has(2),
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
