/** What can be counted about a song, for the sentence beside its odds: only what the odds were made from. */
import { aboutShow } from "./features/about.ts";
import { LEAST_SHOWS, type Memory } from "./features/memory.ts";
import type { ComingShow, SongFacts } from "./history.ts";
import type { Tally } from "./tally.ts";

/** Shows looked back at: as many as people count. */
const WINDOW = 10;

/**
 * Counts songs for one coming show: in the last shows, over all of them, on its tour and in its run of nights.
 * @returns the facts of a song by its key, which must have been played
 */
export function factsFor(tally: Tally, memory: Memory, show: ComingShow): (key: string) => SongFacts {
  const last = tally.recent.slice(-WINDOW);
  const places = placesOf(tally, memory, show);
  return (key) => {
    const song = tally.songs.get(key)!;
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
      span: song.lastShow - song.firstShow,
      firstPlayed: song.firstPlayed,
      lastPlayed: song.lastPlayed,
      ...places(key),
    };
  };
}

/** Tour and run as the model sees them; below its least number of shows there is only a count, which knows neither. */
function placesOf(
  tally: Tally,
  memory: Memory,
  show: ComingShow,
): (key: string) => Pick<SongFacts, "tour" | "run"> {
  if (memory.shows < LEAST_SHOWS) return () => ({});
  const about = aboutShow(memory, show);
  // Which night of a run it is counts no further back than the shows that are kept whole.
  const nights = about.night > 0 ? tally.recent.slice(-about.night) : [];
  return (key) => ({
    ...(about.sameTour === 1 && {
      tour: { shows: about.tour.shows, played: about.tour.plays.get(memory.ids.get(key)!) ?? 0 },
    }),
    ...(nights.length > 0 && {
      run: { nights: nights.length, played: nights.filter(({ keys }) => keys.includes(key)).length },
    }),
  });
}
