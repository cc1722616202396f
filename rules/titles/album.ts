/** What an album says of all its tracks, by MusicBrainz types and by the plainest titles. */
import type { Album } from "../titles.ts";
import { nameKey } from "../text.ts";
import { worse, type Form } from "./forms.ts";
import { readTitle, type Reading } from "./read.ts";

export type Told = { form: Form; reason: string };

const TYPES: [type: string, form: Form][] = [
  ["interview", "spoken"],
  ["spokenword", "spoken"],
  ["audiobook", "spoken"],
  ["audio drama", "spoken"],
  ["remix", "remix"],
  ["live", "live"],
  ["demo", "demo"],
];

/** Titles of live albums need no separator ("Live at Reading"), but "Live Through This" is none. */
const LIVE =
  /^live( (at|from|on|aus|im|bei)\b.+| (in (?!me$|you$|love$)).+| \d.*|( and| n) (loud|acoustic|direct|dangerous|unplugged).*)?$|\blive (at|from|in concert)\b.|\blive (19|20)\d\d\b|\bmtv unplugged\b|^unplugged( (in|at|live)\b.*)?$|\b(in concert|en concierto|en vivo|en directo|ao vivo|dal vivo|en concert|live sessions?|(bbc|peel|radio) sessions|itunes (live|festival|session)|tiny desk|live lounge)\b/;
/** An edition with live bonus tracks, or a mixed bag: its tracks speak for themselves. */
const MIXED = /\b(deluxe|expanded|edition|anniversary|bonus|rarities|b sides|super)\b/;

/** The form all tracks of an album have unless they say worse; undefined for studio albums and those that do not tell. */
export function albumForm(album: Album): Told | undefined {
  const types = (album.secondaryTypes ?? []).map((type) => type.toLowerCase());
  const typed = TYPES.find(([type]) => types.includes(type));
  if (typed) return { form: typed[1], reason: `${typed[1]}: album of type ${typed[0]}` };
  const key = nameKey(album.title);
  if (MIXED.test(key)) return undefined;
  const reason = (form: Form) => ({ form, reason: `${form}: album “${album.title.slice(0, 100)}”` });
  if (LIVE.test(key) || /^\s*live!/i.test(album.title)) return reason("live");
  const { form } = readTitle(album.title);
  // A release named after a remix or a sped-up cut often opens with the song itself.
  return ["live", "karaoke", "instrumental", "acoustic", "demo"].includes(form) ? reason(form) : undefined;
}

/** What title and album say together: the worse of the two. */
export function withAlbum({ form, word }: Reading, byAlbum: Told | undefined): Told {
  if (byAlbum && worse(byAlbum.form, form)) return byAlbum;
  return { form, reason: word === "" ? form : `${form}: “${word.slice(0, 100)}” in the title` };
}
