/** What can be counted about a song, for the sentence beside its odds. */
import type { SongFacts } from "./history.ts";
import type { Tally } from "./tally.ts";

/** Shows looked back at: as many as people count. */
const WINDOW = 10;

/** Exact counts of one song in the last shows and over all of them. */
export function songFacts(tally: Tally, key: string): SongFacts {
  const song = tally.songs.get(key)!;
  const last = tally.recent.slice(-WINDOW);
  return {
    window: last.length,
    played: last.filter(({ keys }) => keys.includes(key)).length,
    opened: last.filter(({ opened }) => opened === key).length,
    closedMain: last.filter(({ closedMain }) => closedMain === key).length,
    closed: last.filter(({ closed }) => closed === key).length,
    inEncore: last.filter(({ encore }) => encore.has(key)).length,
    plays: song.plays,
    shows: tally.shows,
    gap: tally.shows - 1 - song.lastShow,
    lastPlayed: song.lastPlayed,
  };
}
