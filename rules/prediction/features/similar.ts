/** What came after shows like the last one: finds nights that alternate and songs that come a night after others. */
import type { Memory } from "./memory.ts";

/** Shows looked back at, and the most similar of them that are asked. */
const REACH = 250;
const ASKED = 8;

/** For every song the share of the shows after the most similar ones that it was in. */
export function afterSimilar(memory: Memory): Float64Array {
  const shares = new Float64Array(memory.songs.length);
  const now = memory.shows - 1;
  if (now < 1) return shares;
  const last = new Set(memory.sets[now]);
  const before = new Set(memory.sets[now - 1]);
  const similar: { after: number; score: number }[] = [];
  for (let at = Math.max(0, now - REACH); at < now; at++) {
    let score = overlap(memory.sets[at]!, last);
    if (at > 0) score += 0.5 * overlap(memory.sets[at - 1]!, before);
    // Of equally similar shows the newer one.
    similar.push({ after: at + 1, score: score - 0.0002 * (now - at) });
  }
  similar.sort((a, b) => b.score - a.score);
  let weights = 0;
  for (const { after, score } of similar.slice(0, ASKED)) {
    const weight = Math.max(score, 0.01) ** 2;
    weights += weight;
    for (const song of memory.sets[after]!) shares[song]! += weight;
  }
  return shares.map((share) => share / weights);
}

function overlap(set: number[], other: Set<number>): number {
  let shared = 0;
  for (const song of set) if (other.has(song)) shared++;
  return shared / (set.length + other.size - shared);
}

/** For every song how often it followed the songs of the last show, over how often they were played. */
export function afterSongs(memory: Memory): Float64Array {
  const shares = new Float64Array(memory.songs.length);
  const last = memory.sets.at(-1) ?? [];
  for (const song of last) {
    const plays = memory.songs[song]!.plays + 3;
    const counts = memory.follows[song]!;
    for (let next = 0; next < Math.min(counts.length, shares.length); next++)
      shares[next]! += counts[next]! / plays;
  }
  return shares.map((share) => share / Math.max(1, last.length));
}

/** Songs at least this probable tell something of those that go with them or stand in for them. */
const LIKELY = 0.05;
const PRIOR = 10;

/**
 * For every song what the probable songs of the night say of it: how much more often than usual it is played beside
 * each of them, weighted by how probable they are. Below 0: others come in its place.
 */
export function besideOthers(memory: Memory, chances: Float64Array): Float64Array {
  const said = new Float64Array(memory.songs.length);
  const usual = memory.songs.map(({ plays }) => plays / memory.shows);
  chances.forEach((chance, other) => {
    if (chance < LIKELY) return;
    const plays = memory.songs[other]!.plays;
    const counts = memory.together[other]!;
    const weight = chance / (plays + PRIOR);
    for (let song = 0; song < said.length; song++)
      said[song]! += weight * ((song === other ? 0 : (counts[song] ?? 0)) - plays * usual[song]!);
  });
  // A song says nothing of itself.
  return said.map((value, song) => {
    const { plays } = memory.songs[song]!;
    return chances[song]! < LIKELY
      ? value
      : value + (chances[song]! * plays * usual[song]!) / (plays + PRIOR);
  });
}
