/** Text from outside on its way in, and the keys by which names and titles are compared. All of it in linear time. */
import slugify from "@sindresorhus/slugify";
import anyAscii from "any-ascii";
import { withoutEditions } from "./editions.ts";

/** Longest slug: an address stays readable, and fits a show's city and date behind it. */
const SLUG_MAX = 80;
/**
 * More marks than 30 on one letter are no writing (Unicode's Stream-Safe Text Format draws the line there), and
 * normalising them takes quadratic time. Halfwidth kana marks count, as NFKC turns them into combining ones.
 */
const MARK_FLOOD = /([\p{M}\uFF9E\uFF9F]{30})[\p{M}\uFF9E\uFF9F]+/gu;
/** A key reads this many characters: columns hold less, and nothing longer may cost time. */
const KEY_READS = 2000;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const APOSTROPHES = /[’‘‛ʼʻʹ′´`＇]/g;
const DASHES = /[‐‑‒–—―−－]/g;

/**
 * Text fit to be stored: NFC, no control characters or lone surrogates, white space as single blanks, trimmed, at
 * most `max` code points and never cut between a letter and its marks. Text without anything visible is "".
 */
export function clean(text: string, max: number): string {
  const tidy = text
    .replace(/[\s\u0085]/g, " ")
    .replace(/[\p{Cc}\p{Cs}]/gu, "")
    .replace(MARK_FLOOD, "$1")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(/^[\p{M}\p{Default_Ignorable_Code_Point} ]+/u, "")
    .trimEnd();
  if (tidy.length <= max) return tidy;
  return cut(tidy, max).trimEnd();
}

/** The first `max` code points, or fewer where the cut would part a letter from its marks or split a joined emoji. */
function cut(text: string, max: number): string {
  // Two code units a code point at most, and one code point to see what would follow the cut.
  const points = [...text.slice(0, 2 * (max + 1))];
  if (points.length <= max) return points.join("");
  let end = max;
  while (end > 0 && (/[\p{M}\u200D]/u.test(points[end]!) || points[end - 1] === "\u200D")) end--;
  return points.slice(0, end || max).join("");
}

/**
 * Comparison key of a name: equal for spellings that differ in case, accents, quotes, punctuation, `&`/`+`/'n' for
 * "and", or typographic forms. Other scripts keep their letters. Never empty for a visible name: "!!!" is its own key.
 */
export function nameKey(name: string): string {
  const folded = fold(name);
  return words(folded) || folded || name.trim();
}

/**
 * Comparison key of a song title: `nameKey` without edition words ("- Remastered 2011", "(Mono Version)", "(feat.
 * …)"), parts in one spelling ("Part I" → "pt 1"). Reprises, live forms and other parts remain songs of their own.
 */
export function titleKey(title: string): string {
  const song = withoutEditions(fold(title));
  return unifyParts(words(song)) || song || nameKey(title);
}

/**
 * Address of a name: ASCII, lower case, dashes, at most 80 characters. A name that leaves nothing gets six random
 * letters after its kind: `artist-qwerty`.
 * @param random uniform in [0, 1), as Math.random
 */
export function slug(text: string, random: () => number, kind = "artist"): string {
  const made = slugWords(text);
  if (made !== "") return made;
  const letter = () => String.fromCharCode(97 + Math.min(25, Math.floor(random() * 26)));
  return `${kind}-${Array.from({ length: 6 }, letter).join("")}`;
}

/** What of a text can stand in an address, at most 80 characters; may be "". */
export function slugWords(text: string): string {
  // Cut before as well as after: the libraries' time is not ours to bound.
  const ascii = anyAscii(clean(text, 2 * SLUG_MAX));
  const made = slugify(ascii, { decamelize: false }).slice(0, SLUG_MAX);
  return made.endsWith("-") ? made.slice(0, -1) : made;
}

const ASCII = /^[ -~]*$/;

/** One spelling of everything that is only typography; punctuation still stands, blanks are single. */
function fold(text: string): string {
  const read = text.slice(0, KEY_READS);
  // Most names: of all that follows, this is what can change them. An import folds thousands.
  if (ASCII.test(read)) return read.replace(/`/g, "'").toLowerCase().replace(/ +/g, " ").trim();
  return (
    read
      .replace(/[\p{Cc}\p{Cs}]/gu, " ")
      .replace(MARK_FLOOD, "$1")
      .replace(INVISIBLE, "")
      .replace(APOSTROPHES, "'")
      .replace(/[™℠®©]/g, "")
      .normalize("NFKC")
      .replace(DASHES, "-")
      // Down, up and down again folds ẞ and ß to ss and ı to i; a final sigma is a sigma.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(/ς/g, "σ")
      .replace(APOSTROPHES, "'")
      .normalize("NFD")
      // й is a letter, not an accented и; kana and Indic marks lie in other blocks and stay.
      .replace(/и\u0306/g, "й")
      .replace(/[\u0300-\u036F]/g, "")
      .replace(/[øđłħŧæœþð]/g, (letter) => PLAIN[letter]!)
      .normalize("NFC")
      .replace(/\s+/g, " ")
      .trim()
  );
}

/** Letters that Unicode does not decompose. */
const PLAIN: Record<string, string> = {
  ø: "o",
  đ: "d",
  ł: "l",
  ħ: "h",
  ŧ: "t",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ð: "d",
};

/** Letters and digits of a folded text, a blank between words. */
function words(folded: string): string {
  // Ke$ha and A$AP spell an s; "$100" is money.
  const spelt = folded.includes("$") ? folded.replace(/(?<=\p{L})\$|\$(?=\p{L})/gu, "s") : folded;
  return spelt
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "")
    .replace(/['.]/g, "")
    .replace(/[&+]/g, " and ")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
    .trim()
    .replace(/(?<=\S )n(?= \S)/g, "and")
    .normalize("NFC");
}

const NUMERALS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
const NUMBERS = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** "part one", "pt i", "pt1" → "pt 1" in a text of single words. */
function unifyParts(key: string): string {
  return key
    .replace(/(?<!\S)(?:pt|part)(\d{1,2})(?!\S)/g, "pt $1")
    .replace(/(?<!\S)pt([ivx]{1,4})(?!\S)/g, "pt $1")
    .replace(/(?<!\S)(?:pt|part) (\S{1,6})(?!\S)/g, (whole, word: string) => {
      const number = Math.max(NUMERALS.indexOf(word), NUMBERS.indexOf(word)) + 1;
      return number > 0 ? `pt ${number}` : /^\d+$/.test(word) ? `pt ${Number(word)}` : whole;
    });
}
