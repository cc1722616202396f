import { retryAfterMs } from "../retry-after.ts";
import type { TooMany } from "../upstream.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Where it names no moment, or one that is over. Each next wait of a call is twice as long: 2, 4, 8 s. */
const LEAST_MS = 2_000;

/**
 * MusicBrainz says "too fast" and "busy, whoever you are" alike with 503: the later of Retry-After and
 * X-RateLimit-Reset (seconds since 1970), by the answer's own clock (userscripts of its community, September 2026).
 */
export function readTooMany({ headers }: { headers: Headers }): TooMany {
  const now = Date.now();
  const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000;
  const sent = Date.parse(headers.get("date") ?? "");
  const resetMs = reset - (Number.isNaN(sent) ? now : sent);
  const ms = Math.max(LEAST_MS, retryAfterMs(headers, now) ?? 0, Number.isFinite(resetMs) ? resetMs : 0);
  return ms >= HOUR
    ? { kind: "day", until: new Date(now + Math.min(ms, DAY)) }
    : { kind: "pause", ms, doubles: true };
}
