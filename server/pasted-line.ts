/** A line that an administrator pasted: an id of Ticketmaster, the address of an artist's page there, or a name. */
import { clean } from "#rules/text";

export type PastedLine =
  | { is: "id"; tmAttractionId: string }
  /** a page's number is not the id that we can ask for; its words are a name, and the number tells whose */
  | { is: "link"; name: string; number: string }
  | { is: "name"; name: string };

const LINE = 200;
/** As ids have been since 2016: ten letters and digits or more, in both cases. A name of that shape is no name. */
const ID = /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z0-9_-]{10,21}$/;

export function readLine(line: string): PastedLine {
  const text = clean(line, LINE);
  if (ID.test(text)) return { is: "id", tmAttractionId: text };
  return readLink(text) ?? { is: "name", name: text };
}

/** Of "https://www.ticketmaster.com/mara-lindqvist-tickets/artist/1234567": the words and the number. */
function readLink(text: string): PastedLine | undefined {
  if (!/^(https?:\/\/|www\.|ticketmaster\.)/i.test(text)) return undefined;
  const address = /^https?:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  if (!/(^|\.)ticketmaster\.[a-z.]+$/.test(hostname)) return undefined;
  const parts = pathname.split("/").filter(Boolean);
  const last = parts.at(-1) ?? "";
  if (ID.test(last)) return { is: "id", tmAttractionId: last };
  if (!/^\d{1,12}$/.test(last)) return undefined;
  const words = parts.find((part) => part !== "artist" && !/^\d+$/.test(part) && part.length > 2) ?? "";
  const name = words.replace(/-(tickets|billets|entradas|biglietti)$/i, "").replaceAll("-", " ");
  return name === "" ? undefined : { is: "link", name, number: last };
}

/** The number at the end of an artist's page; undefined for other addresses. */
export function numberOf(url: string | undefined): string | undefined {
  return url?.match(/\/artist\/(\d{1,12})\/?(?:[?#]|$)/)?.[1];
}

/** The lines of a pasted list that hold something, each once. */
export function splitLines(lines: string): string[] {
  const kept = lines.split(/\r?\n|\r/).map((line) => clean(line, LINE));
  return [...new Set(kept.filter((line) => line !== ""))];
}
