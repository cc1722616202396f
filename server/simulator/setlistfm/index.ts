/** setlist.fm REST 1.0, as strict as the real one. */
import { makeLimits } from "../limits.ts";
import { json, type Answer, type Ask, type Refusal, type Service } from "../service.ts";
import { artistJson, setlistJson, timestamp } from "./shapes.ts";
import type { World } from "../world/index.ts";
import type { Artist, PastSetlist, Person } from "../world/types.ts";

const SETLISTS_A_PAGE = 20;
const ARTISTS_A_PAGE = 30;

const amazon = (status: number, message: string, type: string) =>
  json(status, { message }, { "x-amzn-errortype": type });

function notFound(now: number): Answer {
  return json(404, { code: 404, status: "Not Found", message: "not found", timestamp: timestamp(now) });
}

function refuse(kind: Refusal, { now }: Ask): Answer {
  switch (kind) {
    case "401":
      return amazon(401, "Unauthorized", "UnauthorizedException");
    case "403":
      return amazon(403, "Forbidden", "ForbiddenException");
    case "429-spike":
      return amazon(429, "Too Many Requests", "TooManyRequestsException");
    case "429-quota":
      return amazon(429, "Limit Exceeded", "LimitExceededException");
    case "500":
      return amazon(500, "Internal server error", "InternalServerErrorException");
    case "503":
      return amazon(503, "Service Unavailable", "ServiceUnavailableException");
    case "not-found":
      return notFound(now);
  }
}

/** A page of a list; nothing found, and a page past the last, is a 404. */
function page<T>(ask: Ask, type: "artists" | "setlists", all: T[], write: (item: T) => unknown): Answer {
  const itemsPerPage = type === "artists" ? ARTISTS_A_PAGE : SETLISTS_A_PAGE;
  const p = ask.query.get("p") ?? "1";
  const number = /^[1-9]\d*$/.test(p) ? Number(p) : 1;
  const items = all.slice(itemsPerPage * (number - 1), itemsPerPage * number);
  if (items.length === 0) return notFound(ask.now);
  const name = type === "artists" ? "artist" : "setlist";
  return json(200, { type, itemsPerPage, page: number, total: all.length, [name]: items.map(write) });
}

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function searchArtists(people: Person[], query: URLSearchParams): Person[] {
  const name = fold(query.get("artistName") ?? "").trim();
  const mbid = query.get("artistMbid");
  const asked = name.split(/\s+/);
  const found = people.filter(
    (who) => (!mbid || who.mbid === mbid) && asked.every((word) => fold(who.name).includes(word)),
  );
  const bySortName = (a: Person, b: Person) =>
    a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : 0;
  const rank = (who: Person) => (fold(who.name) === name ? 0 : fold(who.name).startsWith(name) ? 1 : 2);
  return found.sort((a, b) =>
    query.get("sort") === "relevance" ? rank(a) - rank(b) || bySortName(a, b) : bySortName(a, b),
  );
}

/** `yyyyMMddHHmmss` in UTC, as `lastUpdated` is asked for. */
function stamp(text: string): number {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  return Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

const eventDate = ({ date }: PastSetlist) => date.split("-").reverse().join("-");

/** The service; `key` is the one API key it takes. */
export function setlistfm(world: World, key: string, rateFactor: number): Service {
  const limits = makeLimits(2 * rateFactor, 1440 * rateFactor, true);
  const known = world.artists.filter(({ history }) => history !== "none");
  // Whoever is covered or drops in has a page too, without any setlist.
  const people: Person[] = [
    ...known,
    ...new Map(
      world.artists
        .flatMap(({ covers, guests }) => [...covers.map(({ by }) => by), ...guests])
        .filter(({ name }) => !known.some((artist) => artist.name === name))
        .map((who) => [who.mbid, who]),
    ).values(),
  ];

  function searchSetlists({ query, now }: Ask): PastSetlist[] {
    const mbid = query.get("artistMbid");
    const name = query.get("artistName");
    const artists = known.filter(
      (artist) => (!mbid || artist.mbid === mbid) && (!name || fold(artist.name) === fold(name)),
    );
    const given = (param: string, is: (value: string, one: PastSetlist) => boolean) => (one: PastSetlist) => {
      const value = query.get(param);
      return value === null || is(value, one);
    };
    return artists
      .flatMap((artist: Artist) => world.setlists(artist, now))
      .filter(given("date", (value, one) => eventDate(one) === value))
      .filter(given("year", (value, one) => one.date.startsWith(value)))
      .filter(given("cityName", (value, one) => fold(one.show.venue.city) === fold(value)))
      .filter(given("countryCode", (value, one) => one.show.venue.country === value))
      .filter(given("lastUpdated", (value, one) => one.lastUpdated >= stamp(value)))
      .sort((a, b) => b.show.startsAt - a.show.startsAt);
  }

  function find(ask: Ask): Answer {
    const [, kind, id = "", more, ...rest] = ask.path.split("/");
    const artist = known.find(({ mbid }) => mbid === id);
    if (rest.length > 0) return notFound(ask.now);
    if (kind === "search" && id === "artists" && !more)
      return page(ask, "artists", searchArtists(people, ask.query), artistJson);
    if (kind === "search" && id === "setlists" && !more)
      return page(ask, "setlists", searchSetlists(ask), setlistJson);
    if (kind === "artist" && more === "setlists" && artist)
      return page(ask, "setlists", world.setlists(artist, ask.now), setlistJson);
    if (kind === "artist" && !more) {
      const person = people.find(({ mbid }) => mbid === id);
      return person ? json(200, artistJson(person)) : notFound(ask.now);
    }
    if (kind === "setlist") {
      const by: keyof PastSetlist = id === "version" ? "versionId" : "id";
      const wanted = id === "version" ? more : more ? undefined : id;
      const all = known.flatMap((one) => world.setlists(one, ask.now));
      const found = all.find((one) => one[by] === wanted);
      return found ? json(200, setlistJson(found)) : notFound(ask.now);
    }
    return notFound(ask.now);
  }

  return {
    base: "/setlistfm/rest/1.0",
    refuse,
    keyless: ({ path, query }) => (query.size > 0 ? `${path}?${query}` : path),
    answer(ask) {
      if (ask.header("x-api-key") !== key) return refuse("403", ask);
      const taken = limits.take(ask.now);
      if (taken !== "ok") return refuse(`429-${taken}`, ask);
      const answer = find(ask);
      if (ask.header("accept")?.includes("application/json")) return answer;
      // Who does not ask for JSON gets XML, whatever else is right.
      return {
        status: answer.status,
        headers: { "content-type": "application/xml;charset=utf-8" },
        body: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><response xmlns="http://api.setlist.fm/xsd/1.0"/>`,
      };
    },
  };
}
