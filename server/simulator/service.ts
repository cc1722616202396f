/** What every simulated upstream is: a base path, an answer to a question, and its own way to refuse. */

export const upstreams = ["ticketmaster", "spotify", "spotify-accounts", "setlistfm", "musicbrainz"] as const;
export type Upstream = (typeof upstreams)[number];

export type Ask = {
  /** below the base, such as `/events.json` */
  path: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  /** of a POST */
  body?: string;
  now: number;
};

export type Answer = { status: number; headers?: Record<string, string>; body: string };

/** Ways to fail that the upstream words itself. */
export type Refusal = "500" | "503" | "429-spike" | "429-quota" | "401" | "403" | "not-found";

export type Service = {
  base: string;
  /** takes POST and nothing else; the others take GET */
  posts?: boolean;
  answer(ask: Ask): Answer;
  refuse(kind: Refusal, ask: Ask): Answer;
  /** the question as it may be kept in a log: without the key */
  keyless(ask: Ask): string;
};

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json;charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}
