/** How rare a song is, in counts and dates: what a list by rarity says in place of the reason. */
import type { SongFacts } from "#rules/prediction/history";
import { count, dayMonth, grouped } from "../../formats";

export type Past = {
  words: string;
  /** when it was last played */
  last: string;
  /** where that show's setlist can be read */
  url?: string;
};

/** Undefined for a song that is not known to have been played. Dates carry their year: rarities are old. */
export function pastOf(facts: SongFacts, url: string | undefined): Past | undefined {
  const { plays, shows, gap, firstPlayed, lastPlayed } = facts;
  // A setlist made by an earlier version knows less, until its history is read again.
  if (!(plays > 0) || !firstPlayed) return undefined;
  const played = `${count(plays, "play")} in ${count(shows, "known show")}`;
  const since = gap === 0 ? "at their latest show" : `${grouped(gap + 1)} shows ago`;
  const when = plays === 1 ? since : `first ${dayMonth(firstPlayed)}, last ${since}`;
  return { words: `${played}; ${when},`, last: dayMonth(lastPlayed), ...(url !== undefined && { url }) };
}
