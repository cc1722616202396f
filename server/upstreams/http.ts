/**
 * The one path out: cache, then breaker, turn, fetch, and the answer's shape. Every way it can end badly is an
 * UpstreamError, except that the caller leaves (its signal's reason is thrown) or the database fails.
 */
import pRetry from "p-retry";
import type { z } from "zod";
import { findAnswer, upsertAnswer } from "#db/queries/upstream-cache";
import { type Gate, settle } from "./breaker.ts";
import { UpstreamError } from "./errors.ts";
import { fetchOnce } from "./fetch-once.ts";
import { shareFlight } from "./flights.ts";
import type { Outcome } from "./outcome.ts";
import type { TakenToken } from "./token.ts";
import type { CallOptions, Upstream, Wiring } from "./upstream.ts";
import { MIN_TRY_MS, type Start, waitForTurn } from "./wait-for-turn.ts";

export type Call<T extends z.ZodType> = CallOptions & {
  /** begins with a slash; the only part of the address that may be logged */
  path: string;
  /** without any key */
  query: Record<string, string>;
  headers?: Record<string, string>;
  schema: T;
  /** not every key gets this: a 403 speaks of the question, not of the key */
  optional?: boolean;
  /** keep the answer, "not found" too; only for small ones that are asked for again soon */
  cache?: { seconds: number };
};

type Answer<T> = { value: T; body: Buffer };
type Tried<T> = { outcome: Outcome; value?: T };
type Sent<T> = Tried<T> & Pick<Start, "gate" | "token">;

/** Larger answers are not worth a row. */
const CACHE_BYTES = 500_000;

export async function request<T extends z.ZodType>(
  wiring: Wiring,
  upstream: Upstream,
  call: Call<T>,
): Promise<z.infer<T>> {
  if (call.log) wiring = { ...wiring, log: call.log };
  if (!call.cache) return (await ask(wiring, upstream, call)).value;
  const name = `${call.path}?${new URLSearchParams(call.query)}`;
  // Urgent callers join only each other: a worker's request may wait long for its turn.
  const key = `${upstream.name} ${call.urgent ? "urgent" : ""} ${name}`;
  let ours = false;
  const value = await shareFlight(wiring.flights, key, call.signal, (signal) => {
    ours = true;
    return askCached(wiring, upstream, { ...call, signal }, name, call.cache!.seconds);
  });
  if (!ours) call.onCached?.({ upstream: upstream.name });
  return value;
}

async function askCached<T extends z.ZodType>(
  wiring: Wiring,
  upstream: Upstream,
  call: Call<T>,
  name: string,
  seconds: number,
): Promise<z.infer<T>> {
  const kept = await findAnswer(wiring.db, { upstream: upstream.name, request: name });
  const none = kept?.length === 0;
  const read = none ? undefined : kept && readValue(call.schema, kept);
  if (none || read) call.onCached?.({ upstream: upstream.name });
  if (none) throw new UpstreamError(upstream.name, "not-found", "does not know it");
  if (read) return read.value;
  const keep = (body: Buffer) =>
    upsertAnswer(wiring.db, { upstream: upstream.name, request: name, body, seconds });
  try {
    const { value, body } = await ask(wiring, upstream, call);
    if (body.length <= CACHE_BYTES) await keep(body);
    return value;
  } catch (error) {
    if (error instanceof UpstreamError && error.kind === "not-found") await keep(Buffer.alloc(0));
    throw error;
  }
}

