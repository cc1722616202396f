/** What is remembered of an artist's shows: one pass (remember.ts), each show changes it once, features only read it. */
import { emptyRun, emptyStretch, type Run, type Stretch } from "./calendar.ts";
import { emptyHabits, type Habits } from "./habits.ts";
import { emptyHazards, type Hazards } from "./hazard.ts";
import type { Standing } from "./standing.ts";

/** Fewer shows than this are a count, not a pattern: nothing is fitted to them or asked of them. */
export const LEAST_SHOWS = 3;
/** Half-lives in shows of the decayed frequencies. */
export const HALF_LIVES = [2, 5, 12, 40, 150] as const;
/** Repeats are counted against this many shows back. */
export const LAGS = 5;
/** Nights of a run told apart: first, second, all later ones. */
export const NIGHTS = 3;

export type Song = {
  key: string;
  debut: number;
  debutDay: number;
  last: number;
  lastDay: number;
  /** which of the last LAGS shows it was in, the newest in the lowest bit */
  lately: number;
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

/** Number of a song, which is new where it has none. */
export function songOf(memory: Memory, key: string, at: number, day: number): number {
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
    lately: 0,
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
