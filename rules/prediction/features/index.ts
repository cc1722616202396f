/**
 * What the model looks at: for every song played before, figures from strictly earlier shows and from the coming
 * show's date, tour and venue. What the coming show does not change is worked out once (standing.ts).
 */
import type { ComingShow } from "../history.ts";
import { type About, aboutShow } from "./about.ts";
import type { Stretch } from "./calendar.ts";
import { SHOW_FEATURES, TONIGHT, WIDTH } from "./columns.ts";
import { chanceByHabit, INPUTS, writeTonight } from "./habits.ts";
import { type Memory, NIGHTS } from "./memory.ts";
import { standingOf } from "./standing.ts";

export { FEATURES, TONIGHT, WIDTH } from "./columns.ts";

const SONG = TONIGHT + SHOW_FEATURES.length;

/** Whether a song has rested so long that hardly one in a thousand comes back: nothing is worked out for it. */
export function isResting(memory: Memory, number: number): boolean {
  return standingOf(memory).resting[number] === 1;
}

/** One row of WIDTH figures a song, in the order of `memory.songs`; empty for those that rest. */
export function featuresOf(memory: Memory, show: ComingShow): Float32Array {
  if (memory.shows === 0) return new Float32Array(0);
  const { rows: still, resting, inputs } = standingOf(memory);
  const rows = still.slice();
  const about = aboutShow(memory, show);
  const head = showFigures(memory, about);
  for (let number = 0; number < resting.length; number++) {
    if (resting[number]) continue;
    rows.set(head, number * WIDTH + TONIGHT);
    writeSong(memory, about, number, inputs, rows, number * WIDTH + SONG);
  }
  return rows;
}

/** In the order of SHOW_FEATURES. */
function showFigures(memory: Memory, about: About): number[] {
  return [
    Math.min(about.days, 1500),
    about.tour.shows,
    about.leg.shows,
    about.night,
    about.sameTour,
    about.tourLength / about.length,
    about.kindLength / about.length,
    Math.min(memory.kindWeights[about.kind]!, 17),
  ];
}

/** Writes the figures of TONIGHT_FEATURES, in their order. */
function writeSong(
  memory: Memory,
  about: About,
  number: number,
  inputs: Float64Array,
  rows: Float32Array,
  at: number,
): void {
  const song = memory.songs[number]!;
  const frequency = song.decayed[2]! / memory.weights[2]!;
  const { tour, leg, legBefore, runPlays, before, kind } = about;
  const night = Math.min(about.night, NIGHTS - 1);
  const monthly = about.month < 0 ? 0 : memory.months[about.month]!;
  rows[at] = Math.min(about.day - song.lastDay, 4000);
  rows[at + 1] = shareOn(tour, number, frequency, 1);
  rows[at + 2] = tour.shows === 0 ? -1 : (tour.plays.get(number) ?? 0);
  rows[at + 3] = leg === tour ? rows[at + 1]! : shareOn(leg, number, frequency, 1);
  rows[at + 4] = leg === tour ? rows[at + 2]! : leg.shows === 0 ? -1 : (leg.plays.get(number) ?? 0);
  rows[at + 5] = legBefore.shows === 0 ? -1 : shareOn(legBefore, number, frequency, 0.5);
  rows[at + 6] = runPlays === undefined ? -1 : runPlays.has(number) ? 1 : 0;
  rows[at + 7] = runPlays === undefined ? -1 : (runPlays.get(number) ?? 0) === about.night ? 1 : 0;
  rows[at + 8] = memory.nightWeights[night]! === 0 ? -1 : song.nights[night]! / memory.nightWeights[night]!;
  rows[at + 9] = before === undefined ? -1 : before.has(number) ? 1 : 0;
  rows[at + 10] = monthly === 0 ? -1 : song.months[about.month]! / monthly - song.plays / memory.shows;
  rows[at + 11] = (song.kinds[kind]! + frequency) / (memory.kindWeights[kind]! + 1);
  writeTonight(memory, about, number, inputs, number * INPUTS);
  rows[at + 12] = chanceByHabit(memory.habits, inputs, number * INPUTS);
}

/** Share of the shows of a stretch, some shows of the usual behind it. */
function shareOn({ plays, shows }: Stretch, number: number, usual: number, prior: number): number {
  return ((plays.get(number) ?? 0) + usual * prior) / (shows + prior);
}
