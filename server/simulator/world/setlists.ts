/** What was played: every show of a tour by the artist's habit, then the marks that real records carry. */
import { decorate } from "./marks.ts";
import { pick, random, shuffle, weighted, type Random } from "./random.ts";
import type { Artist, PlayedSet, PlayedSong, Show } from "./types.ts";

const song = (name: string): PlayedSong => ({ name });

/** Songs the band could play that year, newest album first: nothing from an album not out yet. */
function repertoire(artist: Artist, date: string): string[] {
  const released = artist.albums.filter((album) => album.type !== "live" && album.date <= date);
  const albums = released.length > 0 ? released : artist.albums.slice(0, 1);
  return [...new Set(albums.toReversed().flatMap((album) => album.songs))];
}

/** Nearly the same set nightly: one place of the set is the wild one, and now and then two songs change seats. */
function fixed(rng: Random, artist: Artist, shows: Show[]): string[][] {
  const { songs } = artist.habit;
  const pool = repertoire(artist, shows[0]?.date ?? "9999");
  const fresh = pool.slice(0, Math.ceil(songs * 0.5));
  const classics = shuffle(rng, pool.slice(fresh.length));
  const base = shuffle(rng, [...fresh, ...classics.slice(0, songs - fresh.length)]);
  const spare = classics.slice(songs - fresh.length);
  const wild = 2 + Math.floor(rng() * Math.max(1, songs - 4));
  return shows.map(() => {
    const tonight = [...base];
    if (spare.length > 0 && rng() < 0.5) tonight[wild] = pick(rng, spare.slice(0, 4));
    if (spare.length > 4 && rng() < 0.12) tonight[1] = pick(rng, spare.slice(4));
    if (rng() < 0.06) tonight.splice(3, 1);
    return tonight;
  });
}

/**
 * Every song has its weight and its rest: played last night it stays home, and the longer it rested beyond its mean
 * gap, the likelier it comes. `core` songs are played always, pairs take turns.
 */
function varied(rng: Random, artist: Artist, shows: Show[], core: number, pairs: number): string[][] {
  const pool = shuffle(rng, repertoire(artist, shows[0]?.date ?? "9999"));
  const always = pool.slice(0, core);
  const turns = pool.slice(core, core + 2 * pairs);
  const rest = pool.slice(core + 2 * pairs);
  const weights = rest.map((_, i) => 1 / (i + 6));
  const gaps = rest.map(() => Math.floor(rng() * 12));
  // Songs rest three nights, or fewer where there are not enough of them.
  const rested = Math.min(3, rest.length / Math.max(1, artist.habit.songs - core - pairs) / 2);
  return shows.map((_, night) => {
    const flip = rng() < 0.08 ? 1 : 0;
    const taken = Array.from({ length: pairs }, (_, i) => turns[2 * i + ((night + flip) % 2)]);
    const tonight = [...always, ...taken.filter((name) => name !== undefined)];
    const length = artist.habit.songs - 1 + Math.floor(rng() * 3);
    const chances = rest.map((_, i) => (weights[i] ?? 0) * ((gaps[i] ?? 0) < rested ? 0 : (gaps[i] ?? 0)));
    gaps.forEach((gap, i) => (gaps[i] = gap + 1));
    while (tonight.length < length) {
      const index = weighted(rng, chances);
      const name = rest[index];
      if (name === undefined) break;
      chances[index] = 0;
      gaps[index] = 0;
      tonight.push(name);
    }
    return order(rng, tonight, always);
  });
}

/** Any order, but a few songs are the ones that open, and others the ones that close. */
function order(rng: Random, tonight: string[], always: string[]): string[] {
  if (always.length < 6) return shuffle(rng, tonight);
  const opener = pick(rng, always.slice(0, 3));
  const closer = pick(rng, always.slice(3, 6));
  const middle = tonight.filter((name) => name !== opener && name !== closer);
  return [opener, ...shuffle(rng, middle), closer];
}

function tonight(rng: Random, artist: Artist, shows: Show[]): string[][] {
  if (artist.habit.kind === "fixed") return fixed(rng, artist, shows);
  return artist.habit.kind === "rotating"
    ? varied(rng, artist, shows, 8, 3)
    : varied(rng, artist, shows, 0, 0);
}

/** The sets of every show of one tour, in the shows' order. */
export function tourSets(seed: string, artist: Artist, shows: Show[], length?: number): PlayedSet[][] {
  const first = shows[0];
  if (!first) return [];
  const rng = random(`${seed}/sets/${artist.key}/${first.key}`);
  return tonight(rng, artist, shows).map((names, i) => {
    const show = shows[i] ?? first;
    const short = length === undefined ? names : names.slice(0, length);
    const encore = length === undefined ? artist.habit.encore : 0;
    const main = short.slice(0, short.length - encore).map(song);
    const sets: PlayedSet[] = [{ songs: main }];
    if (encore > 0) sets.push({ encore: 1, songs: short.slice(short.length - encore).map(song) });
    return decorate(random(`${seed}/marks/${artist.key}/${show.key}`), artist, sets);
  });
}
