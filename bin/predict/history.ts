/** Histories of shows as JSONL files: one show a line, oldest first. Read as a stream, for there may be many. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { PastShow } from "#rules/prediction/history";

export type HistoryShow = {
  artist: string;
  /** which of the artist's shows on that date, from 0 */
  n: number;
  /** position in the artist's history, from 0 */
  at: number;
  show: PastShow;
  /** how each song is spelt here, by key */
  names: Map<string, string>;
};

/** A history that is not one: the message says where and why. */
export class HistoryError extends Error {}

/**
 * The key by which names are one song, as the format has it: case, accents, punctuation, apostrophes and "&" for "and"
 * do not matter, anything else does.
 */
export function songKey(name: string): string {
  const lower = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  const key = lower
    .replace(/[\u2018\u2019\u02bc'`\u00b4]/g, "")
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim();
  return key || lower.trim();
}

/** All shows of all files in their order. */
export async function* readHistories(files: string[]): AsyncGenerator<HistoryShow> {
  const artists = new Map<string, { at: number; n: number; date: string }>();
  for (const file of files) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      line++;
      if (text.trim() === "") continue;
      const where = `${file}, line ${line}`;
      const { artist, show, names } = parse(text, where);
      const before = artists.get(artist);
      if (before && before.date > show.date)
        throw new HistoryError(`${where}: ${artist} on ${show.date} comes after ${before.date}`);
      const n = before?.date === show.date ? before.n + 1 : 0;
      const at = before ? before.at + 1 : 0;
      artists.set(artist, { at, n, date: show.date });
      yield { artist, n, at, show, names };
    }
  }
}

/** Number of shows of each artist. */
export async function countShows(files: string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { artist, at } of readHistories(files)) counts.set(artist, at + 1);
  return counts;
}

function parse(text: string, where: string) {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw new HistoryError(`${where} is not JSON`);
  }
  const { artist, date, tour, venue, songs } = (line ?? {}) as Record<string, unknown>;
  if (typeof artist !== "string" || artist === "") throw new HistoryError(`${where} names no artist`);
  if (typeof date !== "string" || !/^\d{4}-\d\d-\d\d$/.test(date))
    throw new HistoryError(`${where} has no date such as 2026-11-24`);
  if (!Array.isArray(songs)) throw new HistoryError(`${where} has no list of songs`);
  const names = new Map<string, string>();
  const played = songs.map((song: unknown) => {
    const { name, encore, tape } = (song ?? {}) as Record<string, unknown>;
    if (typeof name !== "string" || name.trim() === "")
      throw new HistoryError(`${where} has a song without a name`);
    const key = songKey(name);
    names.set(key, name);
    const number = typeof encore === "number" && encore > 0 ? encore : encore === true ? 1 : (false as const);
    return { key, encore: number, ...(tape === true && { tape }) };
  });
  const show: PastShow = { date, songs: played };
  if (typeof tour === "string" && tour !== "") show.tour = tour;
  if (typeof venue === "string" && venue !== "") show.venue = venue;
  return { artist, show, names };
}
