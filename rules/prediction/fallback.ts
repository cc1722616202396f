/**
 * A setlist for an artist of whom no show is known: their songs, best known first, or where nobody tells how well they
 * are known, the newest record first. No model: the odds only say how little is known. Labelled so wherever it shows.
 */
import type { PredictedSong, Prediction, SongFacts } from "./history.ts";

export type CatalogueFacts = {
  key: string;
  /** 0 to 100, where the key gets it */
  popularity?: number;
  /** YYYY, YYYY-MM or YYYY-MM-DD of the record it stands on */
  released?: string;
  trackNumber?: number;
};

export type Fallback = Prediction & { basis: "popularity" | "catalogue" };

const MODEL = "catalogue-1";
/** As long as the original guide's fixed list; artists play 11 to 24 songs a night (means of 16 histories). */
const USUAL_SET = 15;
const LISTED = 45;
/** Popularity counts only when most songs have one: a few known ones would stand above all others for no reason. */
const ENOUGH_KNOWN = 0.5;
/** How slowly odds fall along the list: order of release says less than how well a song is known. */
const SLOPES = { popularity: 12, catalogue: 30 } as const;
/** The best known song of an artist we know nothing else of is likely, and no more. */
const MOST = 0.8;

const NOTHING_COUNTED: SongFacts = {
  window: 0,
  played: 0,
  opened: 0,
  closedMain: 0,
  closed: 0,
  inEncore: 0,
  plays: 0,
  shows: 0,
  gap: 0,
  span: 0,
  firstPlayed: "",
  lastPlayed: "",
};

/** Undefined for an empty catalogue. Independent of the order of `songs`. */
export function fromCatalogue(songs: CatalogueFacts[]): Fallback | undefined {
  if (songs.length === 0) return undefined;
  const known = songs.filter(({ popularity }) => (popularity ?? 0) > 0).length;
  const basis = known >= ENOUGH_KNOWN * songs.length ? "popularity" : "catalogue";
  const sorted = [...songs].sort((a, b) => rank(basis, a, b));
  const expectedSongs = Math.min(USUAL_SET, songs.length);
  const odds = oddsBy(SLOPES[basis], songs.length, expectedSongs);
  return {
    basis,
    model: MODEL,
    expectedSongs,
    showsKnown: 0,
    songs: sorted.slice(0, LISTED).map((song, at): PredictedSong => ({
      key: song.key,
      probability: odds[at]!,
      position: at + 1,
      isEncore: false,
      facts: { ...NOTHING_COUNTED, catalogue: placeOf(song, basis, songs) },
    })),
  };
}

/** What put the song where it is: how well it is known where the list follows that, the record where it does not. */
function placeOf(song: CatalogueFacts, basis: Fallback["basis"], songs: CatalogueFacts[]) {
  const popularity = song.popularity ?? 0;
  const ranked = basis === "popularity" && popularity > 0;
  return {
    ...(ranked && { rank: 1 + songs.filter((other) => (other.popularity ?? 0) > popularity).length }),
    of: songs.length,
    ...(song.released !== undefined && { year: song.released.slice(0, 4) }),
    ...(song.trackNumber !== undefined && { track: song.trackNumber }),
  };
}

function rank(basis: Fallback["basis"], a: CatalogueFacts, b: CatalogueFacts): number {
  const byPopularity = basis === "popularity" ? (b.popularity ?? 0) - (a.popularity ?? 0) : 0;
  return (
    byPopularity ||
    compare(b.released ?? "", a.released ?? "") ||
    (a.trackNumber ?? 999) - (b.trackNumber ?? 999) ||
    compare(a.key, b.key)
  );
}

/** Falling by rank, none above `MOST`, adding up to `length` over all songs as far as that allows. */
function oddsBy(slope: number, songs: number, length: number): number[] {
  const weights = Array.from({ length: songs }, (_, at) => 1 / (1 + at / slope) ** 2);
  let [low, high] = [0, 1000];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    const sum = weights.reduce((total, weight) => total + Math.min(MOST, middle * weight), 0);
    if (sum < length) low = middle;
    else high = middle;
  }
  return weights.map((weight) => Math.min(MOST, low * weight));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
