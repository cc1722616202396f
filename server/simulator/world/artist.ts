/** Making an artist from the little that sets it apart. */
import { base62, ticketId, uuid } from "./random.ts";
import { titles } from "./titles.ts";
import type { Album, Artist, Person } from "./types.ts";

export function person(name: string, sortName = name, disambiguation = ""): Person {
  return { mbid: uuid(`person/${name}/${disambiguation}`), name, sortName, disambiguation };
}

/** Songs are written with a bar between, for titles hold commas. */
export function album(title: string, date: string, songs: string, type: Album["type"] = "album"): Album {
  return { title, date, type, songs: songs.split("|") };
}

/** Albums of made-up titles, each two years after the one before. */
export function discography(
  key: string,
  names: string[],
  firstYear: number,
  songs: number,
  yearsApart = 2,
): Album[] {
  const all = titles(key, names.length * songs);
  return names.map((title, i) => ({
    title,
    date: `${firstYear + i * yearsApart}-0${1 + ((i * 5) % 9)}-1${i % 10}`,
    type: "album",
    songs: all.slice(i * songs, (i + 1) * songs),
  }));
}

/** An artist; everything not said is the ordinary case. Ids follow from the key alone, never from a world's seed. */
export function artist(key: string, name: string, rest: Partial<Artist> = {}): Artist {
  return {
    ...person(name, name.replace(/^The (.*)$/, "$1, The")),
    mbid: uuid(`mbid/${key}`),
    key,
    tmAttractionId: ticketId("K8vZ917", `attraction/${key}`, 11),
    spotifyId: base62(`spotify/${key}`, 22),
    country: "GB",
    genre: "rock",
    links: "full",
    history: "all",
    albums: [],
    catalogue: "full",
    musicbrainz: "full",
    covers: [],
    guests: [],
    habit: { kind: "fixed", songs: 15, encore: 2 },
    marks: [],
    ...rest,
  };
}
