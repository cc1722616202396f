/** Addresses for people to read: what tells two of a name apart, in the order tried. */
import { slug, slugWords } from "./text.ts";

/** Addresses of an artist, best first: its name, then with the genre that tells namesakes apart. */
export function artistSlugs(artist: { name: string; genre?: string }, random: () => number): string[] {
  const base = slug(artist.name, random, "artist");
  return distinct([base, joined(base, artist.genre)]);
}

/** Addresses of a venue, best first: its name, then with its city. */
export function venueSlugs(venue: { name: string; city?: string }, random: () => number): string[] {
  const base = slug(venue.name, random, "venue");
  return distinct([base, joined(base, venue.city)]);
}

/**
 * Addresses of a show, best first: artist-city-date, then with the stage time. Without a date `tba` stands in its
 * place; without a city nothing does.
 * @param show `localDate` YYYY-MM-DD, `localTime` HH:MM or HH:MM:SS, both by the venue's clock
 */
export function showSlugs(show: {
  artistSlug: string;
  city?: string;
  localDate?: string;
  localTime?: string;
}): string[] {
  const base = `${joined(show.artistSlug, show.city)}-${show.localDate ?? "tba"}`;
  if (!show.localDate || !show.localTime) return [base];
  return [base, `${base}-${show.localTime.slice(0, 5).replace(":", "")}`];
}

/** The first candidate not taken; when all are, the first one with -2, -3, … */
export function firstFreeSlug(candidates: string[], taken: { has(slug: string): boolean }): string {
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  for (let number = 2; ; number++) {
    const numbered = `${candidates[0]}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}

function joined(base: string, more: string | undefined): string {
  const words = slugWords(more ?? "");
  return words === "" ? base : `${base}-${words}`;
}

function distinct(slugs: string[]): string[] {
  return [...new Set(slugs)];
}
