/** A recording as read, and which of two stands for their song. */
import type { Recording } from "../titles.ts";
import type { Form } from "./forms.ts";
import type { Reading } from "./read.ts";

export type Item = Reading & {
  recording: Recording;
  /** the form by title and album alone, without what other recordings witness */
  said: Form;
  reason: string;
  /** set when its title is another than its song's */
  joined?: string;
};

const FORMS: Form[] = [
  "studio",
  "interlude",
  "edit",
  "acoustic",
  "live",
  "demo",
  "remix",
  "instrumental",
  "karaoke",
  "altered",
  "spoken",
];

/** Spotify writes nothing for EPs, and a compilation's name says least about a song. */
function albumRank({ album }: Recording): number {
  if (!album) return 2;
  if (album.type === "compilation" || album.secondaryTypes?.some((one) => /^compilation$/i.test(one)))
    return 3;
  return album.type === "album" ? 0 : 1;
}

/** Sounds unlike a studio song with words; only few keys hear it, so it decides late. */
const odd = ({ liveness = 0, instrumentalness = 0 }: Recording) =>
  Number(liveness >= 0.8) + Number(instrumentalness >= 0.5);

/** Weighed from the first to the last; the last ones only make the choice independent of order. */
function weights(item: Item): (number | string)[] {
  const { recording, shown, base } = item;
  const { album, durationMs, isrc, title, trackNumber, id } = recording;
  return [
    // Where only brackets differ, the fuller title is the song's.
    Number(!/^\s*[([]/.test(base)),
    albumRank(recording),
    odd(recording),
    Number(title.trim() !== shown),
    album?.date || "9999",
    album?.title.length ?? 0,
    isrc === undefined ? 1 : 0,
    trackNumber ?? 999,
    durationMs ?? 0,
    id,
    title,
    album?.title ?? "",
    isrc ?? "",
  ];
}

/** Whether `one` should stand for the song rather than `other`. */
export function better(one: Item, other: Item): boolean {
  if (one.form !== other.form) return FORMS.indexOf(one.form) < FORMS.indexOf(other.form);
  const ours = weights(one);
  const theirs = weights(other);
  const at = ours.findIndex((weight, place) => weight !== theirs[place]);
  return at >= 0 && ours[at]! < theirs[at]!;
}
