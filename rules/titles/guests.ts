/** Guests named in a title: "(feat. …)", "(with …)". They are no part of the song's title, but "(With or Without)" may be. */
import { nameKey } from "../text.ts";

const NAMED = /^\s*(feat|ft|featuring|prod|produced by|w\/)(?![\p{L}\p{N}])/iu;
/** Words a guest's name does not hold and a phrase does: "(with someone you …)", "(with a little help)". */
const PHRASE =
  /\b(a|an|all|any|arms|everything|god|he|her|him|his|how|i|im|intro|it|its|lyrics|love|me|mine|my|myself|no|not|nothing|of|one|or|our|out|reprise|she|some|somebody|someone|strings|choir|orchestra|that|their|them|these|they|this|those|to|us|vocals|we|what|who|whom|without|you|youre|your|yourself)\b/;

/** @param artists everybody credited, if known: "(with …)" names one of them, or it is a phrase */
export function isGuest(piece: string, artists: string[] = []): boolean {
  if (NAMED.test(piece)) return !/^\s*featur\w+ in\b/i.test(piece);
  if (!/^\s*with\s/i.test(piece)) return false;
  const named = nameKey(piece).slice("with ".length);
  if (artists.length > 0) return artists.some((artist) => ` ${named} `.includes(` ${nameKey(artist)} `));
  // Services write their own "with" small; a capital one is the songwriter's.
  return /^\s*with\s/.test(piece) && !PHRASE.test(named);
}

/** Where "feat. somebody" begins that stands in no bracket; without its dot it may be a word. */
export function bareGuest(text: string): number {
  return text.search(/(?<=\S) (?:feat|ft)\. /i);
}
