/**
 * How many streams one process holds, of every kind together. Past a limit a new one is refused and nobody is thrown
 * out. Made in web.ts.
 */
import { network } from "../limits.ts";

const PER_ADDRESS = 200;
const IN_ALL = 10_000;

/** what is followed: an import, a show's counts, the control room */
export const streamKinds = ["import", "show", "admin"] as const;
export type StreamKind = (typeof streamKinds)[number];

export type StreamLimits = {
  /**
   * Takes a place for one stream.
   * @returns what gives the place back (once, however often it is called); undefined when there is none
   */
  enter(address: string, kind?: StreamKind): (() => void) | undefined;
  /** streams that are open now, of one kind or of all */
  open(kind?: StreamKind): number;
};

/** @param options.perAddress LIMITS: off only for load tests on loopback; the limit over all stays */
export function createStreamLimits(options: { perAddress: boolean }): StreamLimits {
  const counts = new Map<string, number>();
  const kinds = { import: 0, show: 0, admin: 0 };
  let open = 0;
  return {
    enter(address, kind = "import") {
      const key = network(address);
      const count = counts.get(key) ?? 0;
      if (open >= IN_ALL || (options.perAddress && count >= PER_ADDRESS)) return undefined;
      open++;
      kinds[kind]++;
      counts.set(key, count + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        open--;
        kinds[kind]--;
        const rest = (counts.get(key) ?? 1) - 1;
        if (rest > 0) counts.set(key, rest);
        else counts.delete(key);
      };
    },
    open: (kind) => (kind ? kinds[kind] : open),
  };
}

/** What a refused reader is told; `retryAfter` in seconds, spread out so that they do not come back together. */
export function tooManyStreams() {
  return {
    status: 503,
    code: "SERVICE_UNAVAILABLE",
    message:
      "Too many live pages are open from your network, or from everywhere. This page works; it renews itself less often.",
    retryAfter: String(10 + Math.floor(Math.random() * 20)),
  };
}
