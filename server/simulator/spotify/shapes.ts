/** Spotify's JSON, as a full or a poor key gets it. */
import { hash } from "../world/random.ts";
import type { Release, Track } from "../world/discography.ts";
import type { Artist } from "../world/types.ts";

export type Key = "full" | "development";

const href = (kind: string, id: string) => `https://api.spotify.com/v1/${kind}/${id}`;
const link = (kind: string, id: string) => ({
  external_urls: { spotify: `https://open.spotify.com/${kind}/${id}` },
  href: href(kind, id),
  id,
  type: kind,
  uri: `spotify:${kind}:${id}`,
});
const simpleArtist = (id: string, name: string) => ({ ...link("artist", id), name });

/** 0 to 100, the same for a song wherever it stands. */
const popularity = (seed: string) => 5 + (hash(`popularity/${seed}`) % 80);

export function artistJson(artist: Artist, key: Key) {
  return {
    ...link("artist", artist.spotifyId),
    name: artist.name,
    genres: [],
    images: [],
    ...(key === "full" && {
      popularity: popularity(artist.key),
      followers: { href: null, total: 1000 + (hash(artist.key) % 900_000) },
    }),
  };
}

export function albumJson(artist: Artist, release: Release, key: Key) {
  const { id, title, type, date, tracks, various } = release;
  return {
    ...link("album", id),
    name: title,
    album_type: type,
    total_tracks: tracks.length,
    release_date: date,
    release_date_precision: "day",
    artists: [
      various
        ? simpleArtist("0LyfQWJT6nXafLPZqxe9Of", "Various Artists")
        : simpleArtist(artist.spotifyId, artist.name),
    ],
    images: [],
    ...(key === "full" && { album_group: type, available_markets: ["GB", "US"] }),
  };
}

export function trackJson(artist: Artist, track: Track, key: Key, whole = false) {
  const { id, title, durationMs, number, isrc, explicit, guests, by } = track;
  const own = simpleArtist(artist.spotifyId, artist.name);
  return {
    ...link("track", id),
    name: title,
    duration_ms: durationMs,
    track_number: number,
    disc_number: 1,
    explicit,
    is_local: false,
    preview_url: null,
    artists: by
      ? [simpleArtist("3TVXtAsR1Inumwj472S9r4", by)]
      : [own, ...guests.map((name) => simpleArtist("5K4W6rqBFWDnAN6FQUkS6x", name))],
    ...(whole && { external_ids: { isrc } }),
    ...(key === "full" && {
      available_markets: ["GB", "US"],
      ...(whole && { popularity: popularity(title) }),
    }),
  };
}

/** Live takes sound so; the rest does not. */
export function featuresJson({ id, title, durationMs }: Track, live: boolean) {
  return {
    id,
    type: "audio_features",
    duration_ms: durationMs,
    liveness: live || / - Live/.test(title) ? 0.93 : 0.11,
    instrumentalness: 0.02,
    speechiness: 0.05,
  };
}

export function page<T>(path: string, items: T[], total: number, limit: number, offset: number) {
  const at = (from: number) => `https://api.spotify.com/v1${path}?offset=${from}&limit=${limit}`;
  return {
    href: at(offset),
    items,
    limit,
    next: offset + limit < total ? at(offset + limit) : null,
    offset,
    previous: offset > 0 ? at(Math.max(0, offset - limit)) : null,
    total,
  };
}
