/** A past show as the model counts it. */
import type { PastShow } from "./history.ts";

/** Below this a show is a television spot or half remembered: no evidence of what a whole show holds. */
const WHOLE_SHOW = 3;

/** What was played, tapes dropped, every song once. */
export type Played = {
  date: string;
  /** in the order of their first playing */
  tour?: string;
  venue?: string;
  keys: string[];
  encore: Set<string>;
  opened: string;
  closedMain?: string;
  closed: string;
};

/** The show as counted, or undefined when fewer than three different songs were played. */
export function asPlayed(show: PastShow): Played | undefined {
  const songs = show.songs.filter(({ tape }) => !tape);
  const keys = [...new Set(songs.map(({ key }) => key))];
  if (keys.length < WHOLE_SHOW) return undefined;
  const encore = new Set(songs.filter((song) => song.encore !== false).map(({ key }) => key));
  return {
    date: show.date,
    tour: show.tour,
    venue: show.venue,
    keys,
    // A whole show under "Encore" is a slip of whoever wrote it down.
    encore: encore.size === keys.length ? new Set() : encore,
    opened: keys[0]!,
    closedMain: songs.findLast(({ encore }) => encore === false)?.key,
    closed: songs.at(-1)!.key,
  };
}
