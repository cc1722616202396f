/**
 * Readers of what other people send. A field of the wrong type is an absent field: one odd value never costs the whole
 * entry. Lengths are capped before anything else looks at a text.
 */
import { z } from "zod";
import { clean } from "#rules/text";

/** Longest list read inside one entry (songs of a set, acts of an event), and longest text looked at. */
const LIST = 500;
const TEXT = 10_000;

/** A text without stray blanks; blank, missing or of another type: undefined. */
export const text = (max: number) =>
  z
    .string()
    .transform((value) => clean(value.slice(0, TEXT), max) || undefined)
    .optional()
    .catch(undefined);

/** A text exactly as it came; a longer one is absent, as half an address or date is none. */
export const exact = (max: number) => z.string().max(max).optional().catch(undefined);

/** An id as the service spells it, compared exactly: case matters and no character is cleaned away. */
export const id = (pattern: RegExp) => z.string().regex(pattern);

/** True only when the service says so. */
export const flag = z.boolean().optional().catch(undefined);

/** A finite number, or a text that is one (coordinates come as texts). */
export const number = z
  .union([z.number(), z.string().max(40).regex(/\d/).transform(Number)])
  .pipe(z.number())
  .optional()
  .catch(undefined);

/** Entries of a list that can be read, at most 500; anything but a list is an empty one. */
export const list = <T extends z.ZodType>(entry: T) =>
  z
    .array(z.unknown())
    .transform((entries) =>
      entries.slice(0, LIST).flatMap((value) => {
        const parsed = entry.safeParse(value);
        return parsed.success ? [parsed.data as z.infer<T>] : [];
      }),
    )
    .optional()
    .catch(undefined)
    .transform((entries) => entries ?? []);

/** An object that may be missing, null or of another type. */
export const part = <T extends z.ZodRawShape>(shape: T) => z.object(shape).optional().catch(undefined);

/** http(s) addresses only: these end up in links on our pages. */
export function webUrl(value: string | undefined, protocols = ["https:", "http:"]): string | undefined {
  if (!value || !URL.canParse(value)) return undefined;
  const url = new URL(value);
  if (!protocols.includes(url.protocol) || url.username !== "") return undefined;
  return /^[\x21-\x7e]+$/.test(value) ? value : url.href;
}

/**
 * Reads entries one by one.
 * @returns what was readable, and how many entries were not (or came beyond `max`, which was not asked for)
 */
export function readEach<T>(
  entries: unknown[],
  max: number,
  read: (entry: unknown) => T | undefined,
): { read: T[]; unreadable: number } {
  const readable = entries.slice(0, max).flatMap((entry) => read(entry) ?? []);
  return { read: readable as T[], unreadable: entries.length - readable.length };
}

/** YYYY-MM-DD that exists in the calendar, between 1900 and 2199. */
export function localDate(value: string | undefined): string | undefined {
  if (!value || !/^(19|20|21)\d\d-\d\d-\d\d$/.test(value)) return undefined;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) ? value : undefined;
}

/** Absent fields are absent, not undefined: these nouns are compared and stored. */
export function definedOnly<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
