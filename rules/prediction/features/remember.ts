/** How a show changes what is remembered: every count and decayed sum moves by one show. */
import type { Played } from "../played.ts";
import {
  addToStretch,
  continues,
  dayNumber,
  emptyRun,
  emptyStretch,
  kindOf,
  LEG_BREAK,
  venueKey,
} from "./calendar.ts";
import { learn } from "./habits.ts";
import { chancesOf, countHazards } from "./hazard.ts";
import { HALF_LIVES, LAGS, type Memory, NIGHTS, type Song, songOf } from "./memory.ts";

const DECAYS = HALF_LIVES.map((shows) => 0.5 ** (1 / shows));
/** Habit and length drift over years, not from one tour to the next. */
const HABIT = 0.5 ** (1 / 20);
/** Gaps kept of each song, the newest ones. */
const GAPS = 8;
const NIGHT = 0.5 ** (1 / 8);
const KIND = 0.5 ** (1 / 12);
const LATELY = (1 << LAGS) - 1;

/** Counts one more show, the newest so far. */
export function remember(memory: Memory, show: Played): void {
  const at = memory.shows;
  const day = dayNumber(show.date);
  const known = memory.songs.length;
  const hits = new Uint8Array(known);
  for (const key of show.keys) {
    const number = memory.ids.get(key);
    if (number !== undefined) hits[number] = 1;
  }
  const chances = memory.standing?.chances ?? chancesOf(memory);
  memory.standing = undefined;
  learn(memory, { ...show, tour: show.tour ?? "" }, hits, chances);
  countHazards(
    memory,
    hits,
    hits.reduce((a, b) => a + b, 0) + (show.keys.some((key) => !memory.ids.has(key)) ? 1 : 0),
    chances,
  );
  const set = show.keys.map((key) => songOf(memory, key, at, day));
  countHabits(memory, show, set, day, set.filter((song) => song >= known).length);
  for (const song of memory.songs) {
    for (let i = 0; i < DECAYS.length; i++) song.decayed[i]! *= DECAYS[i]!;
    song.lately = (song.lately << 1) & LATELY;
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
    song.lately |= 1;
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
