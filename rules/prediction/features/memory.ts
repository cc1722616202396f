/** What is remembered of an artist's shows: one pass, each show changes it once, features only read it. */
import type { Played } from "../played.ts";
import {
  addToStretch,
  continues,
  dayNumber,
  emptyRun,
  emptyStretch,
  kindOf,
  LEG_BREAK,
  type Run,
  type Stretch,
  venueKey,
} from "./calendar.ts";
import type { Standing } from "./standing.ts";
import { emptyHabits, type Habits, learn } from "./habits.ts";
import { emptyHazards, countHazards, hazardsOf, type Hazards } from "./hazard.ts";

/** Fewer shows than this are a count, not a pattern: nothing is fitted to them or asked of them. */
export const LEAST_SHOWS = 3;
/** Half-lives in shows of the decayed frequencies. */
export const HALF_LIVES = [2, 5, 12, 40, 150] as const;
const DECAYS = HALF_LIVES.map((shows) => 0.5 ** (1 / shows));
/** Habit and length drift over years, not from one tour to the next. */
const HABIT = 0.5 ** (1 / 20);
/** Repeats are counted against this many shows back. */
export const LAGS = 5;
/** Gaps kept of each song, the newest ones. */
const GAPS = 8;
/** Nights of a run told apart: first, second, all later ones. */
export const NIGHTS = 3;
const NIGHT = 0.5 ** (1 / 8);
const KIND = 0.5 ** (1 / 12);

export type Song = {
  key: string;
  debut: number;
  debutDay: number;
  last: number;
  lastDay: number;
  plays: number;
  /** decayed sums of plays, one a half-life */
  decayed: number[];
  gaps: number[];
  gapSum: number;
  gapSquares: number;
  opened: number;
  closed: number;
  closedMain: number;
  inEncore: number;
  place: number;
  nights: number[];
  /** decayed plays at shows off and on a named tour */
  kinds: number[];
  months: number[];
  hazard: { exposed: Float32Array; played: Float32Array };
};

export type Memory = {
  shows: number;
  ids: Map<string, number>;
  songs: Song[];
  /** songs of each show, by number, in the order played */
  sets: number[][];
  /** who opened each show, and its encore; an empty one where none is marked */
  openers: number[];
  encores: number[][];
  days: number[];
  weights: number[];
  habitWeight: number;
  length: number;

  /** decayed shares of a show that were in the one 1, 2 … shows before, and their weights */
  repeats: number[];
  repeatWeights: number[];
  /** the same for the first show after a break, and for later nights of a run against its earlier ones */
  afterBreak: [share: number, weight: number];
  inRun: [share: number, weight: number];
  debuts: number;
  encoreLength: number;
  tours: Map<string, Stretch>;
  tour: string | undefined;
  leg: Stretch;
  legBefore: Stretch;
  run: Run;
  nightWeights: number[];
  /** decayed number and length of the shows off and on a named tour: festivals seldom have one */
  kindWeights: number[];
  kindLengths: number[];
  /** the last songs played at each venue, over one run */
  venues: Map<string, Map<number, number>>;
  months: number[];
  hazards: Hazards;
  habits: Habits;
  /** how often a song followed another at the next show */
  follows: Uint16Array[];
  /** how often two songs were at the same show */
  together: Uint16Array[];
  /** worked out when first asked for, until the next show */
  standing: Standing | undefined;
};

export function emptyMemory(): Memory {
  return {
    shows: 0,
    ids: new Map(),
    songs: [],
    sets: [],
    openers: [],
    encores: [],
    days: [],
    weights: HALF_LIVES.map(() => 0),
    habitWeight: 0,
    length: 0,

    repeats: Array<number>(LAGS).fill(0),
    repeatWeights: Array<number>(LAGS).fill(0),
    afterBreak: [0, 0],
    inRun: [0, 0],
    debuts: 0,
    encoreLength: 0,
    tours: new Map(),
    tour: undefined,
    leg: emptyStretch(),
    legBefore: emptyStretch(),
    run: emptyRun(),
    nightWeights: Array<number>(NIGHTS).fill(0),
    kindWeights: [0, 0],
    kindLengths: [0, 0],
    venues: new Map(),
    months: Array<number>(12).fill(0),
    hazards: emptyHazards(),
    habits: emptyHabits(),
    follows: [],
    together: [],
    standing: undefined,
  };
}

/** Counts one more show, the newest so far. */
export function remember(memory: Memory, show: Played): void {
  const at = memory.shows;
  memory.standing = undefined;
  const day = dayNumber(show.date);
  const played = new Set(show.keys.map((key) => memory.ids.get(key) ?? -1));
  const hazards = memory.songs.map((_, number) => hazardsOf(memory, number));
  learn(memory, { ...show, tour: show.tour ?? "" }, played, hazards);
  countHazards(memory, played, hazards);
  const known = memory.songs.length;
  const set = show.keys.map((key) => songOf(memory, key, at, day));
  countHabits(memory, show, set, day, set.filter((song) => song >= known).length);
  for (const song of memory.songs) {
    for (let i = 0; i < DECAYS.length; i++) song.decayed[i]! *= DECAYS[i]!;
  }
  const night = countPlaces(memory, show, set, day);
  const month = Number(show.date.slice(5, 7)) - 1;
  memory.months[month]!++;
  set.forEach((number, place) => {
    const song = memory.songs[number]!;
    if (song.plays > 0) {
      const gap = at - song.last;
      song.gaps.push(gap);
      if (song.gaps.length > GAPS) song.gaps.shift();
      song.gapSum += gap;
      song.gapSquares += gap * gap;
    }
    song.plays++;
    song.last = at;
    song.lastDay = day;
    for (let i = 0; i < DECAYS.length; i++) song.decayed[i]!++;
    song.place += (place / Math.max(1, set.length - 1) - song.place) / Math.min(song.plays, 20);
    song.nights[night]!++;
    song.kinds[kindOf(show.tour)]!++;
    song.months[month]!++;
    countEnds(song, show);
  });
  memory.sets.push(set);
  memory.openers.push(memory.ids.get(show.opened)!);
  memory.encores.push(set.filter((song) => show.encore.has(memory.songs[song]!.key)));
  memory.days.push(day);
  memory.shows++;
}

