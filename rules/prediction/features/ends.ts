/**
 * What opener and encore are told by, beside the chance of the song: who opened or ended the last shows, and when.
 * Shows without a marked encore say nothing of encores.
 */
import type { ComingShow } from "../history.ts";
import { continues, dayOf, LEG_BREAK, venueKey } from "./calendar.ts";
import type { Memory } from "./memory.ts";

export const END_FEATURES = [
  "chance",
  "rank",
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
  "leg",
  "legShows",
  "repeats",
  "variety",
  "place",
  "otherEnd",
  "afterLast",
  "inRun",
  "night",
  "habit",
  "size",
  "playedLast",
  "days",
] as const;
export const END_WIDTH = END_FEATURES.length;
/** Songs that may open or stand in an encore: so many of the most probable ones. */
export const CANDIDATES = 60;
export type End = "opener" | "encore";

/** Shows looked back at: some years of openers. */
const REACH = 160;
const FAST = 0.5 ** (1 / 2);
const MIDDLE = 0.5 ** (1 / 7);
const SLOW = 0.5 ** (1 / 30);
const zeros = (length: number) => new Float64Array(length);

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
  const past = pastEnds(memory, end);
  const others = pastEnds(memory, end === "opener" ? "encore" : "opener");
  const count = memory.songs.length;
  const [fast, middle, slow, other, lately, after] = Array.from({ length: 6 }, () => zeros(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const since = new Map<number, number>();
  const last = past[0]?.songs ?? [];
  let [weights, repeated, repeats, followed] = [[0, 0, 0], 0, 0, 0];
  past.forEach(({ songs }, ago) => {
    const [a, b, c] = [FAST ** ago, MIDDLE ** ago, SLOW ** ago];
    weights = [weights[0]! + a, weights[1]! + b, weights[2]! + c];
    for (const song of songs) {
      fast[song]! += a;
      middle[song]! += b;
      slow[song]! += c;
      if (!since.has(song)) since.set(song, ago);
    }
    const before = past[ago + 1]?.songs;
    if (!before) return;
    repeated += c * (songs.filter((song) => before.includes(song)).length / songs.length);
    repeats += c;
    if (!before.some((song) => last.includes(song))) return;
    followed++;
    for (const song of songs) after[song]!++;
  });
  others.slice(0, 40).forEach(({ songs }) => songs.forEach((song) => other[song]!++));
  memory.sets.slice(-40).forEach((set) => set.forEach((song) => lately[song]!++));
  const lastDay = memory.days.at(-1)!;
  const day = Math.max(lastDay, dayOf(show.date, lastDay));
  const runs = continues(memory.run, venueKey(show.venue), day);
  const legShows = day - lastDay > LEG_BREAK ? 0 : Math.min(memory.leg.shows, 40);
  const legFrom = memory.shows - legShows;
  const onLeg = past.filter(({ at }) => at >= legFrom);
  const inRun = runs ? past.filter(({ at }) => at >= memory.shows - memory.run.nights) : [];
  const size = past.reduce((sum, { songs }, ago) => sum + songs.length * SLOW ** ago, 0) / (weights[2]! || 1);
  const squares = slow.reduce((sum, value) => sum + (value / (weights[2]! || 1)) ** 2, 0);
  const habit = memory.repeatWeights[0]! > 0 ? memory.repeats[0]! / memory.repeatWeights[0]! : -1;
  const lastSet = new Set(memory.sets.at(-1));
  const rows = new Float32Array(candidates.length * END_WIDTH);
  candidates.forEach((number, rank) => {
    const song = memory.songs[number]!;
    const count = end === "opener" ? song.opened : song.inEncore;
    const lag = (ago: number) => (past[ago]?.songs.includes(number) ? 1 : 0);
    rows.set(
      [
        chances[rank]!,
        rank,
        fast[number]! / (weights[0]! || 1),
        middle[number]! / (weights[1]! || 1),
        slow[number]! / (weights[2]! || 1),
        count / (song.plays + 1),
        past.slice(0, 40).filter(({ songs }) => songs.includes(number)).length / (lately[number]! + 1),
        song.plays,
        since.get(number) ?? 999,
        lag(0),
        lag(1),
        lag(2),
        onLeg.length === 0 ? -1 : onLeg.filter(({ songs }) => songs.includes(number)).length / onLeg.length,
        onLeg.length,
        repeats === 0 ? -1 : repeated / repeats,
        squares,
        song.place,
        other[number]! / Math.max(1, Math.min(40, others.length)),
        (after[number]! + 2 * (slow[number]! / (weights[2]! || 1))) / (followed + 2),
        inRun.length === 0 ? -1 : inRun.some(({ songs }) => songs.includes(number)) ? 1 : 0,
        runs ? memory.run.nights : 0,
        habit,
        size,
        lastSet.has(number) ? 1 : 0,
        Math.min(1500, day - lastDay),
      ],
      rank * END_WIDTH,
    );
  });
  return rows;
}

/** Newest first. */
function pastEnds(memory: Memory, end: End): { songs: number[]; at: number }[] {
  const ends: { songs: number[]; at: number }[] = [];
  for (let at = memory.shows - 1; at >= Math.max(0, memory.shows - REACH); at--) {
    const songs = end === "opener" ? [memory.openers[at]!] : memory.encores[at]!;
    if (songs.length > 0) ends.push({ songs, at });
  }
  return ends;
}

/** Usual number of songs in the encore, of shows that have one marked; 0 where none of the last ones has. */
export function usualEncore(memory: Memory): number {
  const marked = memory.encores.slice(-30).filter((songs) => songs.length > 0);
  return marked.length === 0 ? 0 : marked.reduce((sum, songs) => sum + songs.length, 0) / marked.length;
}
