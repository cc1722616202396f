/** Odds as people read them: whole per cents, a word, a true reason, and what to expect of a list. */
import type { SongFacts } from "./prediction/history.ts";

/** Lowest per cent of each word. Law everywhere, share images and API texts included. */
const WORDS: [from: number, word: string][] = [
  [90, "near certain"],
  [65, "likely"],
  [40, "toss-up"],
  [15, "unlikely"],
  [0, "long shot"],
];
/** Fewer past shows than this are a count, not a pattern (rules/prediction/odds.ts). */
const FEW_SHOWS = 3;

/** What the list is judged by: a song's chance and its place, from 1. */
type Listed = { probability: number; position: number };

/** A chance in whole per cents, 1 to 99: before a show nothing is certain. */
export function percent(probability: number): number {
  return Math.min(99, Math.max(1, Math.round(100 * probability)));
}

/** The word for a chance, by the figure that stands beside it. */
export function oddsWord(probability: number): string {
  const figure = percent(probability);
  return WORDS.find(([from]) => figure >= from)![1];
}

/** Why a song has its odds: true, countable, at most 60 characters. Undefined when nothing was counted. */
export function reason(facts: SongFacts): string | undefined {
  const { window, played, opened, closed, closedMain, inEncore, plays, shows, gap } = facts;
  if (!(window > 0) || !(plays > 0)) return undefined;
  const known = shows === 1 ? "the one show we know" : undefined;
  const nights = (count: number) => known ?? `${count} of the last ${window}`;
  // Half the nights make a habit, as long as they are more than one.
  const often = (count: number) => 2 * count >= window && (count > 1 || window === 1);
  if (often(opened)) return `Opened ${nights(opened)}`;
  if (often(closed)) return `Closed ${nights(closed)}`;
  if (often(closedMain)) return `Closed the main set in ${nights(closedMain)}`;
  if (known && inEncore > 0) return `In the encore at ${known}`;
  if (known) return `Played at ${known}`;
  if (played === window) return `Played ${nights(played)}`;
  if (often(inEncore)) return `In the encore ${nights(inEncore)}`;
  if (plays === 1)
    return `Once in ${shows} known shows, ${gap === 0 ? "the last one" : `${gap + 1} shows ago`}`;
  return played > 0 ? nights(played) : `${gap} shows since they last played it`;
}

/**
 * The sentence above the list: how many of its songs should be right, and why.
 * @param songs all of the setlist; its list are those at positions 1 to `expectedSongs`
 * @param repeatRate mean share of a show that was in the one before, 0 to 1
 */
export function expectation(
  songs: Listed[],
  expectedSongs: number,
  repeatRate: number | undefined,
  showsKnown: number,
  basis: "history" | "popularity" | "catalogue" = "history",
): string {
  if (showsKnown === 0) {
    const order = basis === "catalogue" ? "newest record first" : "best known first";
    return `No past show is known yet. Until then the list is their songs, ${order}.`;
  }
  if (showsKnown < FEW_SHOWS) {
    const known = showsKnown === 1 ? "1 past show" : `${showsKnown} past shows`;
    return `We know of ${known}; below ${FEW_SHOWS} the odds are a simple count.`;
  }
  const list = listed(songs, expectedSongs);
  const right = Math.round(list.reduce((sum, { probability }) => sum + probability, 0));
  return `${howMany(right, list.length)} should be right${habit(repeatRate)}.`;
}

/** Whether so little is sure that a running order would pretend: under a third of the list reaches 50 %. */
export function isAnyonesGuess(songs: Listed[], expectedSongs: number): boolean {
  const list = listed(songs, expectedSongs);
  return 3 * list.filter(({ probability }) => percent(probability) >= 50).length < list.length;
}

function listed(songs: Listed[], expectedSongs: number): Listed[] {
  return songs.filter(({ position }) => position <= expectedSongs);
}

function howMany(right: number, of: number): string {
  if (right === 0) return of === 1 ? "This one song hardly" : `Hardly any of these ${of}`;
  if (right === of) return of === 1 ? "This one song" : `Nearly all of these ${of}`;
  return `About ${right} of these ${of}`;
}

function habit(repeatRate: number | undefined): string {
  if (repeatRate === undefined) return "";
  if (repeatRate >= 0.9) return ": they play nearly the same set every night";
  if (repeatRate >= 0.6) return ": they keep most of their set from night to night";
  if (repeatRate >= 0.3) return ": they change much of their set from night to night";
  return ": they seldom play a song two nights in a row";
}
