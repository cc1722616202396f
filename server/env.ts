/**
 * The environment, read once by entry points only (bin/, server/web.ts, jobs/worker.ts, db/migrate.ts). Every problem
 * is collected and named at once, so that nobody fixes one variable per start.
 */
import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { nearestVariable } from "#rules/near";
import { visible } from "#rules/visible";

export class EnvError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
  }
}

const text = z.string().trim().min(1);
const url = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((u) => u.replace(/\/+$/, ""));
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must look like postgres://user:password@host:5432/name",
});
const oneOf = <const T extends [string, ...string[]]>(...values: T) =>
  z.enum(values, `must be ${values.join(", ").replace(/, (\w+)$/, " or $1")}`);
const whole = (problem: string, least: number, most: number) =>
  z.coerce.number(problem).int(problem).min(least, problem).max(most, problem);
const rate = z.coerce
  .number("must be a number")
  .positive("must be above 0")
  .max(10_000, "must be at most 10000");
const perDay = z.coerce
  .number("must be a whole number")
  .int("must be a whole number")
  .positive("must be above 0");

/** As express reads it: hops, or addresses, ranges and three names for ranges. */
const proxies = text
  .refine((value) => value === "off" || /^\d{1,2}$/.test(value) || value.split(",").every(isRange), {
    error: "must be off, a number of hops, or addresses and ranges such as loopback, 10.0.0.0/8",
  })
  .transform((value) => (value === "off" ? undefined : value));

function isRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.trim().split("/");
  if (bits === undefined && ["loopback", "linklocal", "uniquelocal"].includes(address)) return true;
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  return (
    version > 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

const schema = z.object({
  NODE_ENV: oneOf("development", "production", "test").default("production"),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_LISTEN_URL: postgresUrl.optional(),
  DATA_DIR: text.default(".data"),
  PORT: whole("must be a port number, 0 to 65535", 0, 65_535).default(3000),
  HOST: text.default("127.0.0.1"),
  APP_URL: url.optional(),
  CONTACT: text.optional(),
  TRUST_PROXY: proxies.optional(),
  /** set by `npm start` for its children: the upstreams are the simulator */
  UPSTREAMS: oneOf("live", "simulated").default("live"),
  SESSION_SECRET: z.string().trim().min(32, "must be at least 32 characters, best random ones").optional(),
  GUEST_VOTES: oneOf("on", "off").default("on"),
  LIMITS: oneOf("on", "off").default("on"),
  ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  ADMIN_PASSWORD: z.string().min(8, "must be at least 8 characters").optional(),
  CRON_SECRET: z.string().trim().min(16, "must be at least 16 characters, best random ones").optional(),
  METRICS_TOKEN: z.string().trim().min(16, "must be at least 16 characters, best random ones").optional(),
  LOG_LEVEL: oneOf("trace", "debug", "info", "warn", "error", "fatal", "silent").default("info"),
  LOG_FORMAT: oneOf("pretty", "json").optional(),
  TICKETMASTER_API_KEY: text.optional(),
  SPOTIFY_CLIENT_ID: text.optional(),
  SPOTIFY_CLIENT_SECRET: text.optional(),
  SETLISTFM_API_KEY: text.optional(),
  TICKETMASTER_URL: url.default("https://app.ticketmaster.com/discovery/v2"),
  SPOTIFY_URL: url.default("https://api.spotify.com/v1"),
  SPOTIFY_ACCOUNTS_URL: url.default("https://accounts.spotify.com"),
  /** "off" stands for the empty value that turns it off: an empty one counts as unset elsewhere */
  MUSICBRAINZ_URL: z
    .union([z.literal("off"), url], "must be an http(s) address, or off")
    .default("https://musicbrainz.org/ws/2"),
  SETLISTFM_URL: url.default("https://api.setlist.fm/rest/1.0"),
  TICKETMASTER_RPS: rate.default(5),
  TICKETMASTER_PER_DAY: perDay.default(5000),
  SPOTIFY_RPS: rate.default(2),
  SPOTIFY_PER_DAY: perDay.default(50_000),
  MUSICBRAINZ_RPS: rate.default(1),
  MUSICBRAINZ_PER_DAY: perDay.default(50_000),
  SETLISTFM_RPS: rate.default(1),
  SETLISTFM_PER_DAY: perDay.default(1440),
  SETLISTFM_KEEP_DAYS: whole("must be a whole number of days, 1 to 3650", 1, 3650).default(30),
});

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host);

type Given = Record<string, string | undefined>;

/** What does not fit together, looked for among the values that are right by themselves. */
function contradictions(env: Partial<Env>, given: Given): string[] {
  const problems: string[] = [];
  if (
    env.LIMITS === "off" &&
    !(isLoopback(env.HOST ?? "") && (!env.APP_URL || isLoopback(new URL(env.APP_URL).hostname)))
  )
    problems.push("LIMITS: may be off only where HOST is loopback, and APP_URL unset or loopback");
  if (given.ADMIN_PASSWORD !== undefined && given.ADMIN_EMAIL === undefined)
    problems.push("ADMIN_EMAIL: is missing: ADMIN_PASSWORD is that account's");
  const pair = ["SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET"] as const;
  for (const name of pair) {
    if (given[name] === undefined && pair.some((other) => given[other] !== undefined))
      problems.push(`${name}: is missing: Spotify's key is an id and a secret`);
  }
  if (given.DATABASE_LISTEN_URL !== undefined && given.DATABASE_URL === undefined)
    problems.push("DATABASE_URL: is missing: DATABASE_LISTEN_URL is another way to the same database");
  // Whoever says production runs several machines on one database: each would make a secret of its own.
  if (given.NODE_ENV === "production" && given.DATABASE_URL && !given.SESSION_SECRET)
    problems.push("SESSION_SECRET: is missing: set the same random text of 32 characters on every machine");
  return problems;
}

