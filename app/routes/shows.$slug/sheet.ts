/** A predicted setlist as the page says it: parts, words and reasons. Made on the server, so a row stays small. */
import { expectation, isAnyonesGuess, oddsWord, percent, reason } from "#rules/odds";
import type { RouterOutputs } from "#server/routers/_app";

type Setlist = NonNullable<RouterOutputs["show"]["bySlug"]["setlist"]>;

export type Order = "running" | "likely";
export type Row = { id: string; rank: number; title: string; percent: number; word: string; why?: string };
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

export function sheetOf(setlist: Setlist, asked: Order): Sheet {
  const { songs, expectedSongs, repeatRate, showsKnown, basis } = setlist;
  const guess = basis !== "history" || isAnyonesGuess(songs, expectedSongs);
  const order = guess ? "likely" : asked;
  const sorted =
    order === "likely"
      ? [...songs].sort((a, b) => b.probability - a.probability || a.position - b.position)
      : [...songs].sort((a, b) => a.position - b.position);
  const rows = sorted.map((song, i) => ({ song, row: rowOf(song, i + 1) }));
  const part = (name: Part["name"], of: (song: Setlist["songs"][number], rank: number) => boolean): Part => ({
    name,
    rows: rows.filter(({ song, row }) => of(song, row.rank)).map(({ row }) => row),
  });
  const parts =
    order === "likely"
      ? [part("set", (_, rank) => rank <= expectedSongs), part("wings", (_, rank) => rank > expectedSongs)]
      : [
          part("set", (song) => song.position <= expectedSongs && !song.isEncore),
          part("encore", (song) => song.position <= expectedSongs && song.isEncore),
          part("wings", (song) => song.position > expectedSongs),
        ];
  return {
    guess,
    order,
    expectation: expectation(songs, expectedSongs, repeatRate ?? undefined, showsKnown, basis),
    ...(basis !== "history" && { caveat: caveats[basis] }),
    parts: parts.filter(({ rows }) => rows.length > 0),
  };
}

function rowOf(song: Setlist["songs"][number], rank: number): Row {
  const why = reason(song.facts);
  return {
    id: song.setlistSongId,
    rank,
    title: song.title,
    percent: percent(song.probability),
    word: oddsWord(song.probability),
    ...(why ? { why } : {}),
  };
}
