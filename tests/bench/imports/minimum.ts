/**
 * The fewest calls that bring what an import brings, reckoned from what the services themselves say of the artist: a
 * simulator of the same world, asked in passing and by nobody else.
 */
import { startSimulator, type Upstream, type WorldName } from "#server/simulator/index";

const HUGE = 1e6;
const EVENTS_A_PAGE = 200;
const SETLISTS_A_PAGE = 20;
/** As many played shows, in as many pages at most, say enough for a prediction (jobs/artist-import/past-setlists.ts). */
const [ENOUGH, MOST_PAGES] = [40, 3];

export type Known = { tmAttractionId: string; mbid?: string };

type Ask = (upstream: Upstream, path: string) => Promise<unknown>;

export async function minimumCalls(
  world: WorldName,
  artist: Known,
): Promise<Partial<Record<Upstream, number>>> {
  const simulator = await startSimulator({ world, rateFactor: HUGE });
  const ask: Ask = async (upstream, path) => {
    const url = new URL(simulator.urls[upstream] + path);
    if (upstream === "ticketmaster") url.searchParams.set("apikey", "simulator");
    const answer = await fetch(url, { headers: { "x-api-key": "simulator", accept: "application/json" } });
    return answer.ok ? answer.json() : undefined;
  };
  try {
    return { ticketmaster: await ticketmaster(ask, artist), setlistfm: await setlistfm(ask, artist) };
  } finally {
    await simulator.stop();
  }
}

/** Who they are, the pages of their shows, and the two calls for shows without a date. */
async function ticketmaster(ask: Ask, { tmAttractionId }: Known): Promise<number> {
  const page = (await ask("ticketmaster", `/events.json?attractionId=${tmAttractionId}&size=1&locale=*`)) as {
    page: { totalElements: number };
  };
  return 1 + Math.max(1, Math.ceil(page.page.totalElements / EVENTS_A_PAGE)) + 2;
}

/** Who they are, and the pages up to enough played shows. */
async function setlistfm(ask: Ask, { mbid }: Known): Promise<number> {
  let played = 0;
  for (let page = 1; mbid && page <= MOST_PAGES; page++) {
    const answer = (await ask("setlistfm", `/artist/${mbid}/setlists?p=${page}`)) as
      { total: number; setlist: { sets: { set: unknown[] } }[] } | undefined;
    if (!answer) return 1 + page;
    played += answer.setlist.filter(({ sets }) => sets.set.length > 0).length;
    if (played >= ENOUGH || page * SETLISTS_A_PAGE >= answer.total) return 1 + page;
  }
  return 1 + (mbid ? MOST_PAGES : 0);
}