/** A variable that is nearly one of ours, which is not set: it would be silently without effect. */
function misspelt(given: Given): string[] {
  return Object.keys(given).flatMap((name) => {
    const meant = envNames.includes(name) ? undefined : nearestVariable(name, envNames);
    return meant === undefined || given[meant] !== undefined
      ? []
      : [`${visible(name)}: is not known; did you mean ${meant}?`];
  });
}

export type Env = z.infer<typeof schema>;
/** Every variable that is read. */
export const envNames = Object.keys(schema.shape);

/**
 * Reads and checks the environment. An empty value counts as unset, as in `.env` files.
 * @throws EnvError naming every wrong variable, with a sentence each and no values (they may be secrets).
 */
export function readEnv(source: Given = process.env): Env {
  const given: Given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  if (source.MUSICBRAINZ_URL?.trim() === "") given.MUSICBRAINZ_URL = "off";
  const read = Object.entries(schema.shape).map(
    ([name, type]) => [name, type.safeParse(given[name])] as const,
  );
  const wrong = read.flatMap(([name, { error }]) => (error ? [`${name}: ${error.issues[0]?.message}`] : []));
  // Each right by its own schema.
  const env = Object.fromEntries(read.map(([name, { data }]) => [name, data])) as Partial<Env>;
  const problems = [...wrong, ...contradictions(env, given), ...misspelt(given)];
  if (problems.length > 0) throw new EnvError(problems);
  const { DATA_DIR, ...rest } = env as Env;
  return { ...rest, DATA_DIR: resolve(DATA_DIR) };
}

/**
 * readEnv for entry points: takes up a `.env` file of the working folder (what is set already stays), prints every
 * problem and ends with exit code 2 before anything was started.
 */
export function readEnvOrExit(): Env {
  if (existsSync(".env")) process.loadEnvFile(".env");
  // React and Express decide by it when they are loaded; unset they would be development builds.
  const said = { ...process.env };
  process.env.NODE_ENV ||= "production";
  try {
    // As it was said: production by default needs no secret of ours, production by name does.
    return readEnv(said);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    for (const problem of error.problems) process.stderr.write(`TheSet: ${problem}\n`);
    process.exit(2);
  }
}

/** Whatever no line of a log may hold: keys, tokens, passwords. Of the simulator they are none, and ordinary words. */
export function secretsOf(env: Env): string[] {
  const keys =
    env.UPSTREAMS === "simulated"
      ? []
      : [env.TICKETMASTER_API_KEY, env.SPOTIFY_CLIENT_SECRET, env.SETLISTFM_API_KEY];
  const passwords = [env.DATABASE_URL, env.DATABASE_LISTEN_URL].map((url) => url && new URL(url).password);
  return [
    ...keys,
    ...passwords,
    ...passwords.map((password) => password && decodeURIComponent(password)),
    env.SESSION_SECRET,
    env.CRON_SECRET,
    env.METRICS_TOKEN,
    env.ADMIN_PASSWORD,
  ].filter((secret) => secret !== undefined && secret !== "") as string[];
}

/** What server/upstreams needs to know; a service without its key is left out and its steps are skipped. */
export function upstreamConfig(env: Env) {
  return {
    contact: env.CONTACT ?? env.APP_URL ?? "CONTACT is not set",
    ticketmaster: env.TICKETMASTER_API_KEY
      ? {
          url: env.TICKETMASTER_URL,
          key: env.TICKETMASTER_API_KEY,
          rps: env.TICKETMASTER_RPS,
          perDay: env.TICKETMASTER_PER_DAY,
        }
      : undefined,
    spotify:
      env.SPOTIFY_CLIENT_ID && env.SPOTIFY_CLIENT_SECRET
        ? {
            url: env.SPOTIFY_URL,
            accountsUrl: env.SPOTIFY_ACCOUNTS_URL,
            key: env.SPOTIFY_CLIENT_ID,
            secret: env.SPOTIFY_CLIENT_SECRET,
            rps: env.SPOTIFY_RPS,
            perDay: env.SPOTIFY_PER_DAY,
          }
        : undefined,
    setlistfm: env.SETLISTFM_API_KEY
      ? {
          url: env.SETLISTFM_URL,
          key: env.SETLISTFM_API_KEY,
          rps: env.SETLISTFM_RPS,
          perDay: env.SETLISTFM_PER_DAY,
        }
      : undefined,
    musicbrainz:
      env.MUSICBRAINZ_URL === "off"
        ? undefined
        : { url: env.MUSICBRAINZ_URL, rps: env.MUSICBRAINZ_RPS, perDay: env.MUSICBRAINZ_PER_DAY },
  };
}

/** Names of the upstream keys; none set means that `start` runs the simulator. */
export const upstreamKeys = [
  "TICKETMASTER_API_KEY",
  "SPOTIFY_CLIENT_ID",
  "SPOTIFY_CLIENT_SECRET",
  "SETLISTFM_API_KEY",
] as const;
