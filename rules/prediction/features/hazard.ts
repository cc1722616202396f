/**
 * When a song comes back: how often songs were played that had rested as long, by how common they are (over all songs
 * of the artist) and by the song's own record. Learnt as the shows go by, for each artist afresh.
 */
import type { Memory, Song } from "./memory.ts";

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
  return { rested: table(CLASSES * RESTED.length), pattern: table(CLASSES * 8), error: 0, songs: 0 };
}

const bucketOfGap = Array.from({ length: 256 }, (_, gap) => RESTED.findLastIndex((least) => gap >= least));
const bucketOf = (gap: number) => (gap < 256 ? bucketOfGap[gap]! : RESTED.length - 1);

function classOf(frequency: number): number {
  let at = 0;
  while (at < COMMON.length && frequency >= COMMON[at]!) at++;
  return at;
}

/** Slow decayed frequency, the best single guess of how common a song is. */
const commonness = (memory: Memory, song: Song) => song.decayed[3]! / memory.weights[3]!;

/** Which of the last three shows it was in: nothing beyond the third bucket. */
const patternOf = (song: Song, bucket: number) => (bucket > 2 ? 0 : song.lately & 7);

function fade({ exposed, played }: Hazards["rested"]): void {
  for (let i = 0; i < exposed.length; i++) {
    exposed[i]! *= FADES;
    played[i]! *= FADES;
  }
}

/** Counts the show about to be remembered: every known song was exposed, some were played. */
export function countHazards(memory: Memory, hits: Uint8Array, songs: number, chances: Chances): void {
  const { hazards } = memory;
  const { rested, pattern } = hazards;
  if (memory.shows === 0) return;
  hazards.error *= ERROR_FADES;
  hazards.songs = hazards.songs * ERROR_FADES + songs;
  fade(rested);
  fade(pattern);
  memory.songs.forEach((song, number) => {
    const bucket = bucketOf(memory.shows - 1 - song.last);
    const common = classOf(commonness(memory, song));
    const hit = hits[number]!;
    hazards.error += (hit - chances[number * CHANCES + OWN]!) ** 2;
    rested.exposed[common * RESTED.length + bucket]!++;
    rested.played[common * RESTED.length + bucket]! += hit;
    const cell = common * 8 + patternOf(song, bucket);
    pattern.exposed[cell]!++;
    pattern.played[cell]! += hit;
    song.hazard.exposed[bucket] = song.hazard.exposed[bucket]! * SONG_FADES + 1;
    song.hazard.played[bucket] = song.hazard.played[bucket]! * SONG_FADES + hit;
  });
}

/** What the records say of every song at the next show. */
export function chancesOf(memory: Memory): Chances {
  const chances = new Float64Array(memory.songs.length * CHANCES);
  memory.songs.forEach((song, number) => writeChances(memory, song, chances, number * CHANCES));
  return chances;
}

function writeChances(memory: Memory, song: Song, chances: Chances, at: number): void {
  const { rested, pattern } = memory.hazards;
  const frequency = commonness(memory, song);
  const common = classOf(frequency);
  const bucket = bucketOf(memory.shows - 1 - song.last);
  const cell = common * RESTED.length + bucket;
  const artist = (rested.played[cell]! + ARTIST_PRIOR * frequency) / (rested.exposed[cell]! + ARTIST_PRIOR);
  // Neighbouring gaps say nearly as much: half their weight steadies rare ones.
  const { exposed, played } = song.hazard;
  const [before, after] = [Math.max(0, bucket - 1), Math.min(RESTED.length - 1, bucket + 1)];
  const [left, right] = [before < bucket ? 0.5 : 0, after > bucket ? 0.5 : 0];
  const hits = played[bucket]! + left * played[before]! + right * played[after]!;
  const shows = exposed[bucket]! + left * exposed[before]! + right * exposed[after]!;
  const own = (hits + SONG_PRIOR * artist) / (shows + SONG_PRIOR);
  const seen = common * 8 + patternOf(song, bucket);
  chances[at + ARTIST] = artist;
  chances[at + OWN] = own;
  chances[at + PATTERN] =
    (pattern.played[seen]! + ARTIST_PRIOR * frequency) / (pattern.exposed[seen]! + ARTIST_PRIOR);
}
