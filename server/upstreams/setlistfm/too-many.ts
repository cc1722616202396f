import { retryAfterMs } from "../retry-after.ts";
import type { TooMany } from "../upstream.ts";

/** setlist.fm's gateway (AWS) names the kind in a header; it sends no Retry-After (public live notes, 2026). */
export function readTooMany({ headers }: { headers: Headers }): TooMany {
  const spent = headers.get("x-amzn-errortype")?.startsWith("LimitExceededException");
  return spent ? { kind: "day" } : { kind: "pause", ms: retryAfterMs(headers, Date.now()) ?? 2_000 };
}
