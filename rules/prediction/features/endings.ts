/** Who opened the last shows, or stood in their encore: counted once for all coming shows. */
import type { Memory } from "./memory.ts";

export type End = "opener" | "encore";

/** Shows looked back at: some years of openers. */
const REACH = 160;
/** Shows whose ends are counted one by one. */
const LATELY = 40;
const FAST = 0.5 ** (1 / 2);
const MIDDLE = 0.5 ** (1 / 7);
const SLOW = 0.5 ** (1 / 30);

/** By song where it is an array. */
export type Endings = {
  /** newest first; only shows that have the end marked */
  past: { songs: number[]; at: number }[];
  /** decayed shares of ends, by three half-lives */
  fast: Float64Array;
  middle: Float64Array;
  slow: Float64Array;
  /** ends since it was last one; 999 for long ago */
  since: Float64Array;
  /** of the last LATELY ends how many it was; at as many shows how often it was played; how often the other end */
  lately: Float64Array;
  played: Float64Array;
  other: Float64Array;
  /** what followed ends like the last one */
  after: Float64Array;
  followed: number;
  /** decayed share of ends that were one the time before; -1 where nothing tells */
  repeats: number;
  /** sum of squared slow shares: 1 where it is always the same */
  variety: number;
  /** usual number of songs */
  size: number;
};

export function endingsOf(memory: Memory, end: End): Endings {
  const past = pastEnds(memory, end);
  const count = memory.songs.length;
  const sums = () => new Float64Array(count);
  const [fast, middle, slow, lately, played, other, after] = [
    sums(),
    sums(),
    sums(),
    sums(),
    sums(),
    sums(),
    sums(),
  ];
  const since = sums().fill(999);
  const last = past[0]?.songs ?? [];
  let [fasts, middles, slows, repeated, repeats, followed, size] = [0, 0, 0, 0, 0, 0, 0];
  past.forEach(({ songs }, ago) => {
    const [a, b, c] = [FAST ** ago, MIDDLE ** ago, SLOW ** ago];
    fasts += a;
    middles += b;
    slows += c;
    size += songs.length * c;
    for (const song of songs) {
      fast[song]! += a;
      middle[song]! += b;
      slow[song]! += c;
      if (ago < LATELY) lately[song]!++;
      since[song] = Math.min(since[song]!, ago);
    }
    const before = past[ago + 1]?.songs;
    if (!before) return;
    repeated += c * (songs.filter((song) => before.includes(song)).length / songs.length);
    repeats += c;
    if (!before.some((song) => last.includes(song))) return;
    followed++;
    for (const song of songs) after[song]!++;
  });
  for (const set of memory.sets.slice(-LATELY)) for (const song of set) played[song]!++;
  const others = pastEnds(memory, end === "opener" ? "encore" : "opener").slice(0, LATELY);
  for (const { songs } of others) for (const song of songs) other[song]!++;
  const shares = (values: Float64Array, weight: number) => values.map((value) => value / (weight || 1));
  const share = shares(slow, slows);
  return {
    past,
    fast: shares(fast, fasts),
    middle: shares(middle, middles),
    slow: share,
    since,
    lately,
    played,
    other: shares(other, others.length),
    after,
    followed,
    repeats: repeats === 0 ? -1 : repeated / repeats,
    variety: share.reduce((sum, value) => sum + value ** 2, 0),
    size: size / (slows || 1),
  };
}

/** Newest first. Shows without a marked encore say nothing of encores. */
function pastEnds(memory: Memory, end: End): Endings["past"] {
  const ends: Endings["past"] = [];
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