async function ask<T extends z.ZodType>(
  wiring: Wiring,
  upstream: Upstream,
  call: Call<T>,
): Promise<Answer<z.infer<T>>> {
  const { limits } = wiring;
  const begun = performance.now();
  let waited = 0;
  let last: UpstreamError | undefined;
  let again = false;
  let rests = 0;
  let tried: number | undefined;
  const leftMs = () => (call.urgent ? limits.urgentMs : limits.callMs) - (performance.now() - begun - waited);

  const send = async (probe?: Gate): Promise<Sent<z.infer<T>>> => {
    const { gate, token, waitedMs } = await waitForTurn(wiring, upstream, call, leftMs, probe);
    // Workers may queue for long; a person's patience runs on.
    if (!call.urgent) waited += waitedMs;
    const denied = token && "outcome" in token;
    if (!denied && leftMs() < MIN_TRY_MS)
      throw last ?? new UpstreamError(upstream.name, "busy", "has no free turn in time");
    const timeoutMs = Math.floor(Math.min(limits.tryMs, leftMs()));
    tried = performance.now();
    return { gate, token, ...(await tryOnce(wiring, upstream, call, { timeoutMs, token })) };
  };
  const attempt = async (): Promise<Answer<z.infer<T>>> => {
    again = false;
    let sent = await send();
    const ranOut = ranOutToken(sent);
    if (ranOut) {
      upstream.auth.token?.drop(ranOut);
      sent = await send(sent.gate.probe ? sent.gate : undefined);
    }
    const { gate, outcome, value } = sent;
    if (outcome.kind === "rest" && outcome.doubles) outcome.ms *= 2 ** rests++;
    const closedUntil = await settle(wiring, upstream, gate, outcome);
    if (outcome.kind === "answer") return { value: value as z.infer<T>, body: outcome.body };
    last = closedUntil ? outcome.error.withUntil(closedUntil) : outcome.error;
    again = !closedUntil && last.retryable;
    throw last;
  };
  try {
    return await pRetry(attempt, {
      retries: call.urgent ? 0 : limits.tries - 1,
      minTimeout: limits.backoffMs,
      maxTimeout: limits.maxBackoffMs,
      factor: 2,
      randomize: true,
      signal: call.signal,
      shouldRetry: () => again,
    });
  } catch (error) {
    // "There is none" and "not you" are answers, which callers may expect.
    const fails = error instanceof UpstreamError && !["not-found", "rejected"].includes(error.kind);
    if (fails) call.onFailed?.({ error, ms: tried === undefined ? 0 : performance.now() - tried });
    throw error;
  }
}

async function tryOnce<T extends z.ZodType>(
  { log, limits, minutes }: Wiring,
  upstream: Upstream,
  call: Call<T>,
  { timeoutMs, token }: { timeoutMs: number; token: TakenToken | undefined },
): Promise<Tried<z.infer<T>>> {
  call.signal?.throwIfAborted();
  call.onCall?.({ upstream: upstream.name, path: call.path });
  const begun = performance.now();
  const bounds = { timeoutMs, maxBytes: limits.maxBytes, signal: call.signal };
  const outcome = await fetchAuthorised(upstream, call, token, bounds);
  const ms = Math.round(performance.now() - begun);
  const read = outcome.kind === "answer" ? readValue(call.schema, outcome.body) : undefined;
  minutes.count(upstream.name, outcome.kind === "answer" && !read ? "failed" : outcome.kind, ms);
  const problem = "error" in outcome ? outcome.error.message : undefined;
  log.debug(
    { upstream: upstream.name, path: call.path, outcome: outcome.kind, problem, ms },
    "upstream call",
  );
  // An impatient person's time-out says less about a service than 30 s of silence.
  if (outcome.kind === "failed" && call.urgent) return { outcome: { ...outcome, weight: 1 } };
  if (outcome.kind !== "answer") return { outcome };
  if (read) return { outcome, value: read.value };
  const error = new UpstreamError(upstream.name, "invalid", "sent an answer we cannot read");
  return { outcome: { kind: "failed", error, weight: 1 } };
}

async function fetchAuthorised<T extends z.ZodType>(
  upstream: Upstream,
  call: Call<T>,
  token: TakenToken | undefined,
  bounds: { timeoutMs: number; maxBytes: number; signal: AbortSignal | undefined },
): Promise<Outcome> {
  if (token && "outcome" in token) return token.outcome;
  const headers = { ...call.headers, ...token?.headers };
  const outcome = await fetchOnce(upstream, { path: call.path, query: call.query, headers }, bounds);
  if (!call.optional || outcome.kind !== "refused" || outcome.error.status !== 403) return outcome;
  const what = "does not give this to our key";
  return { kind: "no", error: new UpstreamError(upstream.name, "rejected", what, { status: 403 }) };
}

/** The headers of a token that ran out before its time, which is renewed, once. */
function ranOutToken({ outcome, token }: Sent<unknown>): Record<string, string> | undefined {
  if (outcome.kind !== "refused" || outcome.error.status !== 401) return undefined;
  return token && "headers" in token ? token.headers : undefined;
}

/** Undefined for what is no JSON (a page of HTML, half a body) or has another shape: taken as a passing fault. */
function readValue<T extends z.ZodType>(schema: T, body: Buffer): { value: z.infer<T> } | undefined {
  let data: unknown;
  try {
    data = JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(data);
  return parsed.success ? { value: parsed.data } : undefined;
}
