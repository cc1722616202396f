/**
 * What opener and encore are told by, beside the chance of the song: who opened or ended the last shows, and when.
 */
import type { ComingShow } from "../history.ts";
import { continues, dayOf, LEG_BREAK, venueKey } from "./calendar.ts";
import type { End } from "./endings.ts";
import type { Memory } from "./memory.ts";
import { endingsNow } from "./standing.ts";

/** Of a song after the last show. */
const STILL = [
  "fast",
  "middle",
  "slow",
  "share",
  "shareLately",
  "plays",
  "since",
  "lag1",
  "lag2",
  "lag3",
  "repeats",
  "variety",
  "place",
  "otherEnd",
  "afterLast",
  "habit",
  "size",
  "playedLast",
] as const;
/** Of the song at the coming show. */
const TONIGHT = ["chance", "rank", "leg", "legShows", "inRun", "night", "days"] as const;
export const END_FEATURES = [...STILL, ...TONIGHT] as const;
export const END_WIDTH = END_FEATURES.length;
export const END_TONIGHT = STILL.length;
/** Songs that may open or stand in an encore: so many of the most probable ones. */
export const CANDIDATES = 60;

/**
 * One row of END_WIDTH figures for each of `candidates`, song numbers by falling chance.
 * @param chances log-odds of each candidate
 */
export function endFeatures(
  memory: Memory,
  show: ComingShow,
  end: End,
  candidates: number[],
  chances: ArrayLike<number>,
): Float32Array {
  const { past } = endingsNow(memory, end);
  const still = stillFigures(memory, end);
  const lastDay = memory.days.at(-1)!;
  const day = Math.max(lastDay, dayOf(show.date, lastDay));
  const runs = continues(memory.run, venueKey(show.venue), day);
  const legShows = day - lastDay > LEG_BREAK ? 0 : Math.min(memory.leg.shows, 40);
  const onLeg = past.filter(({ at }) => at >= memory.shows - legShows);
  const inRun = runs ? past.filter(({ at }) => at >= memory.shows - memory.run.nights) : [];
  const rows = new Float32Array(candidates.length * END_WIDTH);
  candidates.forEach((number, rank) => {
    const at = rank * END_WIDTH;
    const among = (ends: typeof past) => ends.filter(({ songs }) => songs.includes(number)).length;
    rows.set(still(number), at);
    rows.set(
      [
        chances[rank]!,
        rank,
        onLeg.length === 0 ? -1 : among(onLeg) / onLeg.length,
        onLeg.length,
        inRun.length === 0 ? -1 : among(inRun) > 0 ? 1 : 0,
        runs ? memory.run.nights : 0,
        Math.min(1500, day - lastDay),
      ],
      at + END_TONIGHT,
    );
  });
  return rows;
}

/** A function from a song to its figures, in the order of STILL. */
function stillFigures(memory: Memory, end: End): (number: number) => number[] {
  const endings = endingsNow(memory, end);
  const { past } = endings;
  const habit = memory.repeatWeights[0]! > 0 ? memory.repeats[0]! / memory.repeatWeights[0]! : -1;
  return (number) => {
    const song = memory.songs[number]!;
    const lag = (ago: number) => (past[ago]?.songs.includes(number) ? 1 : 0);
    return [
      endings.fast[number]!,
      endings.middle[number]!,
      endings.slow[number]!,
      (end === "opener" ? song.opened : song.inEncore) / (song.plays + 1),
      endings.lately[number]! / (endings.played[number]! + 1),
      song.plays,
      endings.since[number]!,
      lag(0),
      lag(1),
      lag(2),
      endings.repeats,
      endings.variety,
      song.place,
      endings.other[number]!,
      (endings.after[number]! + 2 * endings.slow[number]!) / (endings.followed + 2),
      habit,
      endings.size,
      memory.sums.lately[number]! & 1,
    ];
  };
}
