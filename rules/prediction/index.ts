/** What will be played: the fitted model's odds with their facts, in running order. */
import { factsFor } from "./facts.ts";
import { emptyMemory, LEAST_SHOWS, type Memory } from "./features/memory.ts";
import { remember } from "./features/remember.ts";
import type { ComingShow, PastShow, PredictedSong, Prediction } from "./history.ts";
import { MODEL, weigh, type Weighed } from "./model.ts";
import { countedOdds } from "./odds.ts";
import { runningOrder } from "./order.ts";
import { asPlayed, type Played } from "./played.ts";
import { addShow, emptyTally, repeatRate, usualLength, type Tally } from "./tally.ts";

/** Of fewer shows than the model needs: a simple count. */
const COUNT = "count-1";
/** Long shots below this, and beyond so many, are no use to anybody who votes. */
const LEAST_PROBABLE = 0.02;
const IN_THE_WINGS = 30;

/** A show to predict, with the keys of songs that have to be in it however long a shot they are: those fans voted for. */
export type Asked = ComingShow & { kept?: ReadonlySet<string> };

/** The prediction for one show; undefined when no show of at least three songs is known up to its date. */
export function predict(history: PastShow[], show: Asked): Prediction | undefined {
  return predictAll(history, [show])[0];
}

/**
 * A prediction for each of an artist's shows, in their order, from one pass over the history. A show sees the past
 * shows up to its date (an earlier one of the same day too); one without date sees all.
 * @param history oldest first, shows of one date in their order
 */
export function predictAll(history: PastShow[], shows: Asked[]): (Prediction | undefined)[] {
  const past = [...history].sort((a, b) => compare(a.date, b.date));
  const order = shows.map((_, index) => index).sort((a, b) => compareDates(shows[a]!.date, shows[b]!.date));
  const predictions: (Prediction | undefined)[] = shows.map(() => undefined);
  const walk = startWalk();
  let read = 0;
  for (const index of order) {
    const { date } = shows[index]!;
    for (; read < past.length && (date === undefined || past[read]!.date <= date); read++) {
      const played = asPlayed(past[read]!);
      if (played) walkOn(walk, played);
    }
    predictions[index] = predictNext(walk, shows[index]!);
  }
  return predictions;
}

/** A walk through an artist's shows: what is known before the next one. */
export type Walk = { tally: Tally; memory: Memory };

export const startWalk = (): Walk => ({ tally: emptyTally(), memory: emptyMemory() });

/** Counts one more show, the newest so far. Changes the walk. */
export function walkOn({ tally, memory }: Walk, show: Played): void {
  addShow(tally, show);
  remember(memory, show);
}

/** The odds for a show after those of the walk, by the model that so many shows allow; undefined without any. */
export function weighNext(
  { tally, memory }: Walk,
  show: ComingShow,
): (Weighed & { model: string }) | undefined {
  if (tally.shows === 0) return undefined;
  if (memory.shows >= LEAST_SHOWS) return { ...weigh(memory, show), model: MODEL };
  return {
    length: usualLength(tally),
    odds: countedOdds(tally),
    opener: undefined,
    encore: undefined,
    model: COUNT,
  };
}

function predictNext(walk: Walk, show: Asked): Prediction | undefined {
  const { tally, memory } = walk;
  const weighed = weighNext(walk, show);
  if (!weighed) return undefined;
  const { odds, model } = weighed;
  const expectedSongs = Math.max(1, Math.min(odds.length, Math.round(weighed.length)));
  const probabilities = new Map(odds.map(({ key, probability }) => [key, probability]));
  const facts = factsFor(tally, memory, show);
  const song = (key: string, isEncore: boolean, index: number): PredictedSong => ({
    key,
    probability: probabilities.get(key)!,
    position: index + 1,
    isEncore,
    facts: facts(key),
  });
  const rate = repeatRate(tally);
  const listed = odds.slice(0, expectedSongs).map(({ key }) => key);
  const others = odds
    .slice(expectedSongs)
    .filter(
      ({ key, probability }, at) =>
        (at < IN_THE_WINGS && probability >= LEAST_PROBABLE) || show.kept?.has(key) === true,
    );
  return {
    model,
    expectedSongs,
    showsKnown: tally.shows,
    repeatRate: rate,
    songs: [
      ...runningOrder(listed, tally.recent, rate, weighed).map(({ key, isEncore }, at) =>
        song(key, isEncore, at),
      ),
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
