/** How well two names of artists fit. */
import type { Candidate, Evidence } from "../artists.ts";
import { clean, nameKey } from "../text.ts";
import { round } from "./weights.ts";

const WEIGHTS = { exact: 0.7, key: 0.65, alias: 0.6, article: 0.6, near: 0.4 };
/** Below this a name is another name: links from there are not believed. */
const FITS = 0.3;
const IMITATIONS =
  /(?<!\S)(tributes?|tributo|hommage|cover|covers|coverband|karaoke|orchestra|orchester|philharmonic|symphony|impersonators?|lullaby|lullabies)(?!\S)/g;

/** How the candidate's own names fit the one we know: its name, or one of MusicBrainz' aliases. */
export function nameEvidence(subject: string, { name, aliases = [] }: Candidate): Evidence {
  const own = compareNames(subject, name);
  if (own.weight >= WEIGHTS.alias) return own;
  const alias = aliases.some((other) => nameKey(other) === nameKey(subject));
  return alias ? { kind: "name", weight: WEIGHTS.alias, text: "it is also known by this name" } : own;
}

/** Whether its name or an alias is the subject's, but for an article, a place in brackets or a word or two. */
export function fitsName(subject: string, candidate: Candidate): boolean {
  return nameEvidence(subject, candidate).weight >= FITS && !imitationWord(subject, candidate);
}

/** How much a name gains where MusicBrainz' artist, known to fit, bears it too: another script, an earlier name. */
export function nameByMusicbrainz(own: number, candidate: Candidate, mb: Candidate): number {
  const key = nameKey(candidate.name);
  const same = [mb.name, ...(mb.aliases ?? [])].some((name) => nameKey(name) === key);
  return same ? Math.max(0, round(WEIGHTS.alias - own)) : 0;
}

function compareNames(subject: string, candidate: string): Evidence {
  const [one, other] = [nameKey(subject), nameKey(candidate)];
  if (clean(subject, 500) === clean(candidate, 500)) {
    return { kind: "name", weight: WEIGHTS.exact, text: "it has exactly this name" };
  }
  if (one === other)
    return { kind: "name", weight: WEIGHTS.key, text: "it has this name in another spelling" };
  if (withoutArticle(one) === withoutArticle(other)) {
    return { kind: "name", weight: WEIGHTS.article, text: "it has this name but for the article" };
  }
  const [a, b] = [splitPlace(subject), splitPlace(candidate)];
  if ((a.place === "") !== (b.place === "") && bare(a.name) === bare(b.name)) {
    return { kind: "name", weight: WEIGHTS.article, text: "it has this name but for the brackets" };
  }
  const similarity = isImitationOf(one, other) ? 0 : nameSimilarity(one, other);
  if (similarity < 0.5) return { kind: "name", weight: 0, text: "it has another name" };
  return { kind: "name", weight: round(WEIGHTS.near * similarity), text: "it has a similar name" };
}

/** "Bush (UK)": what stands in the brackets tells namesakes apart. */
export function splitPlace(name: string): { name: string; place: string } {
  const [, before = "", inside = ""] = /^(.*\S)\s*[([]([^()[\]]{1,40})[)\]]\s*$/.exec(name) ?? [];
  return before === "" ? { name, place: "" } : { name: before, place: nameKey(inside) };
}

/** Whether the brackets of the name we know ("UK") are words of the candidate's description ("UK rock band"). */
export function placeFits(subject: string, { disambiguation = "" }: Candidate): boolean {
  const { place } = splitPlace(subject);
  return place !== "" && ` ${nameKey(disambiguation)} `.includes(` ${place} `);
}

/** The word that makes it a tribute, cover band or the like, unless the artist we mean bears it too. */
export function imitationWord(subject: string, candidate: Candidate): string | undefined {
  const own = new Set(nameKey(subject).split(" "));
  const described = nameKey(candidate.disambiguation ?? "");
  // "not the cover band" says the opposite.
  const text = `${nameKey(candidate.name)} ${/(?<!\S)not(?!\S)/.test(described) ? "" : described}`;
  return (text.match(IMITATIONS) ?? []).find((word) => !own.has(word));
}

/** "A Tribute to Bush" holds the name of those it is not, and sellers link to them. */
function isImitationOf(one: string, other: string): boolean {
  const words = new Set(other.split(" "));
  return (one.match(IMITATIONS) ?? []).some((word) => !words.has(word));
}

/** 0 to 1: Dice's coefficient over pairs of letters; 0.75 at least where all words of one name stand in the other. */
function nameSimilarity(one: string, other: string): number {
  const pairs = new Map<string, number>();
  const [a, b] = [withoutArticle(one), withoutArticle(other)];
  for (let at = 0; at + 1 < a.length; at++) {
    const pair = a.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at + 1 < b.length; at++) {
    const pair = b.slice(at, at + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    shared++;
  }
  const dice = (2 * shared) / Math.max(1, a.length + b.length - 2);
  return holds(a, b) || holds(b, a) ? Math.max(dice, 0.75) : dice;
}

/** "Tom Petty and the Heartbreakers" holds "Tom Petty"; three letters are too few to say so. */
function holds(longer: string, shorter: string): boolean {
  const words = new Set(longer.split(" "));
  return shorter.length > 3 && shorter.split(" ").every((word) => words.has(word));
}

const bare = (name: string) => withoutArticle(nameKey(name));

function withoutArticle(key: string): string {
  return key.replace(/^the /, "").replace(/ the$/, "");
}
