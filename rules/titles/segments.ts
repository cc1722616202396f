/** A title's pieces: its own words, what stands in brackets, what follows " - ". One pass, nothing judged. */

export type Segment = {
  kind: "text" | "bracket" | "dash";
  /** without brackets or dash */
  text: string;
  /** as it stood: all raws joined are the title */
  raw: string;
  /** a bracket that opens the title */
  opening: boolean;
};

const OPEN = "([{（［【「『〔";
const CLOSE = ")]}）］】」』〕";
const DASH = "-–—‐‑‒―−－~～〜";

export function segments(title: string): Segment[] {
  const tail = wrappedTail(title);
  const body = tail === undefined ? title : title.slice(0, tail);
  const out: Segment[] = [];
  let kind: Segment["kind"] = "text";
  let start = 0;
  let depth = 0;
  const flush = (end: number, next: Segment["kind"]) => {
    const raw = body.slice(start, end);
    if (raw !== "") {
      const opening = kind === "bracket" && out.every((one) => one.text === "");
      out.push({ kind, text: inside(raw, kind), raw, opening });
    }
    start = end;
    kind = next;
  };
  for (let at = 0; at < body.length; at++) {
    const char = body[at]!;
    if (OPEN.includes(char)) {
      if (depth++ === 0) flush(at, "bracket");
    } else if (CLOSE.includes(char)) {
      if (depth > 0 && --depth === 0) flush(at + 1, "text");
    } else if (depth === 0 && isDash(body, at)) flush(at, "dash");
  }
  flush(body.length, "text");
  if (tail !== undefined) {
    const raw = title.slice(tail);
    out.push({ kind: "bracket", text: raw.trim().slice(1, -1).trim(), raw, opening: false });
  }
  return out;
}

/** A title without the bracket that opens it; undefined where there is none, or where it is no mere ornament. */
export function withoutOpening(title: string): string | undefined {
  const [first, ...rest] = segments(title).filter(({ text }) => text !== "");
  if (!first?.opening || /^(pt|part|reprise|vol)\b/iu.test(first.text)) return undefined;
  const bare = rest.map(({ raw }) => raw).join("");
  return /[\p{L}\p{N}]/u.test(bare) ? bare.trim() : undefined;
}

function inside(raw: string, kind: Segment["kind"]): string {
  if (kind === "text") return raw.trim();
  const closed = kind === "bracket" && CLOSE.includes(raw.at(-1)!);
  return raw.slice(1, closed ? -1 : undefined).trim();
}

/** A dash parts only between blanks: "Jay-Z" and "Pt. 1-3" hold together. */
function isDash(text: string, at: number): boolean {
  return DASH.includes(text[at]!) && /\s/.test(text[at - 1] ?? "") && /\s/.test(text[at + 1] ?? "");
}

/** Where "Song -Instrumental-" or "Song ～Acoustic～" begins its last word, a usual form in Japan. */
function wrappedTail(title: string): number | undefined {
  const trimmed = title.trimEnd();
  const mark = trimmed.at(-1) ?? "";
  if (mark === "" || !DASH.includes(mark)) return undefined;
  const at = trimmed.lastIndexOf(` ${mark}`, trimmed.length - 3);
  return at > 0 && /\S/.test(trimmed[at + 2] ?? "") && trimmed.length - at < 80 ? at : undefined;
}
