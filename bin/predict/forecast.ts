/** The line for a show, from the walk through its artist's shows. */
import type { ComingShow } from "#rules/prediction/history";
import { startWalk, type Walk, walkOn, weighNext } from "#rules/prediction/index";
import { asPlayed } from "#rules/prediction/played";
import type { HistoryShow } from "./history.ts";

/** Digits of a chance in a file: more than any measure sees. */
const DIGITS = 5;

export type Line = {
  artist: string;
  date: string;
  n: number;
  /** which model: fewer than three shows known are only counted */
  model: string;
  songs: { name: string; p: number }[];
  opener?: string;
  encore?: string[];
};

/** Takes the shows in their order: predicts the one that is due, then learns what was played at it. */
export function startForecast(): (line: HistoryShow, due: boolean) => Line | undefined {
  const walks = new Map<string, { walk: Walk; names: Map<string, string> }>();
  return ({ artist, n, show, names }, due) => {
    const known = walks.get(artist) ?? { walk: startWalk(), names: new Map<string, string>() };
    walks.set(artist, known);
    const { date, tour = "", venue } = show;
    const prediction = due ? lineOf(known, { date, tour, venue }) : undefined;
    const played = asPlayed(show);
    if (played) walkOn(known.walk, played);
    for (const [key, name] of names) known.names.set(key, name);
    return prediction && { artist, date, n, ...prediction };
  };
}

function lineOf({ walk, names }: { walk: Walk; names: Map<string, string> }, show: ComingShow) {
  const weighed = weighNext(walk, show);
  if (!weighed) return { model: "none", songs: [] };
  const name = (key: string) => names.get(key)!;
  const { model, odds, opener, encore } = weighed;
  return {
    model,
    songs: odds.map(({ key, probability }) => ({ name: name(key), p: Number(probability.toFixed(DIGITS)) })),
    ...(opener !== undefined && { opener: name(opener) }),
    ...(encore?.length && { encore: encore.map(name) }),
  };
}