function countEnds(song: Song, show: Played): void {
  if (show.opened === song.key) song.opened++;
  if (show.closedMain === song.key) song.closedMain++;
  if (show.closed === song.key) song.closed++;
  if (show.encore.has(song.key)) song.inEncore++;
}

function songOf(memory: Memory, key: string, at: number, day: number): number {
  const known = memory.ids.get(key);
  if (known !== undefined) return known;
  const number = memory.songs.length;
  memory.ids.set(key, number);
  memory.follows.push(new Uint16Array(0));
  memory.together.push(new Uint16Array(0));
  memory.songs.push({
    key,
    debut: at,
    debutDay: day,
    last: at,
    lastDay: day,
    plays: 0,
    decayed: HALF_LIVES.map(() => 0),
    gaps: [],
    gapSum: 0,
    gapSquares: 0,
    opened: 0,
    closed: 0,
    closedMain: 0,
    inEncore: 0,
    place: 0.5,
    nights: Array<number>(NIGHTS).fill(0),
    kinds: [0, 0],
    months: Array<number>(12).fill(0),
    hazard: { exposed: new Float32Array(16), played: new Float32Array(16) },
  });
  return number;
}

function countHabits(memory: Memory, show: Played, set: number[], day: number, debuts: number): void {
  const songs = new Set(set);
  const shareOf = (others: Iterable<number>) => {
    let shared = 0;
    for (const song of others) if (songs.has(song)) shared++;
    return shared / set.length;
  };
  for (let lag = 1; lag <= Math.min(LAGS, memory.shows); lag++) {
    memory.repeats[lag - 1] = memory.repeats[lag - 1]! * HABIT + shareOf(memory.sets[memory.shows - lag]!);
    memory.repeatWeights[lag - 1] = memory.repeatWeights[lag - 1]! * HABIT + 1;
  }
  if (memory.shows > 0 && day - memory.days.at(-1)! > LEG_BREAK) {
    const [share, weight] = memory.afterBreak;
    memory.afterBreak = [share * 0.8 + shareOf(memory.sets.at(-1)!), weight * 0.8 + 1];
  }
  if (continues(memory.run, venueKey(show.venue), day)) {
    const [share, weight] = memory.inRun;
    memory.inRun = [share * 0.9 + shareOf(memory.run.plays.keys()), weight * 0.9 + 1];
  }
  DECAYS.forEach((decay, i) => (memory.weights[i] = memory.weights[i]! * decay + 1));
  memory.habitWeight = memory.habitWeight * HABIT + 1;
  memory.length = memory.length * HABIT + set.length;
  memory.debuts = memory.debuts * HABIT + debuts;
  memory.encoreLength = memory.encoreLength * HABIT + show.encore.size;
  const before = memory.sets.at(-1);
  for (const earlier of before ?? []) countBeside(memory.follows, earlier, set);
  for (const song of set) countBeside(memory.together, song, set);
}

/** Counts that `song` was there with, or before, all of `others`. Rows grow by half as songs come up. */
function countBeside(counts: Uint16Array[], song: number, others: number[]): void {
  let row = counts[song]!;
  if (row.length < counts.length) {
    row = new Uint16Array(Math.ceil(counts.length * 1.5));
    row.set(counts[song]!);
    counts[song] = row;
  }
  for (const other of others) row[other]!++;
}

/** Counts the show on its tour, leg and run; returns which night of a run it is, from 0. */
function countPlaces(memory: Memory, show: Played, set: number[], day: number): number {
  if (memory.shows > 0 && day - memory.days.at(-1)! > LEG_BREAK) {
    memory.legBefore = memory.leg;
    memory.leg = emptyStretch();
  }
  addToStretch(memory.leg, set, day);
  memory.tour = show.tour;
  if (show.tour) {
    const tour = memory.tours.get(show.tour) ?? emptyStretch();
    memory.tours.set(show.tour, tour);
    addToStretch(tour, set, day);
  }
  const venue = venueKey(show.venue);
  if (!continues(memory.run, venue, day)) {
    if (memory.run.venue !== undefined) memory.venues.set(memory.run.venue, memory.run.plays);
    memory.run = { ...emptyRun(), venue, plays: new Map() };
  }
  const { run } = memory;
  run.nights++;
  run.lastDay = day;
  for (const song of set) run.plays.set(song, run.nights);
  const night = Math.min(run.nights, NIGHTS) - 1;
  memory.nightWeights[night] = memory.nightWeights[night]! * NIGHT + 1;
  const kind = kindOf(show.tour);
  memory.kindWeights[kind] = memory.kindWeights[kind]! * KIND + 1;
  memory.kindLengths[kind] = memory.kindLengths[kind]! * KIND + set.length;
  for (const song of memory.songs) {
    song.nights[night]! *= NIGHT;
    song.kinds[kind]! *= KIND;
  }
  return night;
}
