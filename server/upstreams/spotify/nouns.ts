/** What we take from Spotify. Only ids and names are always there; a poor key gets neither popularity nor followers. */
import type { CallOptions } from "../upstream.ts";

export type SpotifyArtist = {
  id: string;
  name: string;
  url: string;
  imageUrl?: string;
  /** 0 to 100; closed to most keys since 2026 */
  popularity?: number;
  followers?: number;
};

export type SpotifyAlbum = {
  id: string;
  title: string;
  type: "album" | "single" | "compilation";
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  date?: string;
  artists: { id: string; name: string }[];
  trackCount?: number;
};

export type SpotifyTrack = {
  id: string;
  title: string;
  durationMs?: number;
  trackNumber?: number;
  artists: { id: string; name: string }[];
  isrc?: string;
  explicit?: boolean;
  popularity?: number;
};

export type SpotifyAlbumsPage = {
  albums: SpotifyAlbum[];
  total: number;
  /** offset of the next page; absent on the last one */
  next?: number;
};

/** All in 0 to 1. */
export type AudioFeatures = { liveness: number; instrumentalness: number; speechiness: number };

/** What only a whole track says. */
export type TrackDetails = { isrc?: string; popularity?: number };

/** Every function throws UpstreamError; what does not exist is undefined or empty. */
export type Spotify = {
  configured: boolean;
  /** Ten at most, by relevance. */
  findArtists(name: string, call?: CallOptions): Promise<SpotifyArtist[]>;
  findArtist(id: string, call?: CallOptions): Promise<SpotifyArtist | undefined>;
  /** Albums, singles and compilations of an artist, ten a page (fifty where the key gets them), never appears_on. */
  readAlbums(artistId: string, offset: number, call?: CallOptions): Promise<SpotifyAlbumsPage>;
  /** All tracks of a release, page by page; undefined when there is no such release. */
  readTracks(albumId: string, call?: CallOptions): Promise<SpotifyTrack[] | undefined>;
  /** By track id, fifty at most. Undefined where the key gets no batches: asked once a month, then remembered. */
  readTrackDetails(trackIds: string[], call?: CallOptions): Promise<Map<string, TrackDetails> | undefined>;
  /** By track id, a hundred at most. Undefined where the key does not get them: asked once a month, then remembered. */
  readAudioFeatures(trackIds: string[], call?: CallOptions): Promise<Map<string, AudioFeatures> | undefined>;
};
