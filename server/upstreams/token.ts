/** A short-lived token of a service, fetched with the key when it is first needed and shared by all of a process. */
import { z } from "zod";
import { UpstreamError } from "./errors.ts";
import { fetchOnce } from "./fetch-once.ts";
import type { Outcome } from "./outcome.ts";
import type { Upstream } from "./upstream.ts";

/** The headers that carry it, or how asking for it ended. */
export type TakenToken = { headers: Record<string, string> } | { outcome: Outcome };
export type Token = {
  take(bounds: Bounds): Promise<TakenToken>;
  /** The service no longer takes the token of these headers: the next caller fetches another one. */
  drop(headers: Record<string, string>): void;
};
type Bounds = { timeoutMs: number; maxBytes: number; signal?: AbortSignal | undefined };

/** Renewed this much before it ends: a call may take as long. */
const EARLY_MS = 60_000;
export const tokenAnswer = z.object({
  access_token: z.string().min(1).max(4000),
  expires_in: z.number().positive().catch(3600),
});

/**
 * By client credentials (RFC 6749, 4.4).
 * @param accounts the service's token server as an upstream of its own, without any limit on us
 */
export function clientCredentials(
  accounts: Pick<Upstream, "name" | "url" | "userAgent" | "readTooMany">,
  { id, secret }: { id: string; secret: string },
): Token {
  let held: { headers: Record<string, string>; until: number } | undefined;
  let fetching: Promise<Outcome> | undefined;
  const basic = Buffer.from(`${id}:${secret}`).toString("base64");

  async function renew(bounds: Bounds): Promise<Outcome> {
    const outcome = await fetchOnce(
      { ...accounts, auth: {} },
      {
        path: "/api/token",
        query: {},
        form: { grant_type: "client_credentials" },
        headers: { authorization: `Basic ${basic}` },
      },
      // Whoever waits for it may leave; the others still want it.
      { timeoutMs: bounds.timeoutMs, maxBytes: bounds.maxBytes },
    );
    if (outcome.kind !== "answer") return outcome.kind === "no" ? refused(outcome) : outcome;
    const read = tokenAnswer.safeParse(parse(outcome.body));
    if (!read.success) {
      const error = new UpstreamError(accounts.name, "invalid", "sent a token we cannot read");
      return { kind: "failed", error, weight: 1 };
    }
    held = {
      headers: { authorization: `Bearer ${read.data.access_token}` },
      until: Date.now() + read.data.expires_in * 1000 - EARLY_MS,
    };
    return outcome;
  }

  /** `invalid_client` comes with 400: a 4xx of the token server means the key. */
  function refused(outcome: Extract<Outcome, { kind: "no" }>): Outcome {
    const { status } = outcome.error;
    const error = new UpstreamError(accounts.name, "refused", `does not accept the key (${status})`, {
      status,
    });
    return { kind: "refused", error };
  }

  return {
    async take(bounds) {
      if (held && held.until > Date.now()) return { headers: held.headers };
      fetching ??= renew(bounds).finally(() => (fetching = undefined));
      const outcome = await fetching;
      bounds.signal?.throwIfAborted();
      return outcome.kind === "answer" && held ? { headers: held.headers } : { outcome };
    },
    drop(headers) {
      if (held?.headers === headers) held = undefined;
    },
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
