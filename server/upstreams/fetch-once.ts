/** One try: a request, and the whole answer within a time and a size. Never throws but when the caller has left. */
import { UpstreamError } from "./errors.ts";
import { type Failure, type Outcome, readOutcome } from "./outcome.ts";
import type { Upstream } from "./upstream.ts";

/** Of a body that is no answer, only the beginning is looked at. */
const ERROR_BYTES = 64_000;

export async function fetchOnce(
  upstream: Pick<Upstream, "name" | "url" | "auth" | "userAgent" | "readTooMany" | "tooManyStatus">,
  call: {
    path: string;
    query: Record<string, string>;
    headers?: Record<string, string> | undefined;
    /** sent as a form, by POST */
    form?: Record<string, string>;
  },
  bounds: { timeoutMs: number; maxBytes: number; signal?: AbortSignal | undefined },
): Promise<Outcome> {
  const timeout = AbortSignal.timeout(bounds.timeoutMs);
  const signal = bounds.signal ? AbortSignal.any([bounds.signal, timeout]) : timeout;
  const failed = (kind: "unavailable" | "invalid", what: string, weight = 1, retryable = true): Failure => ({
    kind: "failed",
    weight,
    error: new UpstreamError(upstream.name, kind, what, { retryable }),
  });
  try {
    const response = await fetch(address(upstream, call), {
      ...(call.form && { method: "POST", body: new URLSearchParams(call.form) }),
      headers: {
        accept: "application/json",
        "user-agent": upstream.userAgent,
        ...upstream.auth.headers,
        ...call.headers,
      },
      // A redirect could lead anywhere, our own network included, and would take the key along.
      redirect: "manual",
      signal,
    });
    const { status, headers } = response;
    const max = response.ok ? bounds.maxBytes : ERROR_BYTES;
    const { body, whole } = await readBody(response, max);
    if (response.ok && !whole) {
      return failed("invalid", `sent more than ${Math.round(max / 1e6)} MB`, 1, false);
    }
    return readOutcome(upstream, { status, headers, body });
  } catch (error) {
    bounds.signal?.throwIfAborted();
    if (timeout.aborted) {
      return failed("unavailable", `did not answer within ${bounds.timeoutMs / 1000} s`, 2);
    }
    return failed("unavailable", `could not be reached${code(error)}`);
  }
}

function address(
  upstream: Pick<Upstream, "url" | "auth">,
  call: { path: string; query: Record<string, string> },
): URL {
  const url = new URL(upstream.url + call.path);
  for (const [name, value] of Object.entries({ ...call.query, ...upstream.auth.query })) {
    url.searchParams.set(name, value);
  }
  return url;
}

/** Counts what comes out of the unpacking, so that a small packed body cannot fill the memory. */
async function readBody(response: Response, max: number): Promise<{ body: Buffer; whole: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    if (size > max) {
      await reader?.cancel();
      return { body: Buffer.concat(chunks), whole: false };
    }
    chunks.push(next.value);
  }
  return { body: Buffer.concat(chunks), whole: true };
}

/** The system's word (ECONNREFUSED), nothing else: messages of fetch may hold the address, and with it the key. */
function code(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const word = cause && typeof cause === "object" && "code" in cause ? String(cause.code) : "";
  return /^[A-Z_0-9]{3,40}$/.test(word) ? ` (${word})` : "";
}
