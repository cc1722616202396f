/**
 * Walks all of an attraction's events. Facts of the Discovery API: 200 a page at most; size × page below 1,000 is
 * served; only sort=id,asc keeps its order between pages; date windows are closed at both ends; events without a date
 * come only when asked for, TBA and TBD in a call each.
 */
import { request } from "../http.ts";
import type { CallOptions, Upstream, Wiring } from "../upstream.ts";
import { eventsPage, readListings } from "./events.ts";
import type { ListingsPage } from "./index.ts";

const SIZE = 200;
const CAP = 1000;
/** Against a service that always says "more": 12,000 events, ten times the longest tour listing known. */
const MAX_CALLS = 60;
const UNDATED = 2;
const DAY = 86_400_000;
/** Where halving begins and ends; events after it come from a window of their own, open at its end. */
const SOON = -2 * DAY;
const FAR = 730 * DAY;

type Window = { from?: Date; to?: Date };

export async function* pagesOfEvents(
  wiring: Wiring,
  upstream: Upstream,
  attractionId: string,
  options: CallOptions,
): AsyncGenerator<ListingsPage, void, void> {
  const seen = new Set<string>();
  let calls = 0;
  let expected = 1 + UNDATED;
  let total = 0;
  let truncated = false;

  const ask = async (query: Record<string, string>) => {
    calls += 1;
    const answer = await request(wiring, upstream, {
      path: "/events.json",
      query: { attractionId, size: String(SIZE), sort: "id,asc", locale: "*", ...query },
      schema: eventsPage,
      ...options,
    });
    const { listings, unreadable } = readListings(answer._embedded?.events ?? [], SIZE);
    const fresh = listings.filter(({ id }) => !seen.has(id) && seen.add(id));
    return { page: answer.page, listings: fresh, unreadable };
  };
  const told = (read: Pick<ListingsPage, "listings" | "unreadable">): ListingsPage => {
    expected = Math.max(expected, calls);
    const { listings, unreadable } = read;
    return { listings, page: calls, pages: expected, total, unreadable, truncated };
  };
  const mayAsk = () => {
    if (calls >= MAX_CALLS - UNDATED) truncated = true;
    return calls < MAX_CALLS - UNDATED;
  };

  async function* walk(window: Window): AsyncGenerator<ListingsPage, void, void> {
    if (!mayAsk()) return;
    const first = await ask({ ...edges(window), page: "0" });
    const size = first.page.totalElements;
    if (!window.from && !window.to) total = size;
    const halves = size > CAP ? halved(window) : [];
    if (size > CAP && halves.length === 0) truncated = true;
    const last =
      halves.length > 0 ? 0 : Math.min(Math.ceil(size / SIZE), first.page.totalPages, CAP / SIZE) - 1;
    expected += halves.length + Math.max(0, last);
    yield told(first);
    for (const half of halves) yield* walk(half);
    for (let page = 1; page <= last && mayAsk(); page += 1) {
      yield told(await ask({ ...edges(window), page: String(page) }));
    }
  }

  yield* walk({});
  for (const undated of ["includeTBA", "includeTBD"]) {
    const read = await ask({ [undated]: "only" });
    if (read.page.totalElements > SIZE) truncated = true;
    yield told(read);
  }
}

/**
 * Cut at 08:00 UTC, midnight on the American west coast: an event without a time lies somewhere in its own local day, in
 * the Americas beyond midnight UTC, and comes with its day. Windows touch, so nothing falls between them anywhere; an
 * event on an edge comes twice and is taken once.
 */
function halved({ from, to }: Window): Window[] {
  if (from && !to) return [];
  if (!from || !to) {
    const midnight = Math.floor(Date.now() / DAY) * DAY + DAY / 3;
    const [start, end] = [new Date(midnight + SOON), new Date(midnight + FAR)];
    return [...halved({ from: start, to: end }), { from: end }];
  }
  const days = Math.floor((to.getTime() - from.getTime()) / DAY);
  if (days < 2) return [];
  const middle = new Date(from.getTime() + Math.floor(days / 2) * DAY);
  return [
    { from, to: middle },
    { from: middle, to },
  ];
}

/** Only this form is taken: milliseconds are answered with 400 DIS1015. */
function edges({ from, to }: Window): Record<string, string> {
  const stamp = (date: Date) => date.toISOString().replace(/\.\d+Z$/, "Z");
  return {
    ...(from ? { startDateTime: stamp(from) } : {}),
    ...(to ? { endDateTime: stamp(to) } : {}),
  };
}
