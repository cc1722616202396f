/** An error without what differs from job to job, so that failures of one kind are one row. */

const MOST = 300;

const parts: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "…"],
  // Titles and names: what stands in quotation marks of any kind.
  [/"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|`[^`\n]*`|(?<![\p{L}\p{N}])'[^'\n]*'/gu, "“…”"],
  [/\bhttps?:\/\/[^\s,;)]+/gi, "<address>"],
  [/\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?/g, "<time>"],
  [/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, "<time>"],
  // Ids of the services: long runs of letters and digits with both in them.
  [/\b(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{8,}\b/g, "…"],
  [/\d+(?:[.,]\d+)*/g, "#"],
];

/** @returns at most 300 characters, never empty */
export function errorKey(message: string): string {
  const [firstLine = ""] = message.trim().split("\n");
  let key = firstLine.slice(0, 4 * MOST);
  for (const [what, instead] of parts) key = key.replace(what, instead);
  return key.replace(/\s+/g, " ").trim().slice(0, MOST) || "no message";
}
