/** Where every song stands after the last show, whatever the next one: worked out once for all coming shows. */
import { type Chances, hazardsOf } from "./hazard.ts";
import type { Memory, Song } from "./memory.ts";
import { afterSimilar, afterSongs, besideOthers } from "./similar.ts";

export type Standing = {
  /** ranks from 1: by the decayed frequencies from the second to the fourth, and by the song's hazard */
  ranks: Int32Array[];
  cohorts: Float64Array;
  hazards: Chances[];
  similar: Float64Array;
  follows: Float64Array;
  beside: Float64Array;
  /** plays at the last ten shows */
  recent: Uint8Array;
};

export function standingOf(memory: Memory): Standing {
  return (memory.standing ??= stand(memory));
}

function stand(memory: Memory): Standing {
  const { songs } = memory;
  const hazards = songs.map((_, number) => hazardsOf(memory, number));
  const recent = new Uint8Array(songs.length);
  for (const set of memory.sets.slice(-10)) for (const song of set) recent[song]!++;
  return {
    ranks: [
      ...[1, 2, 3].map((half) => ranksBy(songs, (number) => songs[number]!.decayed[half]!)),
      ranksBy(songs, (number) => hazards[number]![1]),
    ],
    cohorts: cohortsOf(memory),
    hazards,
    similar: afterSimilar(memory),
    follows: afterSongs(memory),
    beside: besideOthers(
      memory,
      Float64Array.from(hazards, ([, own]) => own),
    ),
    recent,
  };
}

function ranksBy(songs: Song[], worth: (number: number) => number): Int32Array {
  const worths = Float64Array.from(songs, (_, number) => worth(number));
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
