/** Odds as people read them: whole per cents, a word, and what to expect of a list. */
import { FEW_SHOWS } from "./reasons.ts";

/** Lowest per cent of each word. Law everywhere, share images and API texts included. */
const WORDS: [from: number, word: string][] = [
  [90, "near certain"],
  [65, "likely"],
  [40, "toss-up"],
  [15, "unlikely"],
  [0, "long shot"],
];
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
  const { right, of } = trust(songs, expectedSongs);
  return `${howMany(right, of)} should be right${habit(repeatRate)}.`;
}

/** How many songs of the list should be right: their odds added up, in whole songs. */
export function trust(songs: Listed[], expectedSongs: number): { right: number; of: number } {
  const list = listed(songs, expectedSongs);
  return { right: Math.round(list.reduce((sum, { probability }) => sum + probability, 0)), of: list.length };
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
