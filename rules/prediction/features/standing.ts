/** Where every song stands after the last show, whatever the next one: worked out once for all coming shows. */
import { ARTIST_FEATURES, WIDTH } from "./columns.ts";
import { INPUTS, writeStill } from "./habits.ts";
import { CHANCES, type Chances, chancesOf, OWN } from "./hazard.ts";
import { HALF_LIVES, LAGS, type Memory, type Song } from "./memory.ts";
import { afterSimilar, afterSongs, besideOthers } from "./similar.ts";

export type Standing = {
  chances: Chances;
  /** 1 where a song has rested so long that fewer than one in a thousand comes back */
  resting: Uint8Array;
  /** a row of WIDTH figures a song, without those that the coming show decides */
  rows: Float32Array;
  /** what the artist's own regression is asked, likewise */
  inputs: Float64Array;
};

const RESTING = 0.0003;

export function standingOf(memory: Memory): Standing {
  return (memory.standing ??= stand(memory));
}

function stand(memory: Memory): Standing {
  const { songs } = memory;
  const chances = chancesOf(memory);
  const resting = Uint8Array.from(songs, (_, number) => (chances[number * CHANCES + OWN]! < RESTING ? 1 : 0));
  const rows = new Float32Array(songs.length * WIDTH);
  const inputs = new Float64Array(songs.length * INPUTS);
  const figures = figuresOf(memory, chances);
  const artist = artistFigures(memory);
  songs.forEach((_, number) => {
    if (resting[number]) return;
    rows.set(artist, number * WIDTH);
    rows.set(figures(number), number * WIDTH + ARTIST_FEATURES.length);
    writeStill(memory, number, chances, inputs, number * INPUTS);
  });
  return { chances, resting, rows, inputs };
}

/** In the order of ARTIST_FEATURES. */
function artistFigures(memory: Memory): number[] {
  const repeat = (lag: number) =>
    memory.repeatWeights[lag - 1]! > 0 ? memory.repeats[lag - 1]! / memory.repeatWeights[lag - 1]! : -1;
  const share = ([sum, weight]: [number, number]) => (weight > 0 ? sum / weight : -1);
  const length = memory.length / memory.habitWeight;
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
    memory.sets.at(-1)!.length / length,
    memory.debuts / memory.habitWeight,
    (sum * sum) / squares / length,
    memory.hazards.songs === 0 ? -1 : memory.hazards.error / memory.hazards.songs,
  ];
}

/** A function from a song to its figures, in the order of SONG_FEATURES. */
function figuresOf(memory: Memory, chances: Chances): (number: number) => number[] {
  const { songs } = memory;
  const length = memory.length / memory.habitWeight;
  const own = Float64Array.from(songs, (_, number) => chances[number * CHANCES + OWN]!);
  const ranks = [
    ...[1, 2, 3].map((half) => ranksBy(songs, ({ decayed }) => decayed[half]!)),
    ranksBy(songs, (_, number) => own[number]!),
  ];
  const cohorts = cohortsOf(memory);
  const similar = afterSimilar(memory);
  const follows = afterSongs(memory);
  const beside = besideOthers(memory, own);
  const recent = new Uint8Array(songs.length);
  for (const set of memory.sets.slice(-10)) for (const song of set) recent[song]!++;
  return (number) => {
    const song = songs[number]!;
    const gap = memory.shows - 1 - song.last;
    const age = memory.shows - song.debut;
    const meanGap = song.plays > 1 ? song.gapSum / (song.plays - 1) : age;
    const recentGap = song.gaps.length > 0 ? song.gaps.reduce((a, b) => a + b, 0) / song.gaps.length : age;
    const variance = song.plays > 2 ? song.gapSquares / (song.plays - 1) - meanGap * meanGap : 0;
    return [
      ...HALF_LIVES.map((_, i) => song.decayed[i]! / memory.weights[i]!),
      song.plays / memory.shows,
      song.plays / age,
      song.plays,
      age,
      ...ranks.map((rank) => rank[number]! / length),
      gap,
      (gap + 1) / meanGap,
      (gap + 1) / recentGap,
      song.gaps.at(-1) ?? -1,
      (gap + 1 - meanGap) / Math.sqrt(Math.max(0, variance) + 1),
      song.gaps.length > 0 ? (gap + 1) / Math.max(...song.gaps) : -1,
      ...Array.from({ length: LAGS }, (_, lag) => (song.lately >> lag) & 1),
      recent[number]!,
      cohorts[number]!,
      ...chances.subarray(number * CHANCES, (number + 1) * CHANCES),
      similar[number]!,
      follows[number]!,
      song.opened / song.plays,
      song.closed / song.plays,
      song.closedMain / song.plays,
      song.inEncore / song.plays,
      song.place,
      beside[number]!,
    ];
  };
}

function ranksBy(songs: Song[], worth: (song: Song, number: number) => number): Int32Array {
  const worths = Float64Array.from(songs, worth);
  const order = songs.map((_, number) => number);
  order.sort((a, b) => worths[b]! - worths[a]! || songs[b]!.last - songs[a]!.last || a - b);
  const ranks = new Int32Array(songs.length);
  order.forEach((number, rank) => (ranks[number] = rank + 1));
  return ranks;
}

/** Mean short-memory frequency of the songs that came up within the same month: the record they are from, roughly. */
function cohortsOf(memory: Memory): Float64Array {
  const { songs } = memory;
  const means = new Float64Array(songs.length);
  let [from, to, sum] = [0, 0, 0];
  songs.forEach((song, number) => {
    for (; to < songs.length && songs[to]!.debutDay <= song.debutDay + 30; to++)
      sum += songs[to]!.decayed[1]!;
    for (; songs[from]!.debutDay < song.debutDay - 30; from++) sum -= songs[from]!.decayed[1]!;
    means[number] = (sum - song.decayed[1]!) / Math.max(1, to - from - 1) / memory.weights[1]!;
  });
  return means;
}
