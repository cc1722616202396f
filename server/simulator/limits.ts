/** The upstreams' limits: so many a second by the real clock, so many a day by the world's. */
import { DAY } from "./world/calendar.ts";

/** A little under a second: a client that counts exactly must not fail by the network's jitter. */
const SECOND = 950;

export type Limits = {
  /** Counts one call, unless it comes too fast or too often. */
  take(now: number): "ok" | "spike" | "quota";
  perDay: number;
  left(): number;
  /** when the day is over, in world time */
  resetsAt(): number;
};

/**
 * `rolling`: each call is forgotten 24 h after it was made (setlist.fm). Otherwise the day begins with its first call
 * and all of it ends at once (Ticketmaster).
 */
export function makeLimits(
  perSecond: number,
  perDay: number,
  rolling: boolean,
  clock: () => number = () => performance.now(),
): Limits {
  let burst: number[] = [];
  let today: number[] = [];
  const forget = (now: number) => {
    const [first] = today;
    if (rolling) while (today.length > 0 && (today[0] ?? 0) <= now - DAY) today.shift();
    else if (first !== undefined && now >= first + DAY) today = [];
    // The world's clock was set back: what was counted lies in its future.
    if ((today.at(-1) ?? 0) > now) today = today.filter((at) => at <= now);
  };
  return {
    perDay,
    take(now) {
      const tick = clock();
      burst = burst.filter((at) => at > tick - SECOND);
      if (burst.length >= perSecond) return "spike";
      burst.push(tick);
      forget(now);
      if (today.length >= perDay) return "quota";
      today.push(now);
      return "ok";
    },
    left: () => perDay - today.length,
    resetsAt: () => (today[0] ?? 0) + DAY,
  };
}
