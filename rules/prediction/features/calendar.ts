/** Days, tours, legs and runs: what date, tour and venue say about where in the year a show stands. */

/** Longer without a show, and another leg has begun: most tours pause at least two weeks between legs. */
export const LEG_BREAK = 15;
/** Nights at one venue belong together as long as no more than two days lie between them. */
const RUN_BREAK = 3;
/** An undated show is as far away as any we know nothing of. */
const SOME_DAY = 30;

/** Whole days since 1970 of a YYYY-MM-DD. */
export function dayNumber(date: string): number {
  return (
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / 86_400_000
  );
}

/** Day of a coming show; an undated one stands some weeks after the last that is known. */
export function dayOf(date: string | undefined, lastDay: number): number {
  return date === undefined ? lastDay + SOME_DAY : dayNumber(date);
}

/** Plays on a stretch of shows: a tour or a leg. */
export type Stretch = { shows: number; songs: number; lastDay: number; plays: Map<number, number> };

export const emptyStretch = (): Stretch => ({ shows: 0, songs: 0, lastDay: -Infinity, plays: new Map() });

export function addToStretch(stretch: Stretch, songs: number[], day: number): void {
  stretch.shows++;
  stretch.songs += songs.length;
  stretch.lastDay = day;
  for (const song of songs) stretch.plays.set(song, (stretch.plays.get(song) ?? 0) + 1);
}

/** Consecutive nights at one venue. */
export type Run = { venue: string | undefined; nights: number; lastDay: number; plays: Map<number, number> };

export const emptyRun = (): Run => ({ venue: undefined, nights: 0, lastDay: -Infinity, plays: new Map() });

/** Whether a show at that venue on that day is another night of the run. */
export function continues(run: Run, venue: string | undefined, day: number): boolean {
  return venue !== undefined && run.venue === venue && day - run.lastDay <= RUN_BREAK;
}

/** 1 on a named tour, 0 off it. */
export const kindOf = (tour: string | undefined) => (tour ? 1 : 0);
export const venueKey = (venue: string | undefined) => venue?.trim().toLowerCase() || undefined;
