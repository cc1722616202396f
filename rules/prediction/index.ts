/** What will be played: decayed frequencies, calibrated to the usual length, in running order. */
import { songFacts } from "./facts.ts";
import type { ComingShow, PastShow, PredictedSong, Prediction } from "./history.ts";
import { songOdds } from "./odds.ts";
import { runningOrder } from "./order.ts";
import { asPlayed } from "./played.ts";
import { addShow, emptyTally, repeatRate, usualLength, type Tally } from "./tally.ts";

/** Kept with each setlist; a new version for every change that changes a prediction. */
const MODEL = "decayed-frequency-1";
/** Long shots below this, and beyond so many, are no use to anybody who votes. */
const LEAST_PROBABLE = 0.02;
const IN_THE_WINGS = 30;

/** The prediction for one show; undefined when no show of at least three songs is known up to its date. */
export function predict(history: PastShow[], show: ComingShow): Prediction | undefined {
  return predictAll(history, [show])[0];
}

/**
 * A prediction for each of an artist's shows, in their order, from one pass over the history. A show sees the past
 * shows up to its date (an earlier one of the same day too); one without date sees all.
 * @param history oldest first, shows of one date in their order
 */
export function predictAll(history: PastShow[], shows: ComingShow[]): (Prediction | undefined)[] {
  const past = [...history].sort((a, b) => compare(a.date, b.date));
  const order = shows.map((_, index) => index).sort((a, b) => compareDates(shows[a]!.date, shows[b]!.date));
  const predictions: (Prediction | undefined)[] = shows.map(() => undefined);
  const tally = emptyTally();
  let read = 0;
  let made: { read: number; prediction: Prediction | undefined } | undefined;
  for (const index of order) {
    const { date } = shows[index]!;
    for (; read < past.length && (date === undefined || past[read]!.date <= date); read++) {
      const played = asPlayed(past[read]!);
      if (played) addShow(tally, played);
    }
    // Nothing of the show itself is weighed yet, so shows with the same past share a prediction.
    if (made?.read !== read) made = { read, prediction: predictNext(tally) };
    predictions[index] = made.prediction;
  }
  return predictions;
}

/** The prediction for the show after those in the tally. */
export function predictNext(tally: Tally): Prediction | undefined {
  if (tally.shows === 0) return undefined;
  const odds = songOdds(tally);
  const expectedSongs = Math.min(odds.length, Math.round(usualLength(tally)));
  const probabilities = new Map(odds.map(({ key, probability }) => [key, probability]));
  const song = (key: string, isEncore: boolean, index: number): PredictedSong => ({
    key,
    probability: probabilities.get(key)!,
    position: index + 1,
    isEncore,
    facts: songFacts(tally, key),
  });
  const rate = repeatRate(tally);
  const listed = odds.slice(0, expectedSongs).map(({ key }) => key);
  const others = odds
    .slice(expectedSongs, expectedSongs + IN_THE_WINGS)
    .filter(({ probability }) => probability >= LEAST_PROBABLE);
  return {
    model: MODEL,
    expectedSongs,
    showsKnown: tally.shows,
    repeatRate: rate,
    songs: [
      ...runningOrder(listed, tally.recent, rate).map(({ key, isEncore }, at) => song(key, isEncore, at)),
      ...others.map(({ key }, at) => song(key, false, expectedSongs + at)),
    ],
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Undated shows come last: they see every past show. */
function compareDates(a: string | undefined, b: string | undefined): number {
  return a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : compare(a, b);
}
