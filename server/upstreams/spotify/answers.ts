/**
 * Spotify's JSON into our nouns. What a poor key does not get (popularity, followers, ISRC) may be absent anywhere, and
 * lists may hold nulls (shared samples, November 2026).
 */
import { z } from "zod";
import { definedOnly, flag, id, list, number, part, text, webUrl } from "../lenient.ts";
import type { AudioFeatures, SpotifyAlbum, SpotifyArtist, SpotifyTrack } from "./nouns.ts";

const NAME = 300;
const TITLE = 500;
const spotifyId = id(/^[0-9A-Za-z]{22}$/);
const named = z.object({ id: spotifyId, name: text(NAME) });
const total = z.number().int().min(0).catch(0);

export const artistAnswer = z.object({
  id: spotifyId,
  name: z.string(),
  images: list(z.object({ url: text(500), width: number })),
  popularity: number,
  followers: part({ total: number }),
});
export const artistsAnswer = z.object({ artists: z.object({ items: z.array(z.unknown()) }) });

const track = z.object({
  id: spotifyId,
  name: text(TITLE),
  duration_ms: number,
  track_number: number,
  artists: list(named),
  external_ids: part({ isrc: text(40) }),
  explicit: flag,
  popularity: number,
});
export const tracksPage = z.object({ items: z.array(z.unknown()), total });

const album = z.object({
  id: spotifyId,
  name: text(TITLE),
  album_type: text(20),
  release_date: text(10),
  artists: list(named),
  total_tracks: number,
});
export const albumsPage = z.object({ items: z.array(z.unknown()), total });
export const albumAnswer = z.object({ tracks: tracksPage });

export const tracksAnswer = z.object({ tracks: z.array(z.unknown()) });
export const featuresAnswer = z.object({
  audio_features: list(
    z.object({ id: spotifyId, liveness: number, instrumentalness: number, speechiness: number }),
  ),
});

export function readArtist(entry: unknown): SpotifyArtist | undefined {
  const parsed = artistAnswer.safeParse(entry);
  if (!parsed.success) return undefined;
  const { id, name: raw, images, popularity, followers } = parsed.data;
  const name = text(NAME).parse(raw);
  if (!name) return undefined;
  const [largest] = [...images].sort((a, b) => (b.width ?? 0) - (a.width ?? 0));
  return definedOnly({
    id,
    name,
    url: `https://open.spotify.com/artist/${id}`,
    imageUrl: webUrl(largest?.url, ["https:"]),
    popularity: percent(popularity),
    followers: count(followers?.total, 1_000_000_000),
  }) as SpotifyArtist;
}

export function readAlbum(entry: unknown): SpotifyAlbum | undefined {
  const parsed = album.safeParse(entry);
  if (!parsed.success || !parsed.data.name) return undefined;
  const { id, name, album_type, release_date, artists, total_tracks } = parsed.data;
  const type = album_type?.toLowerCase();
  return definedOnly({
    id,
    title: name,
    type: type === "album" || type === "compilation" ? type : ("single" as const),
    date: partialDate(release_date),
    artists: artists.map(({ id, name }) => ({ id, name: name ?? "" })),
    trackCount: count(total_tracks),
  }) as SpotifyAlbum;
}

export function readTrack(entry: unknown): SpotifyTrack | undefined {
  const parsed = track.safeParse(entry);
  if (!parsed.success || !parsed.data.name) return undefined;
  const { id, name, duration_ms, track_number, artists, external_ids, explicit, popularity } = parsed.data;
  return definedOnly({
    id,
    title: name,
    durationMs: count(duration_ms, 86_400_000),
    trackNumber: count(track_number),
    artists: artists.map(({ id, name }) => ({ id, name: name ?? "" })),
    isrc: readIsrc(external_ids?.isrc),
    explicit: explicit,
    popularity: percent(popularity),
  }) as SpotifyTrack;
}

export function readFeatures(answer: z.infer<typeof featuresAnswer>): Map<string, AudioFeatures> {
  const whole = answer.audio_features.flatMap(({ id, liveness, instrumentalness, speechiness }) =>
    liveness === undefined || instrumentalness === undefined || speechiness === undefined
      ? []
      : [[id, { liveness, instrumentalness, speechiness }] as const],
  );
  return new Map(whole);
}

/** Twelve characters, hyphens left out: "GB-SMU-45-66095" is seen too. */
export function readIsrc(value: string | undefined): string | undefined {
  const code = value?.replace(/[^0-9a-z]/gi, "").toUpperCase();
  return code && /^[A-Z]{2}[0-9A-Z]{3}\d{7}$/.test(code) ? code : undefined;
}

/** YYYY, YYYY-MM or YYYY-MM-DD; "0000" is none. */
function partialDate(value: string | undefined): string | undefined {
  return value && /^(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(value) ? value : undefined;
}

function count(value: number | undefined, most = 10_000): number | undefined {
  return value !== undefined && Number.isInteger(value) && value > 0 && value <= most ? value : undefined;
}

function percent(value: number | undefined): number | undefined {
  return value !== undefined && value >= 0 && value <= 100 ? Math.round(value) : undefined;
}
