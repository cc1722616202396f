/** Fans as the browser's script sends them: tRPC over HTTP, one cookie each. */
import type { Running } from "./processes.ts";

export type Ballot = "expect" | "wish";
export type Fan = { id: string; cookie: string };
export type Answer = { status: number; retryAfter: string | null; data: unknown; cookie: string | undefined };

/** A procedure's answer. @throws when there is none: no connection, or one that broke */
export async function call(
  web: Running,
  procedure: string,
  kind: "query" | "mutation",
  input: unknown,
  cookie?: string,
): Promise<Answer> {
  const headers = { "content-type": "application/json", ...(cookie ? { cookie } : {}) };
  const body = JSON.stringify({ json: input });
  const url = `${web.url}/api/trpc/${procedure}`;
  const response =
    kind === "query"
      ? await fetch(`${url}?input=${encodeURIComponent(body)}`, { headers })
      : await fetch(url, { method: "POST", headers, body });
  const answer = (await response.json()) as { result?: { data: { json: unknown } } };
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    data: answer.result?.data.json,
    cookie: response.headers.getSetCookie()[0]?.split(";")[0],
  };
}

/** Whoever votes without a cookie becomes a guest. @throws when the vote is not taken */
export async function becomeGuest(web: Running, setlistSongId: string): Promise<Fan> {
  const { status, cookie } = await call(web, "vote.cast", "mutation", { setlistSongId });
  if (status !== 200 || cookie === undefined) throw new Error(`the first vote answers ${status}`);
  return { id: await whoIs(web, cookie), cookie };
}

/** The id of whom a cookie belongs to, as this process sees it; "" for nobody. */
export async function whoIs(web: Running, cookie: string): Promise<string> {
  const { data } = await call(web, "auth.me", "query", null, cookie);
  return (data as { fan: { id: string } | null }).fan?.id ?? "";
}
