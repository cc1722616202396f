/** Chance that repeats: everything here is a function of its seed text. */

export type Random = () => number;

/** 32 bits of a text (FNV-1a with a final mix). */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Numbers in [0, 1), the same row for the same seed (mulberry32). */
export function random(seed: string): Random {
  let state = hash(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(rng: Random, list: readonly T[]): T {
  const item = list[Math.floor(rng() * list.length)];
  if (item === undefined) throw new Error("pick from an empty list");
  return item;
}

export function shuffle<T>(rng: Random, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: rng() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** One of `list`, each as likely as its weight says; -1 when all weights are 0. */
export function weighted(rng: Random, weights: readonly number[]): number {
  let left = rng() * weights.reduce((sum, w) => sum + w, 0);
  return weights.findIndex((w) => w > 0 && (left -= w) < 0);
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE64URL = `${BASE62}-_`;

function code(seed: string, length: number, alphabet: string): string {
  const rng = random(seed);
  return Array.from({ length }, () => alphabet[Math.floor(rng() * alphabet.length)]).join("");
}

export const hex = (seed: string, length: number): string => code(seed, length, "0123456789abcdef");
export const digits = (seed: string, length: number): string => code(seed, length, "0123456789");
export const base62 = (seed: string, length: number): string => code(seed, length, BASE62);
export const ticketId = (prefix: string, seed: string, length: number): string =>
  prefix + code(seed, length - prefix.length, BASE64URL);

export function uuid(seed: string): string {
  const h = hex(seed, 31);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(12, 15)}-9${h.slice(15, 18)}-${h.slice(18, 30)}`;
}
