/**
 * Limits on people, counted in Postgres and so shared by all processes. Keys are hashed with our secret: the table tells
 * nobody's address. Votes are counted by the ballot box in its own statement, streams by the process that holds them.
 * Made in web.ts.
 */
import { createHmac } from "node:crypto";
import { isIP } from "node:net";
import { TRPCError } from "@trpc/server";
import pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

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
  import: { points: 10, seconds: HOUR, message: "You have started 10 imports in the last hour." },
  "import-fan": { points: 30, seconds: HOUR, message: "You have started 30 imports in the last hour." },
  search: { points: 30, seconds: 60, message: "You have searched 30 times in the last minute." },
} as const;
export type LimitName = keyof typeof rules;

export type Limits = {
  /**
   * Uses one point of a limit.
   * @param who an address or a fan's id
   * @throws TRPCError TOO_MANY_REQUESTS whose cause carries `retryAfter` in seconds
   */
  take(name: LimitName, who: string): Promise<void>;
  /** the same for a rule of the caller's own, by the hashed key; see sign-in */
  pool: pg.Pool;
  keyOf(who: string): string;
  on: boolean;
  stop(): Promise<void>;
};

/** @param options.on LIMITS: off only for load tests on loopback */
export function createLimits(options: { url: string; secret: string; on: boolean }): Limits {
  const pool = new pg.Pool({ connectionString: options.url, max: 3, application_name: "theset limits" });
  // Without a listener a stopping Postgres would end the process.
  pool.on("error", () => undefined);
  const limiters = new Map<LimitName, RateLimiterPostgres>();
  for (const name of Object.keys(rules) as LimitName[]) {
    const { points, seconds } = rules[name];
    limiters.set(
      name,
      new RateLimiterPostgres({
        storeClient: pool,
        tableName: "people_limits",
        tableCreated: true,
        keyPrefix: name,
        points,
        duration: seconds,
        clearExpiredByTimeout: false,
      }),
    );
  }
  const keyOf = (who: string) =>
    createHmac("sha256", options.secret).update(network(who)).digest("base64url");
  return {
    pool,
    keyOf,
    on: options.on,
    async take(name, who) {
      if (!options.on) return;
      try {
        await limiters.get(name)?.consume(keyOf(who));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        throw tooMany(rules[name].message, Math.ceil(error.msBeforeNext / 1000));
      }
    },
    stop: () => pool.end(),
  };
}

/** @param seconds until it may be tried again */
export function tooMany(message: string, seconds: number): TRPCError {
  const minutes = Math.ceil(seconds / 60);
  const when = seconds < 90 ? `${seconds} seconds` : `${minutes} minutes`;
  return new TRPCError({
    code: "TOO_MANY_REQUESTS",
    message: `${message} Try again in ${when}.`,
    cause: Object.assign(new Error("limit"), { retryAfter: seconds }),
  });
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
