/**
 * The cover for spoilers: whoever wants to be surprised hides predictions and past setlists on every page until they ask
 * for one. Kept in a cookie, so that it works without script, and read on the server, so that what is covered is not sent.
 */

/** In the address: this one page is shown all the same. */
export const SHOWN = "spoilers=show";

export function readCover(cookies: string | null): boolean {
  return /(?:^|;\s*)spoilers=cover(?:;|$)/.test(cookies ?? "");
}

/** A year; lifting the cover forgets it. */
export function coverCookie(covered: boolean): string {
  return `spoilers=${covered ? "cover" : ""}; Path=/; Max-Age=${covered ? 365 * 86_400 : 0}; HttpOnly; SameSite=Lax`;
}

/** Whether this request's page is to be covered. */
export function isCovered(request: Request): boolean {
  if (new URL(request.url).searchParams.get("spoilers") === "show") return false;
  return readCover(request.headers.get("Cookie"));
}
