/** The words that name a form. They are asked only of a title's pieces behind a separator, never of its own words. */
import { nameKey } from "../text.ts";
import { cutOf } from "./cuts.ts";
import { isLive } from "./live.ts";

/** `studio` takes in remasters and mono mixes, `edit` every cut or re-recording that still is the song as known. */
export type Form =
  | "studio"
  | "live"
  | "remix"
  | "demo"
  | "instrumental"
  | "karaoke"
  | "acoustic"
  | "edit"
  | "spoken"
  | "interlude"
  | "altered";

/** From the song itself to what is none: where a title says two things, the later one holds. */
const ORDER: Form[] = [
  "studio",
  "edit",
  "interlude",
  "acoustic",
  "demo",
  "live",
  "remix",
  "instrumental",
  "karaoke",
  "altered",
  "spoken",
];

/** Whether the first form is farther from the studio song than the second. */
export const worse = (one: Form, other: Form) => ORDER.indexOf(one) > ORDER.indexOf(other);

/** Matched against the piece's key, the farthest form first; "Live" and what may stand beside it come between the two. */
const FAR: [form: Form, pattern: RegExp][] = [
  [
    "altered",
    /\b(sped up|spedup|slowed|nightcore|daycore|8d|chopped (and|n|not) (screwed|slopped)|screwed and chopped|bass boosted|432 ?hz|pitched (up|down))\b|^(speed ?up|reverb)( version| ver)?$/,
  ],
  [
    "spoken",
    /\b(commentary|interview|voice (memo|note)s?|track by track|spoken word|story behind|behind the song|liner notes|q and a|audiobook|podcast|stage banter)\b|^(spoken|dialog|dialogue|monologue|speech|banter|talking|crowd|voicemail)( intro| version)?$/,
  ],
  [
    "karaoke",
    /\b(karaoke|backing tracks?|off vocal|minus one|a ?cap+ell?a|tv track|vocals only|originally performed|made (famous|popular) by|in the style of)\b|^(playback|sing along)( version)?$|カラオケ|караоке|노래방/,
  ],
  ["instrumental", /\binstrumenta|^inst( ver| version)?$|\binstr$|インスト|инструментал|연주/],
  [
    "remix",
    /\b(remix|remixes|remixed|remixe|remixado|rmx|remezcla|megamix|mash ?up|rework|reworked|refix|vip mix)\b|\bbootleg( mix)?$|^(in )?dub$|\bdub (mix|version)$|^vip$|ремикс|リミックス|리믹스/,
  ],
];

const TAKE = "(\\d+|one|two|three|four|five|six)";
const UNREADY =
  "(alternate|alternative|alt|early|rough|unfinished|working|monitor|reference|first|second|third)";
const PLAYED = "(acoustic|unplugged|acustic\\S*|akust\\S*|acoustique)";
const QUIET =
  "(acoustic|unplugged|piano|stripped( back| down)?|orchestral?|symphonic|symphony|strings?|string quartet|guitar|campfire|cello|harp)";
const NEAR: [form: Form, pattern: RegExp][] = [
  ["demo", /\b(demos?|rehearsals?|out ?takes?|home recordings?|work ?tapes?)\b|демо|デモ/],
  [
    "demo",
    new RegExp(
      `\\btakes? ${TAKE}\\b|\\b${UNREADY}( \\S+)? (version|take|mix|cut|vocals?|lyrics|arrangement|draft|ending)$|^(alternate|rough|work in progress)$`,
    ),
  ],
  [
    "acoustic",
    new RegExp(
      `^${PLAYED}\\b|\\b${PLAYED}$|^(stripped( back| down)?|solo piano|piano( solo)?|piano and (voice|vocals?)|orchestral?|symphonic|strings|(with|for) (an? )?(strings|orchestra|choir)|string quartet|version orchestr\\S+)$|\\b(${QUIET}|${PLAYED})( \\S+)? (versions?|ver|version\\S|versao|versione|fassung|mix|edit|takes?)$|^version ${PLAYED}$|アコースティック|акусти|어쿠스틱`,
    ),
  ],
];

const INTERLUDE =
  /^(intro|outro|interlude|skit|prelude|prologue|epilogue|introduction|interval|intermission|interludio|intermezzo)( (\d{1,2}|[ivx]{1,4}|one|two|three))?$/;

/** A piece that names a form, or undefined when it is the title's own. */
export function formOf(piece: string): Form | undefined {
  const key = nameKey(piece.replace(/@/g, " at ").replace(/["“”„]/g, " "));
  // "Pt. 1" stays, whatever follows it.
  if (/^(pts?|parts?|reprise|vol)( |$)/.test(key)) return undefined;
  if (INTERLUDE.test(key)) return "interlude";
  const far = FAR.find(([, pattern]) => pattern.test(key))?.[0];
  if (far) return far;
  if (isLive(piece, key)) return "live";
  return NEAR.find(([, pattern]) => pattern.test(key))?.[0] ?? cutOf(piece, key);
}

/** A title that by its own words is no song: an interlude, or talk. Only the plainest wordings count here. */
export function wordless(title: string): Form | undefined {
  const key = nameKey(title);
  if (INTERLUDE.test(key)) return "interlude";
  if (/\btrack by track\b|^commentary \S|^(\S+ ){2,}commentary$|^interview with /.test(key)) return "spoken";
  if (/^\s*(commentary|interview)\s*:/i.test(title)) return "spoken";
  if (/^\s*(intro|outro|interlude|skit|prelude)\s*(#\d+)?[:(]/i.test(title)) return "interlude";
  return /\S (interlude|skit|intro|outro|skit \d+|interlude \d+)$/.test(key) ? "interlude" : undefined;
}
