/**
 * How long a round is. `npm test` goes the short one; `npm run torture` the long one, as large as promised, or a share
 * of it (TORTURE_SCALE, for a machine that others use too). Figures are printed, and kept for the list at its end.
 */
import { appendFileSync } from "node:fs";

export const LONG = process.env.TORTURE === "long";
const SCALE = Number(process.env.TORTURE_SCALE ?? 1);

/** How often something is done: once at least. @param long in the whole long round */
export function times(long: number, short = 1): number {
  return LONG ? Math.max(1, Math.round(long * SCALE)) : short;
}

/** Prints what a promise came to. */
export function figure(promise: `R${number}`, text: string): void {
  console.log(`${promise}: ${text}`);
  const file = process.env.TORTURE_FIGURES;
  if (file) appendFileSync(file, `${promise.padEnd(4)}${text.replaceAll("\n", " ")}\n`);
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
