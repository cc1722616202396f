/**
 * Songs that are one in spite of their titles: a leading bracket left out, one ISRC, "Song Remix" without a separator;
 * and medleys of known songs, which are none. Looks only at the recording that stands for a song, and goes on until
 * nothing changes.
 */
import { titleKey } from "../text.ts";
import { better, type Item } from "./rank.ts";
import { withoutOpening } from "./segments.ts";
import type { Form } from "./forms.ts";

export type Song = { best: Item; items: Item[] };

/** Two encodings of one recording differ by less. */
const SAME_LENGTH_MS = 3000;
const BARE_FORMS: [ending: RegExp, form: Form][] = [
  [/ (remix|remixes|club mix)$/, "remix"],
  [/ (radio edit|remastered|taylors version|radio version|single version|album version)$/, "edit"],
  [/ instrumental$/, "instrumental"],
  [/ (karaoke|karaoke version|a ?cap+ell?a)$/, "karaoke"],
  [/ (acoustic|unplugged|acoustic version|piano version)$/, "acoustic"],
  [/ (demo|demo version)$/, "demo"],
  [/ (sped up|slowed|nightcore|slowed and reverb|slowed reverb)$/, "altered"],
];

/** @param list one song a key, sorted by key */
export function meet(list: Song[]): { songs: Song[]; dropped: { song: Song; reason: string }[] } {
  const songs = new Map(list.map((song) => [song.best.key, song]));
  const dropped: { song: Song; reason: string }[] = [];
  for (let before = -1; before !== songs.size;) {
    before = songs.size;
    joinSpellings(songs);
    joinCodes(songs);
    dropped.push(...dropDependents(songs));
  }
  return { songs: [...songs.values()], dropped };
}

/** "Satisfaction" is "(I Can't Get No) Satisfaction" unless two songs could be meant. */
function joinSpellings(songs: Map<string, Song>) {
  const fuller = new Map<string, Song[]>();
  for (const song of songs.values()) {
    const bare = withoutOpening(song.best.base);
    if (bare !== undefined) push(fuller, titleKey(bare), song);
  }
  for (const [key, [song, rival]] of fuller) {
    const plain = songs.get(key);
    if (plain && song && !rival && plain !== song) join(songs, plain, song, "spelling: brackets left out");
  }
}

/** One ISRC under two titles is one recording, if length and part agree. Codes do get misprinted. */
function joinCodes(songs: Map<string, Song>) {
  const byCode = new Map<string, Song[]>();
  for (const song of songs.values()) {
    const code = song.best.recording.isrc?.replace(/[^a-z0-9]/gi, "").toUpperCase();
    if (code?.length === 12) push(byCode, code, song);
  }
  for (const [one, other, third] of byCode.values()) {
    if (one && other && !third && samePiece(one.best, other.best)) join(songs, one, other, "isrc: same code");
  }
}

function samePiece(one: Item, other: Item): boolean {
  if (partOf(one.key) !== partOf(other.key)) return false;
  const [a, b] = [one.recording.durationMs, other.recording.durationMs];
  if (a !== undefined && b !== undefined) return Math.abs(a - b) <= SAME_LENGTH_MS;
  return one.key.startsWith(other.key) || other.key.startsWith(one.key);
}

const partOf = (key: string) => /\b(pt \d+|reprise|\d+|[ivx]+)\b/.exec(key)?.[0];

/** Takes out what hangs on shorter titles. From short to long, so that what it hangs on is already decided. */
function dropDependents(songs: Map<string, Song>): { song: Song; reason: string }[] {
  const medleys: { song: Song; reason: string }[] = [];
  for (const song of [...songs.values()].sort((a, b) => a.best.key.length - b.best.key.length)) {
    const { base, key } = song.best;
    if (songs.get(key) !== song) continue;
    const halves = base.split(/ [/>] /);
    if (halves.length > 1 && halves.every((half) => songs.has(titleKey(half)))) {
      songs.delete(key);
      medleys.push({ song, reason: "medley: of songs listed by themselves" });
      continue;
    }
    const bare = BARE_FORMS.find(([ending]) => ending.test(key));
    const whole = bare && songs.get(key.replace(bare[0], ""));
    if (!whole || whole === song) continue;
    for (const item of song.items) {
      item.form = bare[1];
      item.reason = `${bare[1]}: its title, and “${whole.best.shown}” is listed`;
    }
    join(songs, song, whole, undefined);
  }
  return medleys;
}

function join(songs: Map<string, Song>, one: Song, other: Song, reason: string | undefined) {
  if (songs.get(one.best.key) !== one || songs.get(other.best.key) !== other) return;
  songs.delete(one.best.key);
  songs.delete(other.best.key);
  const best = better(one.best, other.best) ? one.best : other.best;
  const items = [...one.items, ...other.items];
  if (reason) for (const item of items) if (item.key !== best.key) item.joined = reason;
  songs.set(best.key, { best, items });
}

function push<T>(map: Map<string, T[]>, key: string, value: T) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
