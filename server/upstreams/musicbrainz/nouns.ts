/** What we take from MusicBrainz; core data are CC0 and may stay. */
import type { CallOptions } from "../upstream.ts";

export type MbArtist = {
  mbid: string;
  name: string;
  sortName?: string;
  disambiguation?: string;
  /** 0 to 100, of a search */
  score?: number;
  aliases: string[];
  /** ids on other services by its relations, ended ones left out; empty in answers of a search */
  links: { spotify: string[]; setlistfm: string[] };
};

export type MbReleaseGroup = {
  mbid: string;
  title: string;
  primaryType?: "album" | "single" | "ep";
  /** Live, Compilation, Remix, Demo, Soundtrack … as MusicBrainz writes them */
  secondaryTypes: string[];
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  date?: string;
};

export type MbRecording = {
  mbid: string;
  title: string;
  disambiguation?: string;
  durationMs?: number;
  trackNumber?: number;
  video?: boolean;
  artists: string[];
  isrc?: string;
};

export type MbPage<T> = {
  items: T[];
  total: number;
  /** absent on the last page */
  next?: number;
};

/** Every function throws UpstreamError; what does not exist is undefined or empty. */
export type MusicBrainz = {
  configured: boolean;
  /** With its relations and aliases. A merged mbid answers with another one. */
  findArtist(mbid: string, call?: CallOptions): Promise<MbArtist | undefined>;
  /** Who has this Spotify artist among their relations, by a lookup of its address. */
  findBySpotify(spotifyId: string, call?: CallOptions): Promise<MbArtist[]>;
  findArtists(name: string, call?: CallOptions): Promise<MbArtist[]>;
  /** Albums, singles and EPs, 100 a page. */
  readReleaseGroups(mbid: string, offset: number, call?: CallOptions): Promise<MbPage<MbReleaseGroup>>;
  /** Recordings of the earliest official release of a group; empty when there is none. */
  readReleaseGroup(mbid: string, call?: CallOptions): Promise<MbRecording[]>;
};
