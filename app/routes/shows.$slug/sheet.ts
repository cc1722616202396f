/** A predicted setlist as the page says it: parts, words and reasons. Made on the server, so a row stays small. */
import { expectation, isAnyonesGuess, percent, trust } from "#rules/odds";
import { FEW_SHOWS, reason } from "#rules/reasons";
import type { RouterOutputs } from "#server/routers/_app";
import { type Past, pastOf } from "./rarity";

type Setlist = NonNullable<RouterOutputs["show"]["bySlug"]["setlist"]>;
type Song = Setlist["songs"][number];

export type Order = "running" | "likely" | "wanted" | "rarest";
/** What is usual is left out: a page carries its rows twice, as markup and as data. */
export type Row = {
  id: string;
  title: string;
  percent: number;
  why?: string;
  /** in place of the reason, where the list is by rarity */
  past?: Past;
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
  /** how many of the list should be right; absent where that is no more than a count or a guess */
  trust?: { right: number; of: number };
  /** what kind of show it will be, from what they played */
  shape?: { songs: number; opener: string; encore: number };
  parts: Part[];
};

const caveats = {
  popularity: "So the odds follow how popular each song is, not what was played.",
  catalogue: "So the odds follow the order of their records, not what was played.",
};

export function orderOf(asked: string | null): Order {
  return asked === "likely" || asked === "wanted" || asked === "rarest" ? asked : "running";
}

/** @param links by `setlistSongId`, where the show it was last played at can be read; used in the order by rarity */
export function sheetOf(setlist: Setlist, asked: Order, links?: ReadonlyMap<string, string>): Sheet {
  const { songs, expectedSongs, repeatRate, showsKnown, basis } = setlist;
  const guess = basis !== "history" || isAnyonesGuess(songs, expectedSongs);
  const order = guess && asked === "running" ? "likely" : asked;
  const sorted = [...songs].sort(orders[order]);
  const part = (name: Part["name"], of: (song: Song, place: number) => boolean): Part => ({
    name,
    rows: sorted.filter(of).map((song) => rowOf(song, order === "rarest", links)),
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
    rarest: () => [part("set", () => true)],
  };
  return {
    guess,
    order,
    expectation: expectation(songs, expectedSongs, repeatRate ?? undefined, showsKnown, basis),
    ...(basis !== "history" && { caveat: caveats[basis] }),
    ...(basis === "history" && showsKnown >= FEW_SHOWS && { trust: trust(songs, expectedSongs) }),
    ...(basis === "history" && { shape: shapeOf(setlist) }),
    parts: parts[order]().filter(({ rows }) => rows.length > 0),
  };
}

/** The model names opener and encore by their places in the running order, which is told or not. */
function shapeOf({ songs, expectedSongs }: Setlist): Sheet["shape"] {
  const list = songs.filter(({ position }) => position <= expectedSongs);
  const opener = list.find(({ position }) => position === 1);
  return (
    opener && {
      songs: expectedSongs,
      opener: opener.title,
      encore: list.filter((song) => song.isEncore).length,
    }
  );
}

const orders: Record<Order, (a: Song, b: Song) => number> = {
  running: (a, b) => a.position - b.position,
  likely: (a, b) => b.probability - a.probability || a.position - b.position,
  wanted: (a, b) => b.wishes - a.wishes || b.probability - a.probability || a.position - b.position,
  rarest: (a, b) =>
    (a.facts.plays ?? 0) - (b.facts.plays ?? 0) ||
    (b.facts.gap ?? 0) - (a.facts.gap ?? 0) ||
    a.position - b.position,
};

function rowOf(song: Song, byRarity: boolean, links?: ReadonlyMap<string, string>): Row {
  const past = byRarity ? pastOf(song.facts, links?.get(song.setlistSongId)) : undefined;
  const why = past ? undefined : (reason(song.facts) ?? (song.suggested ? "Suggested by a fan" : undefined));
  return {
    id: song.setlistSongId,
    title: song.title,
    percent: percent(song.probability),
    ...(why ? { why } : {}),
    ...(past ? { past } : {}),
    votes: song.votes,
    wishes: song.wishes,
    ...(song.myVote && { myVote: true }),
    ...(song.myWish && { myWish: true }),
    ...(song.mySuggestion && { mySuggestion: song.songId }),
    ...(song.hidden && { hidden: true }),
  };
}
