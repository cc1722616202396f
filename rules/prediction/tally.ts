/** Running counts over an artist's shows: one pass over the history serves any number of predictions. */
import type { Played } from "./played.ts";

/** Shows kept whole, for order and facts: twice the longest memory that order uses. */
const RECENT = 40;
/** Half-lives in shows. Three follow a set that stays; forty average over a repertoire that rotates. */
const FAST = decay(3);
const SLOW = decay(40);
/** Length and habit drift over years, not from one tour to the next. */
const HABIT = decay(20);

type Song = { fast: number; slow: number; plays: number; lastShow: number; lastPlayed: string };

export type Tally = {
  shows: number;
  songs: Map<string, Song>;
  recent: Played[];
  /** decayed sums over shows: of 1 (three memories), of lengths, of the share that was in the show before */
  fast: number;
  slow: number;
  habit: number;
  length: number;
  pairs: number;
  repeated: number;
};

export function emptyTally(): Tally {
  return {
    shows: 0,
    songs: new Map(),
    recent: [],
    fast: 0,
    slow: 0,
    habit: 0,
    length: 0,
    pairs: 0,
    repeated: 0,
  };
}

/** Counts one more show, the newest so far. Changes the tally. */
export function addShow(tally: Tally, show: Played): void {
  const before = tally.recent.at(-1);
  if (before) {
    const last = new Set(before.keys);
    const share = show.keys.filter((key) => last.has(key)).length / show.keys.length;
    tally.pairs = tally.pairs * HABIT + 1;
    tally.repeated = tally.repeated * HABIT + share;
  }
  const at = tally.shows++;
  for (const key of show.keys) {
    const song = tally.songs.get(key) ?? { fast: 0, slow: 0, plays: 0, lastShow: at, lastPlayed: show.date };
    const passed = at - song.lastShow;
    tally.songs.set(key, {
      fast: song.fast * FAST ** passed + 1,
      slow: song.slow * SLOW ** passed + 1,
      plays: song.plays + 1,
      lastShow: at,
      lastPlayed: show.date,
    });
  }
  tally.fast = tally.fast * FAST + 1;
  tally.slow = tally.slow * SLOW + 1;
  tally.habit = tally.habit * HABIT + 1;
  tally.length = tally.length * HABIT + show.keys.length;
  tally.recent.push(show);
  if (tally.recent.length > RECENT) tally.recent.shift();
}

/** Mean share of a show that was in the one before, 0 to 1; undefined below two shows. */
export function repeatRate(tally: Tally): number | undefined {
  return tally.pairs === 0 ? undefined : tally.repeated / tally.pairs;
}

/** Usual number of songs, unrounded. */
export function usualLength(tally: Tally): number {
  return tally.length / tally.habit;
}

/**
 * Share of the shows a song was in, recent ones counting more, with a short and with a long memory; and the shows
 * since it was last played, 0 for the last one.
 */
export function frequencies(tally: Tally, song: Song): { fast: number; slow: number; gap: number } {
  const gap = tally.shows - 1 - song.lastShow;
  return { fast: (song.fast * FAST ** gap) / tally.fast, slow: (song.slow * SLOW ** gap) / tally.slow, gap };
}

function decay(halfLife: number): number {
  return 0.5 ** (1 / halfLife);
}
