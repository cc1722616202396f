/**
 * The fewest calls that bring what an import brings, reckoned from what the services themselves say of the artist: a
 * simulator of the same world, asked in passing and by nobody else.
 */
import { titleKey } from "#rules/text";
import { songKeys } from "#rules/titles";
import { startSimulator, type Upstream, type WorldName } from "#server/simulator/index";
import { discographyOf, type Release } from "#server/simulator/world/discography";
import type { Artist } from "#server/simulator/world/types";
import type { Calls } from "./world.ts";

const HUGE = 1e6;
const EVENTS_A_PAGE = 200;
const SETLISTS_A_PAGE = 20;
const GROUPS_A_PAGE = 100;
/** What a poor key gets at Spotify: so many releases a page, and with a release so many of its tracks. */
const RELEASES_A_PAGE = 10;
const TRACKS_WITH_RELEASE = 50;
/** A "single" with more tracks is an EP: its name says little of its songs. */
const MOST_SIDES = 3;
/** As many played shows, in as many pages at most, say enough for a prediction (jobs/artist-import/past-setlists.ts). */
const [ENOUGH, MOST_PAGES] = [40, 3];

type Ask = (upstream: Upstream, path: string) => Promise<unknown>;

export type Minimum = {
  calls: Calls;
  /** what the first page of shows takes, nobody having asked before */
  pageMs: number;
};

export async function minimumOf(world: WorldName, artist: Artist): Promise<Minimum> {
  const simulator = await startSimulator({ world, rateFactor: HUGE });
  const ask: Ask = async (upstream, path) => {
    const url = new URL(simulator.urls[upstream] + path);
    if (upstream === "ticketmaster") url.searchParams.set("apikey", "simulator");
    const answer = await fetch(url, { headers: { "x-api-key": "simulator", accept: "application/json" } });
    return answer.ok ? answer.json() : undefined;
  };
  try {
    const began = performance.now();
    await ask("ticketmaster", eventsOf(artist, EVENTS_A_PAGE));
    const pageMs = performance.now() - began;
    const calls = {
      ticketmaster: await ticketmaster(ask, artist),
      spotify: spotify(discographyOf(artist)),
      setlistfm: await setlistfm(ask, artist),
      // Who they are, and the kinds of their releases.
      musicbrainz: 1 + Math.ceil(discographyOf(artist).length / GROUPS_A_PAGE),
    };
    return { calls, pageMs };
  } finally {
    await simulator.stop();
  }
}

const eventsOf = ({ tmAttractionId }: Artist, size: number) =>
  `/events.json?attractionId=${tmAttractionId}&size=${size}&sort=id,asc&locale=*`;

/** Who they are, the pages of their shows, and the two calls for shows without a date. */
async function ticketmaster(ask: Ask, artist: Artist): Promise<number> {
  const page = (await ask("ticketmaster", eventsOf(artist, 1))) as {
    page: { totalElements: number };
  };
  return 1 + Math.max(1, Math.ceil(page.page.totalElements / EVENTS_A_PAGE)) + 2;
}

/** Who they are, and the pages up to enough played shows. */
async function setlistfm(ask: Ask, { mbid }: Artist): Promise<number> {
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

/**
 * Who they are, the pages of the list, and one call for each release that may hold a song nobody else has: every album
 * and compilation once, and of the singles those whose names are on no album.
 */
function spotify(releases: Release[]): number {
  if (releases.length === 0) return 1;
  const isLong = ({ type, tracks }: Release) => type !== "single" || tracks.length > MOST_SIDES;
  const long = releases.filter(isLong);
  const onAlbums = new Set(long.flatMap(({ tracks }) => tracks).flatMap(({ title }) => songKeys(title)));
  const isNew = ({ title }: Release) => !songKeys(title).some((key) => onAlbums.has(key));
  const needed = [...long, ...releases.filter((release) => !isLong(release) && isNew(release))];
  // The same album once more, clean beside explicit, is one.
  const plain = ({ title, date, tracks }: Release) =>
    `${titleKey(title).replace(/ (clean|explicit)$/, "")} ${date} ${tracks.length}`;
  const once = [...new Map(needed.map((release) => [plain(release), release])).values()];
  const pages = (total: number) => 1 + Math.ceil(Math.max(0, total - TRACKS_WITH_RELEASE) / RELEASES_A_PAGE);
  const tracks = once.reduce((sum, release) => sum + pages(release.tracks.length), 0);
  return 1 + Math.ceil(releases.length / RELEASES_A_PAGE) + tracks;
}
