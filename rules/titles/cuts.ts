/** Cuts and editions: a piece that says how the song was mixed, cut, released or sung again, while it stays the song. */
import { isEdition } from "../editions.ts";
import type { Form } from "./forms.ts";

const EDITIONS =
  /\b(remaster\S*|digital master|reissue|bonus track|hidden track|atmos|from the vault|from the (original )?(motion picture|film|movie|soundtrack|series|tv series|netflix|broadway|musical)|original (motion picture|television|cast|broadway)|featured in|as heard in|music from)\b|^(mono|stereo|explicit|original|bonus|previously unreleased|unreleased|b side|hd)$|^official\b.{0,20}\b(video|audio|visuali[sz]er)$|^(lyrics?|music) video$|\b(soundtrack|ost)$/;
const CUTS =
  /\b(re ?record(ed|ing)|re ?imagined|revisited|cover version)\b|^(extended|clean|dirty|cover|censored|uncensored|full length)$|\bedits?$|\b(directors|radio|single|extended|album|long|short|original|full) cut$|(?<!\b(?:a|and|for|my|no|of|the|take|to|under|your)) cover$/;
/** "Taylor's Version", "10 Minute Version", "Versión en Español"; "Version of You" is somebody's words. */
const VERSIONS =
  /\b(versions?|ver|vers|versao|versione|versie|radioversion|fassung)( \d+)?$|^(version|versao|versione) (?!of\b)|バージョン$|ヴァージョン$|버전$|[^a-z ]ver$/;
/** Words beside "mix" that leave the recording what it was; any other names a remixer or a dance floor. */
const MIX_WORDS =
  /^(the|mono|stereo|original|album|single|lp|ep|new|full|radio|video|extended|long|short|final|main|us|uk|surround|quad\S*|atmos|dolby|anniversary|explicit|clean|version|edit|inch|vinyl|cd|remaster\S*|\d+(st|nd|rd|th)?)$/;

/** @param key the piece's comparison key */
export function cutOf(piece: string, key: string): Form | undefined {
  if (/^\s*from\s+["“”„«]/i.test(piece)) return "studio";
  if (key === "extended mix") return "edit";
  const mixed = mixOf(key);
  if (mixed) return mixed;
  if (EDITIONS.test(key) || isEdition(key)) {
    return /\b(edits?|single|radio|deluxe|special|clean)\b/.test(key) ? "edit" : "studio";
  }
  return CUTS.test(key) || VERSIONS.test(key) ? "edit" : undefined;
}

function mixOf(key: string): Form | undefined {
  const words = key.split(" ");
  if (words.at(-1) !== "mix" || / the mix$/.test(key)) return undefined;
  const others = words.slice(0, -1);
  if (others.length === 0 || !others.every((word) => MIX_WORDS.test(word))) return "remix";
  return others.some((word) => /^(extended|radio|single|edit|short|long|inch|video)$/.test(word))
    ? "edit"
    : "studio";
}
