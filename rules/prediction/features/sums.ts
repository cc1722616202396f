/** What every show moves for every song, in flat rows by song number: the walk spends its time here. */

/** Half-lives in shows of the decayed frequencies. */
export const HALF_LIVES = [2, 5, 12, 40, 150] as const;
export const HALVES = HALF_LIVES.length;
/** Nights of a run told apart: first, second, all later ones. */
export const NIGHTS = 3;
/** Buckets of shows rested (hazard.ts). */
export const BUCKETS = 16;

export type Sums = {
  /** decayed sums of plays, HALVES a song */
  decayed: Float64Array;
  /** decayed plays by night of a run, NIGHTS a song; off and on a named tour, two a song */
  nights: Float64Array;
  kinds: Float64Array;
  /** decayed shows and plays after so many shows of rest, BUCKETS a song */
  exposed: Float32Array;
  returned: Float32Array;
  /** the last show it was in */
  last: Int32Array;
  /** which of the last LAGS shows it was in, the newest in the lowest bit */
  lately: Uint8Array;
};

export const emptySums = (): Sums => roomFor(0);

function roomFor(songs: number): Sums {
  return {
    decayed: new Float64Array(songs * HALVES),
    nights: new Float64Array(songs * NIGHTS),
    kinds: new Float64Array(songs * 2),
    exposed: new Float32Array(songs * BUCKETS),
    returned: new Float32Array(songs * BUCKETS),
    last: new Int32Array(songs),
    lately: new Uint8Array(songs),
  };
}

/** The sums with room for so many songs and as many again. */
export function grown(sums: Sums, songs: number): Sums {
  if (songs <= sums.last.length) return sums;
  const room = roomFor(songs * 2);
  for (const name of Object.keys(room) as (keyof Sums)[]) room[name].set(sums[name]);
  return room;
}

/** Multiplies the first `count` figures, every `stride`-th of them. */
export function fade(figures: Float64Array, by: number, count: number, from = 0, stride = 1): void {
  for (let at = from; at < count; at += stride) figures[at]! *= by;
}
