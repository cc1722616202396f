import { retryAfterMs } from "../retry-after.ts";
import type { TooMany } from "../upstream.ts";

/** Longer waits than this are no rolling window of 30 s: values of 79,892 and 86,400 s were seen, a hidden ban of a day. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Spotify says in Retry-After how long (developer.spotify.com, "Rate Limits"). */
export function readTooMany({ headers }: { headers: Headers }): TooMany {
  const ms = retryAfterMs(headers, Date.now()) ?? 5_000;
  return ms >= HOUR
    ? { kind: "day", until: new Date(Date.now() + Math.min(ms, DAY)) }
    : { kind: "pause", ms };
}
