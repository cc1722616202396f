/** Running counts over an artist's shows: one pass over the history serves any number of predictions. */
import type { Played } from "./played.ts";

/** Shows kept whole, for order and facts: twice the longest memory that order uses. */
const RECENT = 40;
/** Length and habit drift over years, not from one tour to the next: a half-life of twenty shows. */
const HABIT = 0.5 ** (1 / 20);

type Song = { plays: number; firstShow: number; firstPlayed: string; lastShow: number; lastPlayed: string };

export type Tally = {
  shows: number;
  songs: Map<string, Song>;
  recent: Played[];
  /** decayed sums over shows: of 1, of lengths, of pairs of shows, of the share that was in the show before */
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
    const { plays, firstShow, firstPlayed } = tally.songs.get(key) ?? {
      plays: 0,
      firstShow: at,
      firstPlayed: show.date,
    };
    tally.songs.set(key, {
      plays: plays + 1,
      firstShow,
      firstPlayed,
      lastShow: at,
      lastPlayed: show.date,
    });
  }
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
