/**
 * When a song comes back: how often songs were played that had rested as long, by how common they are (over all songs
 * of the artist) and by the song's own record. Learnt as the shows go by, for each artist afresh.
 */
import type { Memory } from "./memory.ts";
import { BUCKETS, fade, HALVES } from "./sums.ts";

/** Lower bounds of the buckets of shows rested: 0 is "played at the last show". */
const RESTED = [0, 1, 2, 3, 4, 5, 6, 8, 11, 15, 20, 28, 40, 60, 100, 200];
/** Bounds of the classes by decayed frequency. */
const COMMON = [0.004, 0.015, 0.03, 0.06, 0.1, 0.16, 0.25, 0.4, 0.6, 0.8, 0.93];
const CLASSES = COMMON.length + 1;
/** Half-lives in shows: a band changes its ways over some tours. */
const FADES = 0.5 ** (1 / 60);
const SONG_FADES = 0.5 ** (1 / 200);
const ERROR_FADES = 0.5 ** (1 / 12);
/** Shows of the artist, of the song, that weigh as much as what is expected anyway. */
const ARTIST_PRIOR = 4;
const SONG_PRIOR = 6;

/** Three a song: by the artist's record, by the song's own, by the pattern of the last three shows. */
export type Chances = Float64Array;
export const [ARTIST, OWN, PATTERN, CHANCES] = [0, 1, 2, 3] as const;

export type Hazards = {
  rested: { exposed: Float64Array; played: Float64Array };
  /** by which of the last three shows it was in */
  pattern: { exposed: Float64Array; played: Float64Array };
  /** how well the songs' own hazards told the last shows: decayed squared errors, over songs played */
  error: number;
  songs: number;
};

export function emptyHazards(): Hazards {
  const table = (size: number) => ({ exposed: new Float64Array(size), played: new Float64Array(size) });
  return { rested: table(CLASSES * BUCKETS), pattern: table(CLASSES * 8), error: 0, songs: 0 };
}

const bucketOfGap = Array.from({ length: 256 }, (_, gap) => RESTED.findLastIndex((least) => gap >= least));
const bucketOf = (gap: number) => (gap < 256 ? bucketOfGap[gap]! : BUCKETS - 1);

function classOf(frequency: number): number {
  let at = 0;
  while (at < COMMON.length && frequency >= COMMON[at]!) at++;
  return at;
}

/** Slow decayed frequency, the best single guess of how common a song is. */
const commonness = ({ sums, weights }: Memory, number: number) =>
  sums.decayed[number * HALVES + 3]! / weights[3]!;

/** Which of the last three shows it was in: nothing beyond the third bucket. */
const patternOf = ({ sums }: Memory, number: number, bucket: number) =>
  bucket > 2 ? 0 : sums.lately[number]! & 7;

/** Counts the show about to be remembered: every known song was exposed, some were played. */
export function countHazards(memory: Memory, hits: Uint8Array, songs: number, chances: Chances): void {
  const { hazards } = memory;
  const { rested, pattern } = hazards;
  if (memory.shows === 0) return;
  hazards.error *= ERROR_FADES;
  hazards.songs = hazards.songs * ERROR_FADES + songs;
  for (const { exposed, played } of [rested, pattern]) {
    fade(exposed, FADES, exposed.length);
    fade(played, FADES, played.length);
  }
  const { last, exposed, returned } = memory.sums;
  for (let number = 0; number < hits.length; number++) {
    const bucket = bucketOf(memory.shows - 1 - last[number]!);
    const common = classOf(commonness(memory, number));
    const hit = hits[number]!;
    hazards.error += (hit - chances[number * CHANCES + OWN]!) ** 2;
    rested.exposed[common * BUCKETS + bucket]!++;
    rested.played[common * BUCKETS + bucket]! += hit;
    const cell = common * 8 + patternOf(memory, number, bucket);
    pattern.exposed[cell]!++;
    pattern.played[cell]! += hit;
    const own = number * BUCKETS + bucket;
    exposed[own] = exposed[own]! * SONG_FADES + 1;
    returned[own] = returned[own]! * SONG_FADES + hit;
  }
}

/** What the records say of every song at the next show. */
export function chancesOf(memory: Memory): Chances {
  const chances = new Float64Array(memory.songs.length * CHANCES);
  for (let number = 0; number < memory.songs.length; number++) writeChances(memory, number, chances);
  return chances;
}

function writeChances(memory: Memory, number: number, chances: Chances): void {
  const { rested, pattern } = memory.hazards;
  const { last, exposed, returned } = memory.sums;
  const frequency = commonness(memory, number);
  const common = classOf(frequency);
  const bucket = bucketOf(memory.shows - 1 - last[number]!);
  const cell = common * BUCKETS + bucket;
  const artist = (rested.played[cell]! + ARTIST_PRIOR * frequency) / (rested.exposed[cell]! + ARTIST_PRIOR);
  // Neighbouring gaps say nearly as much: half their weight steadies rare ones.
  const now = number * BUCKETS + bucket;
  const [before, after] = [bucket > 0 ? now - 1 : now, bucket < BUCKETS - 1 ? now + 1 : now];
  const [left, right] = [bucket > 0 ? 0.5 : 0, bucket < BUCKETS - 1 ? 0.5 : 0];
  const hits = returned[now]! + left * returned[before]! + right * returned[after]!;
  const shows = exposed[now]! + left * exposed[before]! + right * exposed[after]!;
  const own = (hits + SONG_PRIOR * artist) / (shows + SONG_PRIOR);
  const seen = common * 8 + patternOf(memory, number, bucket);
  const at = number * CHANCES;
  chances[at + ARTIST] = artist;
  chances[at + OWN] = own;
  chances[at + PATTERN] =
    (pattern.played[seen]! + ARTIST_PRIOR * frequency) / (pattern.exposed[seen]! + ARTIST_PRIOR);
}
