/** The songs of a band over its last nights, with the odds for the next: what changes and what never does. */
import { percent } from "#rules/odds";
import type { RouterOutputs } from "#server/routers/_app";

const SONGS = 12;
/** with fewer nights there is nothing to compare */
const NIGHTS = 3;

export type Nights = {
  /** local dates, oldest first */
  dates: string[];
  nextDate: string | null;
  songs: { title: string; played: boolean[]; percent: number }[];
};

type PastSetlists = RouterOutputs["artist"]["pastSetlists"]["pastSetlists"];

export function nightsOf(
  past: PastSetlists,
  { show, setlist }: RouterOutputs["show"]["bySlug"],
): Nights | undefined {
  const nights = [...past].reverse();
  if (nights.length < NIGHTS || !setlist) return undefined;
  const played = nights.map(
    (night) => new Set(night.songs.flatMap((song) => (song.tape ? [] : [song.songId]))),
  );
  return {
    dates: nights.map((night) => night.localDate),
    nextDate: show.localDate,
    songs: spread(setlist.songs).map((song) => ({
      title: song.title,
      played: played.map((songs) => songs.has(song.songId)),
      percent: percent(song.probability),
    })),
  };
}

/** From the surest to the least sure, evenly: the always, the sometimes and the rarely. */
function spread<Song extends { probability: number }>(songs: Song[]): Song[] {
  const sorted = [...songs].sort((a, b) => b.probability - a.probability);
  if (sorted.length <= SONGS) return sorted;
  return Array.from({ length: SONGS }, (_, i) => Math.round((i * (sorted.length - 1)) / (SONGS - 1))).flatMap(
    (i) => sorted[i] ?? [],
  );
}
