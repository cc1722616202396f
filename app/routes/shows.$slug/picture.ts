/**
 * Where everything stands in the picture of a show against our odds: songs in the order played, bars as tall as their odds,
 * those we named and that did not come hanging below the line. One unit is a pixel at the width it is drawn for.
 */
import { scaleLinear } from "d3-scale";
import type { ResultRow } from "./result";

export const WIDTH = 720;
export const HEIGHT = 244;
/** the line that odds are measured from; 100 % above it is TALL high, below it half as much */
export const BASE = 132;
const TALL = 110;
const LEFT = 40;
/** a bar with its gap is at most so wide, or five songs would be five walls */
const STEP = 32;
/** between what was played and what was not */
const BREAK = 16;

export type Bar = {
  kind: "hit" | "surprise" | "missed";
  x: number;
  y: number;
  width: number;
  height: number;
  /** where the fans' share would end the bar */
  fans?: number;
  /** middle of the mark that tells the kind without colour */
  mark?: { x: number; y: number };
};
export type Chart = {
  bars: Bar[];
  /** between what was played and what was not */
  breakAt?: number;
  /** the finding, in a sentence */
  desc: string;
};

type Song = Pick<ResultRow, "title" | "kind" | "percent" | "share">;

const up = scaleLinear([0, 100], [BASE, BASE - TALL]);
const down = scaleLinear([0, 100], [BASE, BASE + 0.85 * TALL]);
const round = (n: number) => Math.round(n * 10) / 10;

/** @param songs those played, in their order, then those missed */
export function chartOf(songs: Song[]): Chart {
  const played = songs.filter(({ kind }) => kind !== "missed");
  const missed = songs.filter(({ kind }) => kind === "missed");
  const room = WIDTH - LEFT - (missed.length > 0 ? BREAK : 0);
  const step = Math.min(STEP, room / Math.max(1, songs.length));
  const width = round(step * 0.8);
  const barOf = (song: Song, x: number): Bar => {
    const { kind, percent = 0, share } = song;
    const scale = kind === "missed" ? down : up;
    const end = round(scale(percent));
    const [y, height] = kind === "missed" ? [BASE, end - BASE] : [end, BASE - end];
    const middle = round(x + width / 2);
    return {
      kind: kind as Bar["kind"],
      x: round(x),
      y,
      width,
      // What had no odds at all is still a line to be seen.
      height: round(Math.max(2, height)),
      ...(share !== undefined && { fans: round(scale(share)) }),
      ...(kind === "surprise" && { mark: { x: middle, y: round(end - 14) } }),
      ...(kind === "missed" && { mark: { x: middle, y: round(end + 13) } }),
    };
  };
  const after = LEFT + played.length * step + BREAK;
  return {
    bars: [
      ...played.map((song, n) => barOf(song, LEFT + n * step)),
      ...missed.map((song, n) => barOf(song, after + n * step)),
    ],
    ...(missed.length > 0 && { breakAt: round(after - BREAK / 2 - width / 8) }),
    desc: descOf(songs),
  };
}

function descOf(songs: Song[]): string {
  const of = (kind: Song["kind"]) => songs.filter((song) => song.kind === kind);
  const names = (list: Song[]) =>
    list.map(({ title, percent }) => (percent ? `${title} ${percent}%` : `${title}, no odds`)).join(", ");
  const [surprises, missed] = [of("surprise"), of("missed")];
  return [
    `${of("hit").length} of the songs we named were played and stand above the line, as tall as their odds.`,
    surprises.length > 0 && `Surprises: ${names(surprises)}.`,
    missed.length > 0 && `Named, not played, below the line: ${names(missed)}.`,
  ]
    .filter(Boolean)
    .join(" ");
}
