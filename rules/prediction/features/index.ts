/**
 * What the model looks at: for every song played before, figures from strictly earlier shows and from the coming
 * show's date, tour and venue. The order of FEATURES is the order in which the trees were fitted.
 */
import type { ComingShow } from "../history.ts";
import type { Stretch } from "./calendar.ts";
import { type About, aboutShow } from "./about.ts";
import { chanceByHabit, inputsOf } from "./habits.ts";
import { HALF_LIVES, type Memory, NIGHTS } from "./memory.ts";
import { type Standing, standingOf } from "./standing.ts";

/** Of the show, the same for every song. */
const SHOW_FEATURES = [
  "habit",
  "habit2",
  "habit3",
  "habit5",
  "afterBreak",
  "inRunHabit",
  "lastLength",
  "debutRate",
  "repertoire",
  "days",
  "tourShows",
  "legShows",
  "night",
  "sameTour",
  "tourLength",
  "kindLength",
  "kindShows",
  "error",
] as const;
/** Of a song at the show. */
const SONG_FEATURES = [
  "f2",
  "f5",
  "f12",
  "f40",
  "f150",
  "fAll",
  "fSinceDebut",
  "plays",
  "age",
  "rank5",
  "rank12",
  "rank40",
  "rankHazard",
  "gap",
  "gapMean",
  "gapRecent",
  "gapLast",
  "gapSpread",
  "gapLongest",
  "songDays",
  "lag1",
  "lag2",
  "lag3",
  "lag4",
  "lag5",
  "in10",
  "tour",
  "tourPlays",
  "leg",
  "legPlays",
  "legBefore",
  "run",
  "runLast",
  "nightShare",
  "venueBefore",
  "month",
  "cohort",
  "hazardArtist",
  "hazardSong",
  "hazardPattern",
  "similar",
  "follows",
  "openedShare",
  "closedShare",
  "closedMainShare",
  "encoreShare",
  "place",
  "kind",
  "beside",
  "byHabit",
] as const;
export const FEATURES = [...SHOW_FEATURES, ...SONG_FEATURES] as const;
export const WIDTH = FEATURES.length;
const OFFSET = SHOW_FEATURES.length;

/** Songs that have rested so long that fewer than one in a thousand comes back: nothing is worked out for them. */
const RESTING = 0.0003;

export function isResting(memory: Memory, number: number): boolean {
  return standingOf(memory).hazards[number]![1] < RESTING;
}

/** One row of WIDTH figures a song, in the order of `memory.songs`; empty for those that rest. */
export function featuresOf(memory: Memory, show: ComingShow): Float32Array {
  const { songs } = memory;
  const rows = new Float32Array(songs.length * WIDTH);
  if (memory.shows === 0) return rows;
  const about = aboutShow(memory, show);
  const head = showFigures(memory, about);
  const standing = standingOf(memory);
  songs.forEach((_, number) => {
    if (isResting(memory, number)) return;
    const row = number * WIDTH;
    rows.set(head, row);
    rows.set(songFigures(memory, about, standing, number), row + OFFSET);
  });
  return rows;
}

function showFigures(memory: Memory, about: About): number[] {
  const repeat = (lag: number) =>
    memory.repeatWeights[lag - 1]! > 0 ? memory.repeats[lag - 1]! / memory.repeatWeights[lag - 1]! : -1;
  const share = ([sum, weight]: [number, number]) => (weight > 0 ? sum / weight : -1);
  let [sum, squares] = [0, 0];
  for (const { decayed } of memory.songs) {
    const frequency = decayed[3]! / memory.weights[3]!;
    sum += frequency;
    squares += frequency * frequency;
  }
  return [
    repeat(1),
    repeat(2),
    repeat(3),
    repeat(5),
    share(memory.afterBreak),
    share(memory.inRun),
    memory.sets.at(-1)!.length / about.length,
    memory.debuts / memory.habitWeight,
    (sum * sum) / squares / about.length,
    Math.min(about.days, 1500),
    about.tour.shows,
    about.leg.shows,
    about.night,
    about.sameTour,
    about.tourLength / about.length,
    about.kindLength / about.length,
    Math.min(memory.kindWeights[about.kind]!, 17),
    memory.hazards.songs === 0 ? -1 : memory.hazards.error / memory.hazards.songs,
  ];
}

function songFigures(memory: Memory, about: About, standing: Standing, number: number): number[] {
  const song = memory.songs[number]!;
  const gap = memory.shows - 1 - song.last;
  const age = memory.shows - song.debut;
  const meanGap = song.plays > 1 ? song.gapSum / (song.plays - 1) : age;
  const recentGap = song.gaps.length > 0 ? song.gaps.reduce((a, b) => a + b, 0) / song.gaps.length : age;
  const variance = song.plays > 2 ? song.gapSquares / (song.plays - 1) - meanGap * meanGap : 0;
  const frequency = HALF_LIVES.map((_, i) => song.decayed[i]! / memory.weights[i]!);
  const { ranks } = standing;
  const night = Math.min(about.night, NIGHTS - 1);
  const monthly = about.month < 0 ? 0 : memory.months[about.month]!;
  const on = (stretch: Stretch, prior: number) =>
    ((stretch.plays.get(number) ?? 0) + frequency[2]! * prior) / (stretch.shows + prior);
  return [
    ...frequency,
    song.plays / memory.shows,
    song.plays / age,
    song.plays,
    age,
    ranks[0]![number]! / about.length,
    ranks[1]![number]! / about.length,
    ranks[2]![number]! / about.length,
    ranks[3]![number]! / about.length,
    gap,
    (gap + 1) / meanGap,
    (gap + 1) / recentGap,
    song.gaps.at(-1) ?? -1,
    (gap + 1 - meanGap) / Math.sqrt(Math.max(0, variance) + 1),
    song.gaps.length > 0 ? (gap + 1) / Math.max(...song.gaps) : -1,
    Math.min(about.day - song.lastDay, 4000),
    about.lags[0]!.has(number) ? 1 : 0,
    about.lags[1]!.has(number) ? 1 : 0,
    about.lags[2]!.has(number) ? 1 : 0,
    about.lags[3]!.has(number) ? 1 : 0,
    about.lags[4]!.has(number) ? 1 : 0,
    standing.recent[number]!,
    on(about.tour, 1),
    about.tour.shows === 0 ? -1 : (about.tour.plays.get(number) ?? 0),
    on(about.leg, 1),
    about.leg.shows === 0 ? -1 : (about.leg.plays.get(number) ?? 0),
    about.legBefore.shows === 0 ? -1 : on(about.legBefore, 0.5),
    about.runPlays === undefined ? -1 : about.runPlays.has(number) ? 1 : 0,
    about.runPlays === undefined ? -1 : (about.runPlays.get(number) ?? 0) === about.night ? 1 : 0,
    memory.nightWeights[night]! === 0 ? -1 : song.nights[night]! / memory.nightWeights[night]!,
    about.before === undefined ? -1 : about.before.has(number) ? 1 : 0,
    monthly === 0 ? -1 : song.months[about.month]! / monthly - song.plays / memory.shows,
    standing.cohorts[number]!,
    ...standing.hazards[number]!,
    standing.similar[number]!,
    standing.follows[number]!,
    song.opened / song.plays,
    song.closed / song.plays,
    song.closedMain / song.plays,
    song.inEncore / song.plays,
    song.place,
    (song.kinds[about.kind]! + frequency[2]!) / (memory.kindWeights[about.kind]! + 1),
    standing.beside[number]!,
    chanceByHabit(memory.habits, inputsOf(memory, about, number, standing.hazards[number]!)),
  ];
}
