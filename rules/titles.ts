/**
 * Titles into songs: which of the recordings a service lists are studio songs, which song each one is, and why. Only
 * words behind a separator or in brackets speak of a form: "Live Wire", "Demons" and "1979" are names.
 */
import { albumForm, withAlbum } from "./titles/album.ts";
import type { Form } from "./titles/forms.ts";
import { readTitle } from "./titles/read.ts";
import { withoutOpening } from "./titles/segments.ts";
import { titleKey } from "./text.ts";

export { judgeCatalogue } from "./titles/catalogue.ts";
export type { Form } from "./titles/forms.ts";

/** The release a recording stands on, as far as the service tells. */
export type Album = {
  title: string;
  type?: "album" | "single" | "compilation" | "ep";
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  date?: string;
  /** MusicBrainz release group: Live, Compilation, Remix, Demo, Soundtrack … */
  secondaryTypes?: string[];
  /** all titles of the release, when more are known than are listed as recordings */
  trackTitles?: string[];
};

/** One track or recording as a service lists it. Only id and title are always known. */
export type Recording = {
  id: string;
  title: string;
  album?: Album;
  durationMs?: number;
  trackNumber?: number;
  isrc?: string;
  /** credited names, ours among them */
  artists?: string[];
  explicit?: boolean;
  video?: boolean;
  /** Spotify's audio features in 0 to 1, for the few keys that still get them */
  liveness?: number;
  instrumentalness?: number;
  speechiness?: number;
};

/**
 * What became of a recording. Kept: it stands for its song. Folded: another recording of that song. Dropped: another
 * form of that song, or none at all, then without `songKey`. The reason is a code, a colon and words.
 */
export type Verdict = {
  id: string;
  verdict: "kept" | "folded" | "dropped";
  reason: string;
  songKey?: string;
};

/** A song of the catalogue; its fields are those of the one recording that stands for it. */
export type CatalogueSong = {
  key: string;
  /** fit for a page: no edition words, guests stay; a song known only as a remix is named as such */
  title: string;
  recordingId: string;
  albumTitle?: string;
  durationMs?: number;
  isrc?: string;
};

/** What a title says. `base` is the song's title without form, editions and guests, and `key` its comparison key. */
export type TitleJudgement = { form: Form; base: string; key: string; reason: string };

/** Reads the form of a recording out of its title, and out of its album's title and types where those are plain. */
export function judgeTitle(title: string, album?: Album): TitleJudgement {
  const reading = readTitle(title);
  const { base, key } = reading;
  return { ...withAlbum(reading, album && albumForm(album)), base, key };
}

/**
 * The keys under which a title from elsewhere (a past setlist) may find its song, best first: leading brackets are
 * optional, "Satisfaction" is "(I Can't Get No) Satisfaction".
 */
export function songKeys(title: string): string[] {
  const { base, key } = readTitle(title);
  const bare = withoutOpening(base);
  return bare === undefined ? [key] : [...new Set([key, titleKey(bare)])];
}
