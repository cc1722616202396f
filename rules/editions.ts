/** Words that name an edition of a recording (remaster, mono, radio edit, guests), not the song. Part of rules/text.ts. */

/** Each of these makes a part an edition by itself, as long as nothing but filler stands beside it. */
const STRONG = new Set(["mono", "stereo", "deluxe", "explicit", "clean", "edit"]);
/** These do so only beside a `FORM`: "(Album)" or "(Radio)" may be a title's own words. */
const WEAK = new Set(["radio", "single", "album", "anniversary", "expanded", "bonus", "special"]);
const FORM = new Set(["version", "edit", "mix", "edition", "track"]);
const FILLER = new Set([
  "the",
  "original",
  "digital",
  "digitally",
  "full",
  "us",
  "uk",
  "lp",
  "bit",
  "hd",
  "new",
]);
const REMASTER = /^remaster/;
const YEAR = /^(19|20)\d\d$/;
const COUNT = /^\d{1,3}(st|nd|rd|th|bit)?$/;
const GUESTS = /^\s*(feat|ft|featuring|featured in)(?![\p{L}\p{N}])/u;

/**
 * A folded title (rules/text.ts) without its edition words. They count only after a separator: in brackets, after
 * " - ", or "feat." with its dot. A bracket that opens the title, and the title itself, always stay.
 */
export function withoutEditions(title: string): string {
  const [first = "", ...rest] = withoutBrackets(withoutBareGuests(title)).split(" - ");
  const kept = rest.map(withoutEditionParts).filter((part) => part !== "");
  return [first, ...kept].join(" - ");
}

/** Drops "feat. somebody" that stands in no bracket, up to the next separator; without its dot it may be a word. */
function withoutBareGuests(title: string): string {
  const start = [title.indexOf(" feat. "), title.indexOf(" ft. ")]
    .filter((at) => at > 0)
    .sort((a, b) => a - b)[0];
  if (start === undefined) return title;
  const tail = title.slice(start);
  const end = tail.search(/ - | [([]/);
  return title.slice(0, start) + (end > 0 ? tail.slice(end) : "");
}

/** Drops every outermost bracket that names an edition; one never closed reaches to the end. */
function withoutBrackets(title: string): string {
  let out = "";
  let depth = 0;
  let opened = 0;
  for (let at = 0; at < title.length; at++) {
    const char = title[at]!;
    if (char === "(" || char === "[") {
      if (depth++ === 0) opened = at;
    } else if ((char === ")" || char === "]") && depth > 0) {
      if (--depth === 0) out += keptBracket(title.slice(opened, at + 1), out);
    } else if (depth === 0) out += char;
  }
  return depth > 0 ? out + keptBracket(title.slice(opened), out) : out;
}

function keptBracket(bracket: string, before: string): string {
  if (before.trim() === "") return bracket;
  const inside = bracket.replace(/[()[\]]/g, " ");
  const kept = withoutEditionParts(inside);
  return kept === "" ? "" : kept === inside ? bracket : `(${kept})`;
}

/** "pt. 1 / remastered 2002" → "pt. 1"; empty when nothing but editions was there. */
function withoutEditionParts(segment: string): string {
  if (GUESTS.test(segment)) return "";
  const parts = segment.split(/[/,;]/);
  const kept = parts.filter((part) => !isEdition(part));
  return kept.length === parts.length ? segment : kept.join("/").trim();
}

/** Whether every word of a folded part is an edition word, and one of them tells so by itself. */
export function isEdition(part: string): boolean {
  const words = part.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const known = words.every(
    (word) =>
      STRONG.has(word) ||
      WEAK.has(word) ||
      FORM.has(word) ||
      FILLER.has(word) ||
      REMASTER.test(word) ||
      COUNT.test(word) ||
      YEAR.test(word),
  );
  if (!known) return false;
  if (words.some((word) => STRONG.has(word) || REMASTER.test(word))) return true;
  if (words.some((word) => WEAK.has(word)) && words.some((word) => FORM.has(word))) return true;
  return words.some((word) => YEAR.test(word)) && words.includes("mix");
}
