/**
 * Every release of an artist, as record companies leave it behind: albums, and around them singles, editions, a live
 * album that does not say so, remixes, a best-of, a soundtrack with one song of theirs. A function of the artist alone.
 */
import { base62, digits, hash, pick, random, shuffle, uuid } from "./random.ts";
import type { Album, Artist } from "./types.ts";

export type Track = {
  /** Spotify's id, MusicBrainz' recording */
  id: string;
  mbid: string;
  title: string;
  durationMs: number;
  number: number;
  isrc: string;
  explicit: boolean;
  /** names beside the artist's own */
  guests: string[];
  /** somebody else's track on a record of many */
  by?: string;
};

export type Release = {
  /** Spotify's id, MusicBrainz' release group */
  id: string;
  mbid: string;
  title: string;
  type: "album" | "single" | "compilation";
  /** MusicBrainz' */
  primary: "Album" | "Single" | "EP";
  secondary: string[];
  date: string;
  tracks: Track[];
  /** a record of many artists */
  various?: true;
};

type Plan = Omit<Release, "id" | "mbid" | "tracks"> & { titles: string[]; seconds?: number };

const known = new WeakMap<Artist, Release[]>();

/** All releases, the newest first. Whoever has no album has none at all. */
export function discographyOf(artist: Artist): Release[] {
  const made = known.get(artist);
  if (made) return made;
  const releases = [...plans(artist)]
    .map((plan) => release(artist, plan))
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : a.id < b.id ? -1 : 1));
  known.set(artist, releases);
  return releases;
}

function* plans(artist: Artist): Generator<Plan> {
  const studio = artist.albums.filter(({ type }) => type === "album" || type === "single");
  for (const album of artist.albums) yield asIs(album);
  if (artist.catalogue === "plain") return;
  const [first, ...later] = studio.filter(({ type }) => type === "album");
  if (!first) return;
  const newest = later.at(-1) ?? first;
  for (const [at, { title, date, songs }] of [first, newest].entries()) {
    const [hit = "", other = ""] = songs;
    yield single(hit, date, [hit, `${other} - Acoustic Version`, `${hit} - Radio Edit`]);
    if (at === 0)
      yield { ...single(`${hit} (The Remixes)`, date, [`${hit} - Harbour Remix`]), secondary: ["Remix"] };
    if (first === newest) break;
    if (at === 1) {
      yield {
        ...album(`${title} (Deluxe Edition)`, nextYear(date, 1)),
        titles: [...songs, `${hit} - Demo`, `${other} - Live at the Salt Shed`, "Bonus Beat (Interlude)"],
      };
    }
  }
  if (artist.catalogue === "archive") yield* nights(studio.flatMap(({ songs }) => songs));
  yield single("Paper Moon Alibi", nextYear(newest.date, 1), ["Paper Moon Alibi", "Alive Until Morning"]);
  if (first !== newest) {
    const best = studio.flatMap(({ songs }) => songs.slice(0, 3));
    yield {
      ...album(`${first.title} (Remastered)`, nextYear(first.date, 10)),
      titles: first.songs.map((song) => `${song} - Remastered`),
    };
    yield {
      ...album("One Night, No Net", nextYear(newest.date, 1)),
      secondary: ["Live"],
      // Nothing in its words says so: only MusicBrainz, and that every song takes longer.
      titles: [...first.songs.slice(0, 5), ...newest.songs.slice(0, 5)],
      seconds: 47,
    };
    yield {
      ...album("The Best So Far", nextYear(newest.date, 2)),
      type: "compilation",
      secondary: ["Compilation"],
      titles: best,
    };
    yield {
      ...album("Songs From the Long Pier (Original Soundtrack)", nextYear(newest.date, 1)),
      type: "compilation",
      secondary: ["Compilation", "Soundtrack"],
      various: true,
      titles: ["Overture", newest.songs[0] ?? "", "The Chase", "Closing Credits"],
    };
  }
}

/** Every fifth night of twelve years, sold by its date, as bands do whose fans trade tapes. No word says that it is live. */
function* nights(songs: string[]): Generator<Plan> {
  for (let night = 0; night < 860; night++) {
    const date = new Date(Date.UTC(2014, 0, 3 + night * 5)).toISOString().slice(0, 10);
    const rng = random(`night/${date}`);
    yield {
      ...album(`${date} ${pick(rng, towns)}`, nextYear(date, 1)),
      secondary: ["Live"],
      titles: shuffle(rng, songs).slice(0, 18),
      seconds: 90,
    };
  }
}
const towns = ["Red Rocks", "Burlington", "Asheville", "Telluride", "Hampton", "Saratoga"];

const album = (title: string, date: string) =>
  ({ title, date, type: "album", primary: "Album", secondary: [] as string[] }) as const;
const single = (title: string, date: string, titles: string[]): Plan => ({
  title,
  date,
  type: "single",
  primary: "Single",
  secondary: [],
  titles,
});

function asIs({ title, date, type, songs }: Album): Plan {
  if (type === "live")
    return { ...album(title, date), secondary: ["Live"], titles: songs.map((song) => `${song} - Live`) };
  if (type === "compilation")
    return { ...album(title, date), type, secondary: ["Compilation"], titles: songs };
  return type === "single" ? single(title, date, songs) : { ...album(title, date), titles: songs };
}

function release(artist: Artist, { titles, seconds = 0, ...plan }: Plan): Release {
  const seed = `${artist.key}/${plan.type}/${plan.title}/${plan.date}`;
  const tracks = titles.map((title, at): Track => {
    const own = `${seed}/${at}/${title}`;
    const strange = plan.various && at !== 1;
    const song = `${artist.key}/${plain(title)}`;
    return {
      id: base62(`track/${own}`, 22),
      mbid: uuid(`recording/${own}`),
      title: hash(own) % 17 === 0 && !title.includes(" - ") ? `${title} (feat. Ada Quill)` : title,
      // The same recording is as long wherever it stands; a live one is not.
      durationMs: (150 + (hash(song) % 150) + seconds) * 1000,
      number: at + 1,
      isrc: `GBXQK${digits(`isrc/${title.includes(" - ") || seconds ? own : song}`, 7)}`,
      explicit: hash(song) % 11 === 0,
      guests: hash(own) % 17 === 0 ? ["Ada Quill"] : [],
      ...(strange && { by: "The Pier Orchestra" }),
    };
  });
  return { ...plan, id: base62(`album/${seed}`, 22), mbid: uuid(`release-group/${seed}`), tracks };
}

/** A song without what a title adds to it. */
const plain = (title: string) => title.replace(/ - .*$| \(feat\. .*$/, "");

function nextYear(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
}
