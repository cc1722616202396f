/**
 * The artist's own ways, learnt show by show: a small regression on a song's record, each show moving its weights a
 * little. Begins where most artists are; what it says is one figure among others to the trees.
 */
import type { ComingShow } from "../history.ts";
import { type About, aboutShow } from "./about.ts";
import type { Stretch } from "./calendar.ts";
import { ARTIST, CHANCES, type Chances, OWN, PATTERN } from "./hazard.ts";
import type { Memory } from "./memory.ts";

/** Constant, three hazards, three frequencies, tour, leg, last show, the two before, turn, played in this run. */
const START = [0, 0.2, 0.5, 0.2, 0, 0, 0, 0.1, 0.1, 0, 0, 0, 0];
export const INPUTS = START.length;
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

/** Those that are the same whatever the coming show; zeros in the places of the others. */
export function writeStill(
  memory: Memory,
  number: number,
  chances: Chances,
  inputs: Float64Array,
  at: number,
): void {
  const song = memory.songs[number]!;
  const { decayed, lately } = song;
  const gap = memory.shows - 1 - song.last;
  const turn = song.plays > 1 ? Math.log(((gap + 1) * (song.plays - 1)) / song.gapSum) : 0;
  inputs[at] = 1;
  inputs[at + 1] = logit(chances[number * CHANCES + ARTIST]!);
  inputs[at + 2] = logit(chances[number * CHANCES + OWN]!);
  inputs[at + 3] = logit(chances[number * CHANCES + PATTERN]!);
  inputs[at + 4] = logit(decayed[0]! / memory.weights[0]!);
  inputs[at + 5] = logit(decayed[1]! / memory.weights[1]!);
  inputs[at + 6] = logit(decayed[3]! / memory.weights[3]!);
  inputs[at + 9] = lately & 1;
  inputs[at + 10] = ((lately >> 1) & 1) + ((lately >> 2) & 1);
  inputs[at + 11] = Math.min(2, Math.max(-3, turn));
}

/** Those that the coming show decides. */
export function writeTonight(
  memory: Memory,
  about: About,
  number: number,
  inputs: Float64Array,
  at: number,
): void {
  const usual = memory.songs[number]!.decayed[2]! / memory.weights[2]!;
  inputs[at + 7] = logit(shareOf(about.tour, number, usual));
  inputs[at + 8] = about.leg === about.tour ? inputs[at + 7]! : logit(shareOf(about.leg, number, usual));
  inputs[at + 12] = about.runPlays?.has(number) ? 1 : 0;
}

/** Log-odds by the inputs of a song that begin at `at`. */
export function chanceByHabit({ weights }: Habits, inputs: Float64Array, at: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * inputs[at + i]!;
  return sum;
}

/** Learns from the show about to be remembered. */
export function learn(memory: Memory, show: ComingShow, hits: Uint8Array, chances: Chances): void {
  if (memory.shows < 3) return;
  const about = aboutShow(memory, show);
  const { habits } = memory;
  const { weights, steps } = habits;
  const slopes = new Float64Array(INPUTS);
  const inputs = new Float64Array(INPUTS);
  for (let number = 0; number < memory.songs.length; number++) {
    const hit = hits[number]!;
    if (chances[number * CHANCES + OWN]! < LEAST && !hit) continue;
    writeStill(memory, number, chances, inputs, 0);
    writeTonight(memory, about, number, inputs, 0);
    const error = hit - 1 / (1 + Math.exp(-chanceByHabit(habits, inputs, 0)));
    for (let i = 0; i < slopes.length; i++) slopes[i]! += error * inputs[i]!;
  }
  for (let i = 0; i < slopes.length; i++) {
    steps[i]! += slopes[i]! * slopes[i]!;
    weights[i]! += (STEP * slopes[i]!) / Math.sqrt(steps[i]!) + RETURN * (START[i]! - weights[i]!);
  }
}
