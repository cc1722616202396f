import { z } from "zod";
import { retryAfterMs } from "../retry-after.ts";
import type { TooMany } from "../upstream.ts";

const fault = z.object({ fault: z.object({ detail: z.object({ errorcode: z.string() }) }) });

/**
 * Ticketmaster's gateway (Apigee) says 429 for a spent day and for too many at once. The body of the first carries the
 * key in its text: only the error code is looked at. Rate-Limit-Reset is in ms since 1970.
 */
export function readTooMany({ headers, body }: { headers: Headers; body: unknown }): TooMany {
  const parsed = fault.safeParse(body);
  if (!parsed.success || !parsed.data.fault.detail.errorcode.endsWith("QuotaViolation")) {
    return { kind: "pause", ms: retryAfterMs(headers, Date.now()) ?? 1_500 };
  }
  const reset = new Date(Number(headers.get("rate-limit-reset")) || NaN);
  return { kind: "day", until: Number.isNaN(reset.getTime()) ? undefined : reset };
}
