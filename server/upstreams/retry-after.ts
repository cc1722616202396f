/**
 * Retry-After in ms: seconds or a date (RFC 9110), and forms seen in the wild such as fractions. Undefined when absent
 * or unreadable; a date gone by is 0.
 * @param headers the date is reckoned from the answer's own Date where it has one: clocks differ
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim().slice(0, 40);
  if (!value) return undefined;
  if (/^\d+(\.\d+)?(e\d{1,2})?$/i.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  if (!/[a-z]{3}/i.test(value)) return undefined;
  const moment = Date.parse(value);
  if (Number.isNaN(moment)) return undefined;
  const sent = Date.parse(headers.get("date") ?? "");
  return Math.max(0, moment - (Number.isNaN(sent) ? now : sent));
}
