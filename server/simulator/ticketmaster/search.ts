/** Which listings and attractions a query means, and in which order. */
import { genres, SEGMENTS, type GenreName } from "../world/genres.ts";
import type { Listing } from "../world/listings.ts";
import { hash } from "../world/random.ts";
import type { Artist, Attraction } from "../world/types.ts";

const words = (text: string): string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Levenshtein's distance, for words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

const near = (asked: string, word: string): boolean =>
  word.startsWith(asked) || distance(asked, word) <= (asked.length > 7 ? 2 : asked.length > 4 ? 1 : 0);

/** 0 for no match; the whole name beats its beginning, that beats words found anywhere or misspelt. */
function relevance(name: string, keyword: string): number {
  const asked = words(keyword);
  // A name of punctuation alone has no words: only itself finds it.
  if (asked.length === 0) return name.includes(keyword.trim()) ? 4 : 0;
  const has = words(name);
  const phrase = asked.join(" ");
  if (has.join(" ") === phrase) return 4;
  if (has.join(" ").startsWith(phrase)) return 3;
  if (` ${has.join(" ")}`.includes(` ${phrase}`) || name.includes(keyword)) return 2;
  return asked.every((one) => has.some((word) => near(one, word))) ? 1 : 0;
}

const list = (query: URLSearchParams, param: string): string[] =>
  (query.get(param) ?? "").split(",").filter(Boolean);

function classified(genre: GenreName, query: URLSearchParams): boolean {
  const { segment, genre: g, subGenre } = genres[genre];
  const segments = list(query, "segmentId");
  const genreIds = list(query, "genreId");
  const names = list(query, "classificationName").map((name) => name.trim().toLowerCase());
  return (
    (segments.length === 0 || segments.includes(SEGMENTS[segment])) &&
    (genreIds.length === 0 || genreIds.includes(g[0] ?? "")) &&
    (names.length === 0 ||
      [segment, g[1], subGenre[1]].some((name) => names.includes((name ?? "").toLowerCase())))
  );
}

export function searchAttractions(all: (Artist | Attraction)[], query: URLSearchParams) {
  const keyword = query.get("keyword")?.trim();
  const ids = list(query, "id");
  const scored = all
    .filter((who) => classified(who.genre, query))
    .filter((who) => ids.length === 0 || ids.includes(who.tmAttractionId))
    .map((who) => ({ who, score: keyword ? relevance(who.name, keyword) : 1 }))
    .filter(({ score }) => score > 0);
  const byName = query.get("sort")?.startsWith("name") === true;
  const down = query.get("sort") === "name,desc" ? -1 : 1;
  return scored
    .sort((a, b) => (byName ? down * (a.who.name < b.who.name ? -1 : 1) : b.score - a.score))
    .map(({ who }) => who);
}

/** Undated events stay hidden unless asked for, and each kind has its own flag. */
function dateAllows(listing: Listing, query: URLSearchParams): boolean {
  const tba = query.get("includeTBA") ?? "no";
  const tbd = query.get("includeTBD") ?? "no";
  if (tba === "only" && listing.undated !== "TBA") return false;
  if (tbd === "only" && listing.undated !== "TBD") return false;
  const start = query.get("startDateTime");
  const end = query.get("endDateTime");
  if (listing.instant === undefined) {
    if (start !== null || end !== null) return false;
    return (listing.undated === "TBA" ? tba : tbd) !== "no";
  }
  // Both edges belong to the window, to the second.
  const second = Math.floor(listing.instant / 1000) * 1000;
  return (start === null || second >= Date.parse(start)) && (end === null || second <= Date.parse(end));
}

export function matches(listing: Listing, query: URLSearchParams): boolean {
  const attractions = list(query, "attractionId");
  const ids = list(query, "id");
  const country = query.get("countryCode");
  const keyword = query.get("keyword")?.trim();
  return (
    dateAllows(listing, query) &&
    (ids.length === 0 || ids.includes(listing.id)) &&
    (attractions.length === 0 ||
      listing.attractions.some((who) => attractions.includes(who.tmAttractionId))) &&
    (!country || listing.show.venue.country === country.toUpperCase()) &&
    (!keyword ||
      [listing.name, ...listing.attractions.map((who) => who.name)].some(
        (name) => relevance(name, keyword) > 0,
      )) &&
    classified(listing.show.artist.genre, query)
  );
}

/**
 * Only `sort=id` is the same on every page: events of one instant come in another order on each, as with the real one,
 * so that whoever pages by date loses some.
 */
export function inOrder(listings: Listing[], query: URLSearchParams): Listing[] {
  const [field = "relevance", direction = "asc"] = (query.get("sort") ?? "").split(",");
  const down = direction === "desc" ? -1 : 1;
  const tie = (one: Listing) => hash(`${one.id}/${query.get("page") ?? 0}`);
  return listings.toSorted((a, b) => {
    if (field === "id") return down * (a.id < b.id ? -1 : 1);
    const when = (a.instant ?? Infinity) - (b.instant ?? Infinity);
    if (field === "name" && a.name !== b.name) return down * (a.name < b.name ? -1 : 1);
    return Number.isNaN(when) || when === 0 ? tie(a) - tie(b) : (field === "date" ? down : 1) * when;
  });
}
