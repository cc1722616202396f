/** What the one path out (http.ts) has to know about a service, and what callers may ask of a call. */
import type { Db } from "#db/index";
import type { Logger } from "#server/log";
import type { UpstreamError, UpstreamName } from "./errors.ts";
import type { Flights } from "./flights.ts";
import type { Minutes } from "./minutes.ts";
import type { Token } from "./token.ts";

/** A service we have a key for. */
export type Upstream = {
  name: UpstreamName;
  /** without a slash at its end */
  url: string;
  /** where the key goes; never part of a cache key, a log line or an error */
  auth: { query?: Record<string, string>; headers?: Record<string, string>; token?: Token };
  /** names the key in the shared tables without giving it away */
  keyHash: string;
  /** calls a second and a day, over all processes */
  rps: number;
  perDay: number;
  userAgent: string;
  /** what this service means by a 429 (or by `tooManyStatus`), its Retry-After included */
  readTooMany(answer: { headers: Headers; body: unknown }): TooMany;
  /** the status that means "too many" beside 429 */
  tooManyStatus?: number | undefined;
};

/**
 * Too fast: again after `ms`, and where it `doubles` after twice as long each next time of the same call. Or the day is
 * spent: again at `until`, when the service says so.
 */
export type TooMany =
  { kind: "pause"; ms: number; doubles?: boolean } | { kind: "day"; until?: Date | undefined };

export type CallOptions = {
  signal?: AbortSignal | undefined;
  /** a person waits: one attempt of 2 s in all, ahead of the workers' turn */
  urgent?: boolean | undefined;
  /** the most of the day's calls this kind of caller may have used up, 0 to 1; default 1 */
  share?: number | undefined;
  /** the caller's log, whose lines say for what request or job this was; the process's own where there is none */
  log?: Logger | undefined;
  /** told of every request that was really sent */
  onCall?: ((call: { upstream: UpstreamName; path: string }) => void) | undefined;
  /** told of every answer that cost no request: kept from before, or shared with whoever asked the same just now */
  onCached?: ((answer: { upstream: UpstreamName }) => void) | undefined;
  /** told when a wait is over: for a turn of the shared budget, or for a rest that the service asked for */
  onWait?: ((wait: { upstream: UpstreamName; why: "turn" | "rest"; ms: number }) => void) | undefined;
  /** told of what ends in an error, with how long its last request took; "there is none" and "no" are answers */
  onFailed?: ((failure: { error: UpstreamError; ms: number }) => void) | undefined;
};

/** Bounds on us; tests shorten them. Times in ms. */
export type Limits = {
  tries: number;
  /** for one try, its body included, and for the call with all of its tries (waiting for a turn not counted) */
  tryMs: number;
  callMs: number;
  /** all of an urgent call, waiting for its turn included */
  urgentMs: number;
  backoffMs: number;
  maxBackoffMs: number;
  /** a service's own "wait" up to this is waited out within the call, a longer one closes it */
  pauseMs: number;
  /** first closing; each next one is twice as long, up to the second figure */
  closeMs: number;
  maxCloseMs: number;
  /** of an answer, unpacked */
  maxBytes: number;
};

export const defaultLimits: Limits = {
  tries: 3,
  tryMs: 30_000,
  // A silent service costs one try and a bit, not three.
  callMs: 40_000,
  urgentMs: 2_000,
  backoffMs: 400,
  maxBackoffMs: 10_000,
  pauseMs: 10_000,
  closeMs: 30_000,
  maxCloseMs: 5 * 60_000,
  // A page of 200 events is up to 2.9 MB (measured in public projects, October 2026).
  maxBytes: 10_000_000,
};

export type Wiring = {
  db: Db;
  log: Logger;
  limits: Limits;
  /** cacheable requests under way in this process */
  flights: Flights;
  /** counts every call */
  minutes: Pick<Minutes, "count">;
};
