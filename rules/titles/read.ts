/** One title read piece by piece: its form, and what is left of it as the song's own. */
import { titleKey } from "../text.ts";
import { formOf, wordless, worse, type Form } from "./forms.ts";
import { bareGuest, isGuest } from "./guests.ts";
import { segments, type Segment } from "./segments.ts";

export type Reading = {
  form: Form;
  /** the song's title: no form, edition or guest */
  base: string;
  /** the same with its guests, fit for a page */
  shown: string;
  key: string;
  /** the piece that told the form; "" where none did */
  word: string;
  /** named like an interlude, whatever else it is */
  interlude: boolean;
};

/** As much as a comparison key reads; no title is longer. */
const READS = 2000;
/** No title has more labels; what follows is taken as it is, so that nothing long may cost time. */
const MOST_PIECES = 12;
const YEAR = /^(19|20)\d\d$/;

export function readTitle(title: string, artists?: string[]): Reading {
  const text = title.slice(0, READS);
  const told: { form: Form; word: string }[] = [];
  const tell = (form: Form, word: string) => void told.push({ form, word: word.trim() });
  let base = "";
  let shown = "";
  let afterGuest = false;
  // What follows a stage behind a dash is place and date: "- Live - Wembley (1986)".
  let onStage = false;
  const keep = (raw: string, guest = false) => {
    shown += raw;
    if (!guest) base += raw;
  };

  for (const [at, segment] of dated(segments(text)).entries()) {
    const { kind, text: piece, raw, opening } = segment;
    if (piece === "" || at >= 2 * MOST_PIECES) {
      if (!onStage) keep(raw);
    } else if (kind !== "dash" && isGuest(piece, artists)) {
      keep(raw, true);
      afterGuest = true;
    } else if (kind === "text" && !afterGuest) {
      if (!onStage) keepText(raw, keep, tell);
    } else if (opening || base.trim() === "") {
      keep(raw);
    } else {
      const kept = dispose(piece, tell);
      // After a stage, only a part is still the song's; after any form, a lone year is the form's.
      const own = onStage ? isPart(kept) : told.length === 0 || !YEAR.test(kept);
      if (kept !== "" && own) keep(kept === piece ? raw : wrap(segment, kept));
      if (kind === "dash" && kept !== piece && told.at(-1)?.form === "live") onStage = true;
    }
  }
  return conclude(text, tidy(base), tidy(shown), told);
}

/** "Paranoid - 2012 - Remaster": a year between two dashes speaks with what follows it. */
function dated(list: Segment[]): Segment[] {
  const isYear = (one: Segment | undefined) => one?.kind === "dash" && YEAR.test(one.text);
  return list.flatMap((one, at) => {
    const [last, next] = [list[at - 1], list[at + 1]];
    if (isYear(one) && next?.kind === "dash" && !isYear(next)) return [];
    if (!isYear(last) || one.kind !== "dash" || isYear(one)) return [one];
    return [{ ...one, text: `${last!.text} ${one.text}`, raw: last!.raw + one.raw }];
  });
}

function conclude(text: string, base: string, shown: string, told: { form: Form; word: string }[]): Reading {
  // A title made of nothing but such words is a name: "(Live)", "Remastered".
  if (!/[\p{L}\p{N}\p{S}\p{P}]/u.test(base.replace(/[-–—()[\]]/g, ""))) {
    const name = text.trim();
    return { form: "studio", base: name, shown: name, key: titleKey(name), word: "", interlude: false };
  }
  const own = wordless(base);
  if (own) told.push({ form: own, word: base });
  const first = { form: "studio" as Form, word: "" };
  const { form, word } = told.reduce(
    (far, one) => (worse(one.form, far.form) || (far.word === "" && one.form === far.form) ? one : far),
    first,
  );
  const interlude = told.some((one) => one.form === "interlude");
  return { form, base, shown, key: titleKey(base), word, interlude };
}

/** Words in no bracket: they end where "feat. somebody" or ": Live at somewhere" begins. */
function keepText(
  raw: string,
  keep: (raw: string, guest?: boolean) => void,
  tell: (form: Form, word: string) => void,
) {
  const stage = raw.search(/(?<=\S)[,:] live (?:at|from|in concert|@) /i);
  const own = stage < 0 ? raw : raw.slice(0, stage);
  if (stage >= 0) tell("live", raw.slice(stage + 2));
  const guest = bareGuest(own);
  keep(guest < 0 ? own : own.slice(0, guest));
  if (guest >= 0) keep(own.slice(guest), true);
}

/** What of a piece is the title's own: "Pt. 1 / Remastered 2002" → "Pt. 1"; unchanged when nothing told a form. */
function dispose(piece: string, tell: (form: Form, word: string) => void): string {
  const parts = piece.split(/\s\/\s|[;()[\]]/).filter((part) => part.trim() !== "");
  if (parts.length > MOST_PIECES) return piece;
  const forms = parts.map((part) => formOf(part) ?? formOfSome(part));
  const stage = forms.indexOf("live");
  // Remixers and places stand beside the word that tells: "Somebody / Somebody Else Refix; 2001".
  const given = (at: number) => (stage >= 0 && at > stage) || forms.includes("remix");
  const kept = parts.filter((part, at) => {
    const form = forms[at];
    if (form) tell(form, part);
    return form === undefined ? !given(at) || isPart(part) : form === "interlude";
  });
  return kept.length === parts.length ? piece : kept.map((part) => part.trim()).join(" / ");
}

const isPart = (piece: string) => /^\s*(pt|part|reprise)\b/i.test(piece);

/**
 * "Deluxe, Remastered", "From "Frozen"/Soundtrack Version": commas part only what does not speak as a whole, and a
 * long list is no label: "Live, Laugh, Love".
 */
function formOfSome(part: string): Form | undefined {
  if (isPart(part)) return undefined;
  const pieces = part.split(/[,/]/, 5);
  if (pieces.length < 2 || pieces.length > 4) return undefined;
  const forms = pieces.map(formOf).filter((form) => form !== "interlude");
  if (forms[0] === "live" && pieces.length > 2) return undefined;
  return forms.find((form) => form !== undefined);
}

function wrap({ kind, raw }: Segment, text: string): string {
  return kind === "dash" ? `- ${text} ` : kind === "bracket" ? `(${text})` : raw;
}

/** Blanks as they are left by a piece taken out; a dash that parts nothing any more goes with it. */
function tidy(text: string): string {
  const single = text
    .replace(/\s+/g, " ")
    .replace(/ ([,)\]])/g, "$1")
    .trim();
  return / [-–—~]$/.test(single) ? single.slice(0, -2) : single;
}
