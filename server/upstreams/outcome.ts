/** What an answer means, by its status and, where the status is not enough, by headers and body. Pure. */
import { type UpstreamErrorFields, type UpstreamErrorKind, UpstreamError } from "./errors.ts";
import type { Upstream } from "./upstream.ts";

export type Outcome =
  | { kind: "answer"; body: Buffer }
  /** a good answer that says no: not found, or a request it does not take */
  | { kind: "no"; error: UpstreamError }
  | { kind: "refused"; error: UpstreamError }
  | { kind: "rest"; error: UpstreamError; ms: number; doubles?: boolean | undefined }
  | { kind: "day"; error: UpstreamError; until: Date | undefined }
  | Failure;

export type Failure = {
  kind: "failed";
  error: UpstreamError;
  /** how heavily it counts towards closing the service */
  weight: number;
};

type Service = Pick<Upstream, "name" | "readTooMany" | "tooManyStatus">;
type Answer = { status: number; headers: Headers; body: Buffer };

export function readOutcome(upstream: Service, answer: Answer): Outcome {
  const { status, headers, body } = answer;
  const error = (kind: UpstreamErrorKind, what: string, fields: UpstreamErrorFields = {}) =>
    new UpstreamError(upstream.name, kind, what, { status, ...fields });

  if (status >= 200 && status < 300) return { kind: "answer", body };
  if (status === 429 || status === upstream.tooManyStatus) {
    const meant = upstream.readTooMany({ headers, body: json(body) });
    if (meant.kind === "day") {
      const until = meant.until;
      return { kind: "day", until, error: error("quota", "says the day's calls are used up", { until }) };
    }
    const what = status === 429 ? "was asked too fast" : "asked us to wait";
    return { kind: "rest", ms: meant.ms, doubles: meant.doubles, error: error("busy", what) };
  }
  // Walls in front of a service answer 403 with a page to anybody; the service itself writes no HTML.
  if (status === 401 || (status === 403 && !isHtml(body))) {
    return { kind: "refused", error: error("refused", `does not accept the key (${status})`) };
  }
  if (status === 404) return { kind: "no", error: error("not-found", "does not know it") };
  if (status >= 300 && status < 400) {
    return { kind: "failed", weight: 1, error: error("invalid", `sent us elsewhere (${status})`) };
  }
  if (status >= 500 || status === 403 || status === 408) {
    return { kind: "failed", weight: 1, error: error("unavailable", `answered ${status}`) };
  }
  return { kind: "no", error: error("rejected", `turned the request down (${status})`) };
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function isHtml(body: Buffer): boolean {
  return body.subarray(0, 200).toString("utf8").trimStart().startsWith("<");
}
