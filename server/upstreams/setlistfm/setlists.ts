/** setlist.fm answers into our nouns (REST 1.0, recorded answers of 2017 to 2026). */
import type { Candidate } from "#rules/artists";
import { z } from "zod";
import {
  definedOnly,
  exact,
  flag,
  id,
  list,
  localDate,
  number,
  part,
  readEach,
  text,
  webUrl,
} from "../lenient.ts";

export const MBID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type PlayedSetlistSong = {
  /** "" when nobody knew the song: it keeps its place */
  name: string;
  /** "Set 1:", "Acoustic", an act: free text */
  setName?: string;
  /** from 1; absent in the main set */
  encore?: number;
  /** from a recording, so no song of the show */
  tape: boolean;
  /** whose song it is, a guest's name, and free text such as "first time since 1999" or ">" */
  cover?: string;
  guest?: string;
  info?: string;
};

export type PlayedSetlist = {
  id: string;
  /** changes with every edit, the id never does */
  version?: string;
  /** must be linked wherever the setlist is shown (their terms) */
  url: string;
  /** YYYY-MM-DD, the venue's */
  localDate: string;
  /** ISO 8601 */
  updatedAt?: string;
  venueName?: string;
  city?: string;
  /** ISO 3166-1 alpha-2 */
  country?: string;
  tour?: string;
  /** empty: not that nothing was played, only that nobody wrote it down yet */
  songs: PlayedSetlistSong[];
};

/** Beyond these an answer is nonsense, and the columns end: no night has 99 encores or 1,000 songs. */
const ENCORES = 99;
const SONGS = 1000;

const named = part({ name: text(200) });
const song = z.object({ name: text(300), tape: flag, cover: named, with: named, info: text(500) });
const set = z.object({ name: text(200), encore: number, song: list(song) });
type Sets = z.infer<typeof set>[];

const setlist = z.object({
  id: id(/^[0-9A-Za-z]{1,40}$/),
  versionId: exact(40),
  eventDate: z.string().max(20),
  lastUpdated: exact(40),
  url: exact(2000),
  tour: named,
  venue: part({ name: text(200), city: part({ name: text(100), country: part({ code: text(10) }) }) }),
  // Under `sets` in answers, at the top in the documentation's examples.
  sets: part({ set: list(set) }),
  set: list(set),
});

const artist = z.object({
  mbid: id(MBID),
  name: text(200),
  disambiguation: text(200),
  url: exact(2000),
});

export const setlistsPage = z.object({
  total: z.number().min(0),
  itemsPerPage: z.number().min(1),
  setlist: z.array(z.unknown()),
});
export const artistsPage = z.object({ artist: z.array(z.unknown()) });
export const artistAnswer = z.looseObject({ mbid: id(MBID), name: z.string() });

export function readCandidate(entry: unknown): Candidate | undefined {
  const parsed = artist.safeParse(entry);
  if (!parsed.success || !parsed.data.name) return undefined;
  const { mbid, name, disambiguation, url } = parsed.data;
  return definedOnly<Candidate>({ id: mbid, name, disambiguation, url: webUrl(url) });
}

export function readSetlists(entries: unknown[], max: number) {
  const { read, unreadable } = readEach(entries, max, readSetlist);
  return { setlists: read, unreadable };
}

export function readSetlist(entry: unknown): PlayedSetlist | undefined {
  const parsed = setlist.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, versionId, venue, tour, sets, set } = parsed.data;
  const url = webUrl(parsed.data.url);
  // dd-MM-yyyy turned round by hand: it is the venue's day, no moment in time.
  const day = localDate(/^\d\d-\d\d-\d{4}$/.test(parsed.data.eventDate) ? turned(parsed.data.eventDate) : "");
  if (!url || !day) return undefined;
  const country = venue?.city?.country?.code;
  return definedOnly<PlayedSetlist>({
    id,
    version: versionId,
    url,
    localDate: day,
    updatedAt: moment(parsed.data.lastUpdated),
    venueName: venue?.name,
    city: venue?.city?.name,
    country: country && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined,
    tour: tour?.name,
    songs: readSongs(sets?.set.length ? sets.set : set).slice(0, SONGS),
  });
}

function turned(date: string): string {
  return date.split("-").reverse().join("-");
}

/** "2009-09-11T14:11:02.000+0000", without the colon that ISO 8601 wants. */
function moment(value: string | undefined): string | undefined {
  const date = new Date((value ?? "").replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** An encore is marked by its number, or only by the set's name ("Encore:", "Encore 2"): then it gets the next one. */
function readSongs(sets: Sets): PlayedSetlistSong[] {
  let encores = 0;
  return sets.flatMap((set) => {
    const named = /^encore\b\s*(\d?)/i.exec(set.name ?? "");
    const marked =
      set.encore !== undefined && set.encore >= 1 ? Math.min(Math.floor(set.encore), ENCORES) : undefined;
    const encore = marked ?? (named ? Number(named[1]) || encores + 1 : undefined);
    encores = Math.max(encores, encore ?? 0);
    return set.song.map((song) =>
      definedOnly<PlayedSetlistSong>({
        name: song.name ?? "",
        setName: set.name,
        encore,
        tape: song.tape ?? false,
        cover: song.cover?.name,
        guest: song.with?.name,
        info: song.info,
      }),
    );
  });
}
