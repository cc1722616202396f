/** setlist.fm's side of the world: which shows are written down, and since when. */
import { dateOf, HOUR } from "./calendar.ts";
import { hash, hex } from "./random.ts";
import type { Artist, PastSetlist, PlayedSet, Show } from "./types.ts";

/** Somebody types the setlist in on the way home, or the next morning. */
const FIRST_TYPED = 4 * HOUR;
/** Empty entries for coming shows appear this long before. */
const ANNOUNCED = 10 * 24 * HOUR;
const EDITED_AFTER = 26 * HOUR;

/** True when the show never happened as planned, so that nobody could write it down. */
const unplayed = (show: Show) => ["cancelled", "postponed", "date-tbd"].includes(show.oddity);

/** The entry of one show as it stands at `now`, or none yet. `sets` is what will have been played. */
export function setlistAt(
  artist: Artist,
  show: Show,
  sets: PlayedSet[],
  now: number,
): PastSetlist | undefined {
  if (artist.history === "none" || unplayed(show)) return undefined;
  const dice = hash(`written/${artist.key}/${show.key}`);
  const typedAt = show.startsAt + FIRST_TYPED + (dice % 480) * 60_000;
  const key = `${artist.key}/${show.key}`;
  const id = hex(`setlist/${key}`, 7 + (dice % 2));
  const tour = show.festival || artist !== show.artist ? undefined : show.tour;
  const entry = (version: string, played: PlayedSet[], lastUpdated: number): PastSetlist => ({
    id,
    versionId: (dice % 2 ? "g" : "") + hex(`version/${version}/${key}`, 8),
    show,
    artist,
    // Only three in four say the tour, and some artists have nobody who does.
    ...(tour && dice % 4 > 0 && !artist.marks.includes("no-tour") && { tour }),
    // Played past midnight, and written down under the day on which it ended.
    date: artist.marks.includes("misdated") && dice % 13 === 5 ? dateOf(show.day + 1) : show.date,
    ...(dice % 29 === 0 && { info: "Shortened by the curfew." }),
    sets: played,
    lastUpdated,
  });
  const unfilled = artist.marks.includes("unfilled") && dice % 23 === 0;
  if (now >= typedAt && !unfilled) {
    if (!artist.marks.includes("edited") || dice % 9 > 0) return entry("1", sets, typedAt);
    if (now >= typedAt + EDITED_AFTER) return entry("2", sets, typedAt + EDITED_AFTER);
    return entry("1", withoutLast(sets), typedAt);
  }
  const announced = artist.marks.includes("announced") && dice % 2 === 0;
  const since = announced ? show.startsAt - ANNOUNCED : typedAt;
  if (now < since || !(announced || unfilled)) return undefined;
  return entry("0", [], since);
}

/** The first version of an entry that is later corrected: it misses a song. */
function withoutLast(sets: PlayedSet[]): PlayedSet[] {
  return sets.map((set, i) => (i === 0 ? { ...set, songs: set.songs.slice(0, -1) } : set));
}
