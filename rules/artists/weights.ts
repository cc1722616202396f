import type { Evidence } from "../artists.ts";

/** Weights are summed and compared in hundredths, where 0.7 - 0.6 is 0.1. */
export function hundredths(value: number): number {
  return Math.round(value * 100);
}

export function round(value: number): number {
  return hundredths(value) / 100;
}

/** In hundredths. */
export function sumOf(evidence: Evidence[]): number {
  return evidence.reduce((total, { weight }) => total + hundredths(weight), 0);
}
