/** A predicted setlist as the page says it: parts, words and reasons. Made on the server, so a row stays small. */
import { expectation, isAnyonesGuess, percent } from "#rules/odds";
import { reason } from "#rules/reasons";
import type { RouterOutputs } from "#server/routers/_app";

type Setlist = NonNullable<RouterOutputs["show"]["bySlug"]["setlist"]>;
type Song = Setlist["songs"][number];

export type Order = "running" | "likely" | "wanted";
/** What is usual is left out: a page carries its rows twice, as markup and as data. */
export type Row = {
  id: string;
  title: string;
  percent: number;
  why?: string;
  votes: number;
  wishes: number;
  myVote?: true;
  myWish?: true;
  /** its song, where I suggested it and may take that back */
  mySuggestion?: string;
  /** an administrator took it off the list; only they see it */
  hidden?: true;
};
export type Part = { name: "set" | "encore" | "wings"; rows: Row[] };
export type Sheet = {
  /** too little is sure for a running order: ranked by odds, and said so */
  guess: boolean;
  order: Order;
  expectation: string;
  /** said where the odds are not from what was played */
  caveat?: string;
  parts: Part[];
};

const caveats = {
  popularity: "So the odds follow how popular each song is, not what was played.",
  catalogue: "So the odds follow the order of their records, not what was played.",
};

export function orderOf(asked: string | null): Order {
  return asked === "likely" || asked === "wanted" ? asked : "running";
}

export function sheetOf(setlist: Setlist, asked: Order): Sheet {
  const { songs, expectedSongs, repeatRate, showsKnown, basis } = setlist;
  const guess = basis !== "history" || isAnyonesGuess(songs, expectedSongs);
  const order = guess && asked === "running" ? "likely" : asked;
  const sorted = [...songs].sort(orders[order]);
  const part = (name: Part["name"], of: (song: Song, place: number) => boolean): Part => ({
    name,
    rows: sorted.filter(of).map(rowOf),
  });
  const parts = {
    running: () => [
      part("set", (song) => song.position <= expectedSongs && !song.isEncore),
      part("encore", (song) => song.position <= expectedSongs && song.isEncore),
      part("wings", (song) => song.position > expectedSongs),
    ],
    likely: () => [
      part("set", (_, place) => place < expectedSongs),
      part("wings", (_, place) => place >= expectedSongs),
    ],
    wanted: () => [part("set", () => true)],
  };
  return {
    guess,
    order,
    expectation: expectation(songs, expectedSongs, repeatRate ?? undefined, showsKnown, basis),
    ...(basis !== "history" && { caveat: caveats[basis] }),
    parts: parts[order]().filter(({ rows }) => rows.length > 0),
  };
}

const orders: Record<Order, (a: Song, b: Song) => number> = {
  running: (a, b) => a.position - b.position,
  likely: (a, b) => b.probability - a.probability || a.position - b.position,
  wanted: (a, b) => b.wishes - a.wishes || b.probability - a.probability || a.position - b.position,
};

function rowOf(song: Song): Row {
  const why = reason(song.facts) ?? (song.suggested ? "Suggested by a fan" : undefined);
  return {
    id: song.setlistSongId,
    title: song.title,
    percent: percent(song.probability),
    ...(why ? { why } : {}),
    votes: song.votes,
    wishes: song.wishes,
    ...(song.myVote && { myVote: true }),
    ...(song.myWish && { myWish: true }),
    ...(song.mySuggestion && { mySuggestion: song.songId }),
    ...(song.hidden && { hidden: true }),
  };
}
