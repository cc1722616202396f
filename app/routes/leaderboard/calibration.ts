/**
 * Odds against what happened, ready to be drawn: a dot a group of songs, its area by how many they are, a whisker for what
 * chance alone could do to it. One unit is a pixel.
 */
import { scaleLinear, scaleSqrt } from "d3-scale";
import { CALIBRATION_BINS } from "#rules/leaderboard";
import { count, grouped } from "../../formats";

export const SIZE = 350;
export const LEFT = 44;
export const RIGHT = 334;
export const TOP = 20;
export const BOTTOM = 310;
/** smallest and largest radius: a group of one song can still be seen */
const RADII = [2.5, 9];
/** of a normal distribution, 95 % */
const Z = 1.96;

type Bin = { bin: number; songs: number; said: number; played: number };
export type Calibration = {
  dots: { x: number; y: number; r: number; low: number; high: number }[];
  rows: { odds: string; said: string; played: string; songs: string }[];
  songs: string;
  desc: string;
};

export const xOf = scaleLinear([0, 1], [LEFT, RIGHT]);
export const yOf = scaleLinear([0, 1], [BOTTOM, TOP]);
const round = (n: number) => Math.round(n * 10) / 10;
const percents = (share: number) => `${Math.round(100 * share)}%`;

/** @returns undefined while nothing is counted */
export function calibrationOf(bins: Bin[]): Calibration | undefined {
  const songs = bins.reduce((sum, bin) => sum + bin.songs, 0);
  if (songs === 0) return undefined;
  const radius = scaleSqrt([1, Math.max(...bins.map((bin) => bin.songs), 2)], RADII);
  const off = bins.reduce((sum, bin) => sum + Math.abs(bin.songs * bin.said - bin.played), 0) / songs;
  const width = 100 / CALIBRATION_BINS;
  return {
    dots: bins.map((bin) => {
      const [low, high] = wilson(bin.played, bin.songs);
      return {
        x: round(xOf(bin.said)),
        y: round(yOf(bin.played / bin.songs)),
        r: round(radius(bin.songs)),
        low: round(yOf(low)),
        high: round(yOf(high)),
      };
    }),
    rows: bins.map((bin) => ({
      odds: `${bin.bin * width} to ${(bin.bin + 1) * width}%`,
      said: percents(bin.said),
      played: percents(bin.played / bin.songs),
      songs: grouped(bin.songs),
    })),
    songs: count(songs, "song"),
    desc: `${count(songs, "song")} in ${count(bins.length, "group")} by the odds we gave. On average, larger groups for more, what was played is ${(100 * off).toFixed(1)} points from what we said.`,
  };
}

/** The 95 % interval of a share by Wilson's score: it stays within 0 and 1, and means something for a handful too. */
export function wilson(hits: number, of: number): [low: number, high: number] {
  const share = hits / of;
  const weight = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / weight;
  const half = (Z / weight) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
