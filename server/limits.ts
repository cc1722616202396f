/**
 * Limits on people, counted in Postgres and so shared by all processes. Keys are hashed with our secret: the table tells
 * nobody's address. Wrong passwords are counted in session/tries.ts, votes by the ballot box in its own statement,
 * streams by the process that holds them. Made in web.ts.
 */
import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import { TRPCError } from "@trpc/server";
import type { Db, DbOrTrx } from "#db/index";
import { msUntilPoint, takePoint } from "#db/queries/people-limits";

const HOUR = 3_600;

/** Points in seconds; what is said past them. */
const rules = {
  guest: {
    points: 300,
    seconds: HOUR,
    message: "Too many new guests came from your network in the last hour.",
  },
  "sign-up": {
    points: 10,
    seconds: HOUR,
    message: "Too many accounts were made from your network in the last hour.",
  },
  import: {
    points: 10,
    seconds: HOUR,
    message: "10 imports were started from your network in the last hour; with an account it may be 30.",
  },
  "import-fan": { points: 30, seconds: HOUR, message: "You have started 30 imports in the last hour." },
  "unknown-id": {
    points: 30,
    seconds: 60,
    message: "30 ids that belong to no artist came from your network in the last minute.",
  },
  search: { points: 30, seconds: 60, message: "30 searches came from your network in the last minute." },
} as const;
export type LimitName = keyof typeof rules;

export type Limits = {
  /**
   * Uses one point of a limit.
   * @param who an address or a fan's id
   * @param trx where the point is to come back when the rest of the transaction does not happen
   * @throws TRPCError TOO_MANY_REQUESTS whose cause carries `retryAfter` in seconds
   */
  take(name: LimitName, who: string, trx?: DbOrTrx): Promise<void>;
  /** Uses nothing. @throws as `take` when there is no point left */
  check(name: LimitName, who: string): Promise<void>;
  /** under what something is counted, where `who` is not readable */
  keyOf(who: string): string;
  /** false: LIMITS=off */
  on: boolean;
};

/** @param options.on LIMITS: off only for load tests on loopback */
export function createLimits(options: { db: Db; secret: string; on: boolean }): Limits {
  const keyOf = (who: string) =>
    createHmac("sha256", options.secret).update(network(who)).digest("base64url");
  const windowOf = (name: LimitName, who: string) => ({ key: `${name}:${keyOf(who)}`, ...rules[name] });
  return {
    keyOf,
    on: options.on,
    async take(name, who, trx = options.db) {
      if (!options.on) return;
      const wait = await takePoint(trx, windowOf(name, who));
      if (wait !== undefined) throw tooMany(rules[name].message, Math.ceil(wait / 1000));
    },
    async check(name, who) {
      if (!options.on) return;
      const wait = await msUntilPoint(options.db, windowOf(name, who));
      if (wait !== undefined) throw tooMany(rules[name].message, Math.ceil(wait / 1000));
    },
  };
}

/** @param seconds until it may be tried again */
export function tooMany(message: string, seconds: number): TRPCError {
  const minutes = Math.ceil(seconds / 60);
  const when = seconds < 90 ? `${seconds} ${seconds === 1 ? "second" : "seconds"}` : `${minutes} minutes`;
  return new TRPCError({
    code: "TOO_MANY_REQUESTS",
    message: `${message} Try again in ${when}.`,
    cause: Object.assign(new Error("limit"), { retryAfter: seconds }),
  });
}

/** Until when a limit holds; undefined for any other error. */
export function secondsLeft(error: unknown): number | undefined {
  if (!(error instanceof TRPCError) || error.code !== "TOO_MANY_REQUESTS") return undefined;
  const { retryAfter } = (error.cause ?? {}) as { retryAfter?: number };
  return retryAfter;
}

/** An IPv4 address as it is, of IPv6 the /64 that a household or phone owns; anything else is an id and stays. */
export function network(who: string): string {
  const address = who.startsWith("::ffff:") && isIP(who.slice(7)) === 4 ? who.slice(7) : who;
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.split("%")[0]!.split("::");
  const front = head ? head.split(":") : [];
  const back = tail ? tail.split(":") : [];
  const all = address.includes("::")
    ? [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0"), ...back]
    : front;
  return `${all
    .slice(0, 4)
    .map((part) => parseInt(part || "0", 16).toString(16))
    .join(":")}::/64`;
}
