/**
 * How right a forecast was, by the two figures that are shown: hits among as many names as songs were played, and the
 * Brier score a song played. Every forecaster is measured alike; a yes is read as certainty (docs/decisions/019).
 */

/** Songs with the chance they were given, above 0, in the order in which they were named: the likeliest first. */
export type Forecast = { songId: string; probability: number }[];

export type Score = {
  /** of the first `named` songs of the forecast, so many were played */
  hits: number;
  /** how many of its names count: as many as songs were played, at most */
  named: number;
  /** songs played */
  played: number;
  /** squared errors over all songs that were named or played, divided by the songs played; less is better */
  brier: number;
};

/** @param played songs, at least one */
export function scoreOf(played: ReadonlySet<string>, forecast: Forecast): Score {
  const names = forecast.slice(0, played.size);
  const named = new Set(forecast.map(({ songId }) => songId));
  const forgotten = [...played].filter((songId) => !named.has(songId)).length;
  const errors = forecast.map(({ songId, probability }) => ((played.has(songId) ? 1 : 0) - probability) ** 2);
  return {
    hits: names.filter(({ songId }) => played.has(songId)).length,
    named: names.length,
    played: played.size,
    brier: errors.reduce((sum, error) => sum + error, forgotten) / played.size,
  };
}

/** What one fan said would be played, in the order said. */
export const yesForecast = (songIds: string[]): Forecast =>
  songIds.map((songId) => ({ songId, probability: 1 }));

/** Fewer are a handful of people and no crowd: one vote would move the crowd's odds by more than a fifth. */
export const LEAST_VOTERS = 5;

export type Said = {
  songId: string;
  votes: number;
  /** when the first of them was cast, in milliseconds; what was named first counts first among equals */
  firstAt: number;
};

/** The fans together: the share of those who voted on the show that named the song. Undefined below LEAST_VOTERS. */
export function fansForecast(said: Said[], voters: number): Forecast | undefined {
  if (voters < LEAST_VOTERS) return undefined;
  return [...said]
    .filter(({ votes }) => votes > 0)
    .sort((a, b) => b.votes - a.votes || a.firstAt - b.firstAt || (a.songId < b.songId ? -1 : 1))
    .map(({ songId, votes }) => ({ songId, probability: votes / voters }));
}

/**
 * The rivals that anybody can play without a model.
 * @param history songs of the whole shows before this one, newest first, each song once and in the order played
 */
export function rivalForecasts(history: string[][]): { lastShow: Forecast; lastTen: Forecast } | undefined {
  const ten = history.slice(0, 10);
  const [last] = ten;
  if (!last) return undefined;
  const counts = new Map<string, number>();
  // Met in the newest show first, and a sort keeps the order of equals: the song played last comes first.
  for (const songId of ten.flat()) counts.set(songId, (counts.get(songId) ?? 0) + 1);
  const shares = [...counts].map(([songId, count]) => ({ songId, probability: count / ten.length }));
  return { lastShow: yesForecast(last), lastTen: shares.sort((a, b) => b.probability - a.probability) };
}

/**
 * The ballot that anybody could fill in, and that fans are measured by (docs/decisions/020-leaderboard-score.md): yes to
 * what was played at more than half of the last ten shows. It names nothing where no show is known.
 */
export function usualForecast(lastTen: Forecast = []): Forecast {
  return yesForecast(lastTen.filter(({ probability }) => probability > 0.5).map(({ songId }) => songId));
}
