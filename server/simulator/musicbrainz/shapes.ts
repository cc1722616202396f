/** MusicBrainz' JSON: lookups write nulls, searches leave empty fields out. */
import type { Release } from "../world/discography.ts";
import { uuid } from "../world/random.ts";
import type { Artist, Person } from "../world/types.ts";

/** What every answer tells of an artist. */
export function artistJson(artist: Person) {
  return {
    id: artist.mbid,
    name: artist.name,
    "sort-name": artist.sortName,
    disambiguation: artist.disambiguation,
    type: "Group",
    "type-id": "e431f5f6-b5d2-343d-8b36-72607fffb74b",
    country: null,
    gender: null,
    "begin-area": null,
    begin_area: null,
    "life-span": { begin: "2009", end: null, ended: false },
  };
}

/** Whoever writes their name in another script goes by a latin one too. */
export function aliasesOf({ name, sortName }: Person) {
  if (name === sortName || /\p{Script=Latin}/u.test(name)) return [];
  return [{ name: sortName, "sort-name": sortName, locale: null, primary: null, type: null }];
}

const relation = (type: string, resource: string, ended = false) => ({
  type,
  "type-id": uuid(`relation/${type}`),
  direction: "forward",
  ended,
  begin: null,
  end: null,
  attributes: [],
  "target-type": "url",
  url: { id: uuid(`url/${resource}`), resource },
});

/** Relations to other services, one of them history. */
export function linksOf(artist: Artist, spotifyId: string | undefined) {
  const links = [
    relation("setlistfm", `https://www.setlist.fm/setlists/${artist.key}-${artist.mbid.slice(0, 8)}.html`),
    relation("official homepage", `https://${artist.key}.example/`),
  ];
  if (!spotifyId) return links;
  return [
    ...links,
    relation("free streaming", `https://open.spotify.com/artist/${spotifyId}`),
    relation("free streaming", `https://open.spotify.com/artist/${"0".repeat(22)}`, true),
  ];
}

export function searchJson(artist: Person, score: number) {
  const { disambiguation, ...rest } = artistJson(artist);
  return {
    id: rest.id,
    type: rest.type,
    score,
    name: rest.name,
    "sort-name": rest["sort-name"],
    ...(disambiguation && { disambiguation }),
  };
}

export function groupJson({ mbid, title, primary, secondary, date }: Release) {
  return {
    id: mbid,
    title,
    "primary-type": primary,
    "primary-type-id": uuid(`primary/${primary}`),
    "secondary-types": secondary,
    "secondary-type-ids": secondary.map((type) => uuid(`secondary/${type}`)),
    "first-release-date": date,
    disambiguation: "",
  };
}

export type Edition = Release & { edition: string };

/** Every record was pressed more than once: the plain edition stands between a later, longer one and one without a date. */
export function editionsOf(release: Release): Edition[] {
  const { date, tracks } = release;
  const [first] = tracks;
  const bonus = first && { ...first, mbid: uuid(`bonus/${first.mbid}`), title: "Hidden Track" };
  return [
    {
      ...release,
      edition: "anniversary",
      date: `${Number(date.slice(0, 4)) + 20}-01-02`,
      tracks: bonus ? [...tracks, bonus] : tracks,
    },
    { ...release, edition: "first" },
    { ...release, edition: "undated", date: "" },
  ];
}

export function releaseJson(artist: Artist, { edition, ...release }: Edition) {
  const { mbid, title, date, tracks } = release;
  return {
    id: uuid(`release/${edition}/${mbid}`),
    title,
    status: "Official",
    date,
    country: "XW",
    disambiguation: "",
    media: [
      {
        position: 1,
        format: "Digital Media",
        "track-count": tracks.length,
        tracks: tracks.map((track) => ({
          id: uuid(`mb-track/${track.mbid}`),
          number: String(track.number),
          position: track.number,
          title: track.title,
          length: track.durationMs,
          recording: recordingJson(artist, track),
        })),
      },
    ],
  };
}

export function recordingJson(artist: Artist, { mbid, title, durationMs, by }: Release["tracks"][number]) {
  const name = by ?? artist.name;
  return {
    id: mbid,
    title,
    length: durationMs,
    video: false,
    disambiguation: "",
    "artist-credit": [
      { name, joinphrase: "", artist: by ? { id: uuid(`person/${by}`), name } : { id: artist.mbid, name } },
    ],
  };
}
