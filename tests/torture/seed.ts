import { randomInt } from "node:crypto";

/** Chance that can be had again: the seed is printed, and TORTURE_SEED sets it. Numbers from 0 to below 1. */
export function seededRandom(): () => number {
  const seed = Number(process.env.TORTURE_SEED ?? randomInt(2 ** 31));
  console.log(`TORTURE_SEED=${seed}`);
  let state = seed;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of a list, by chance. */
export const pickFrom =
  (random: () => number) =>
  <One>(list: One[]): One =>
    list[Math.floor(random() * list.length)] as One;
