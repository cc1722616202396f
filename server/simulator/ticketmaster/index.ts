/** Ticketmaster Discovery v2, as strict as the real one. */
import { json, type Answer, type Ask, type Refusal, type Service } from "../service.ts";
import { makeLimits } from "../limits.ts";
import { eventJson } from "./events.ts";
import { spoil } from "./hostile.ts";
import { attractionJson, venueId, venueJson, type Upcoming } from "./nouns.ts";
import { inOrder, matches, searchAttractions } from "./search.ts";
import { listingsOf, type Listing } from "../world/listings.ts";
import type { World } from "../world/index.ts";

const PAGING_CAP = 1000;
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

const fault = (status: number, faultstring: string, errorcode: string) =>
  json(status, { fault: { faultstring, detail: { errorcode } } });

const problem = (code: string, detail: string, status: string, link: "about" | "self" = "about") =>
  json(Number(status.slice(0, 3)), {
    errors: [{ code, detail, status, _links: { [link]: { href: `/discovery/v2/errors.html#${code}` } } }],
  });

const notFound = (id: string) =>
  problem("DIS1004", `Resource not found with provided criteria (locale=en-us, id=${id})`, "404");

function refuse(kind: Refusal, { query }: Ask): Answer {
  const key = query.get("apikey") ?? "";
  switch (kind) {
    case "401":
      return fault(401, "Invalid ApiKey", "oauth.v2.InvalidApiKey");
    case "403":
      return fault(403, "Invalid ApiKey for given resource", "oauth.v2.InvalidApiKeyForGivenResource");
    case "429-spike":
      return fault(
        429,
        "Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, periodInMicroseconds=1000000, maxBurstMessageCount=1.0}",
        "policies.ratelimit.SpikeArrestViolation",
      );
    case "429-quota":
      // The real one prints the key too: whoever logs bodies must take it out.
      return fault(
        429,
        `Rate limit quota violation. Quota limit  exceeded. Identifier : ${key}`,
        "policies.ratelimit.QuotaViolation",
      );
    case "500":
      return fault(500, "Internal server error", "messaging.adaptors.http.flow.InternalServerError");
    case "503":
      return fault(
        503,
        "The Service is temporarily unavailable",
        "messaging.adaptors.http.flow.ServiceUnavailable",
      );
    case "not-found":
      return notFound("unknown");
  }
}

/** A page of `all`, with links as the real one writes them; without `_embedded` when there is nothing. */
function page<T>(ask: Ask, name: string, all: T[], write: (item: T) => unknown): Answer {
  const whole = (text: string | null, otherwise: number) =>
    text !== null && /^\d+$/.test(text) ? Number(text) : otherwise;
  const size = whole(ask.query.get("size"), 20);
  const number = whole(ask.query.get("page"), 0);
  if (size > 200) return problem("DIS1036", 'Query param "size" must be less than 200', "400 BAD_REQUEST");
  if (size * number >= PAGING_CAP)
    return problem(
      "DIS1035",
      "API Limits Exceeded: Max paging depth exceeded. (page * size) must be less than 1,000",
      "400 BAD_REQUEST",
    );
  for (const param of ["startDateTime", "endDateTime"]) {
    const given = ask.query.get(param);
    if (given !== null && (!DATE.test(given) || Number.isNaN(Date.parse(given))))
      return problem(
        "DIS1015",
        "Query param with date must be of valid format YYYY-MM-DDTHH:mm:ssZ {example: 2020-08-01T14:00:00Z }",
        "400 BAD_REQUEST",
        "self",
      );
  }
  const totalPages = size === 0 ? 0 : Math.ceil(all.length / size);
  const items = all.slice(size * number, size * (number + 1));
  const link = (to?: number) => {
    const query = new URLSearchParams(ask.query);
    query.delete("apikey");
    if (to !== undefined) query.set("page", String(to));
    return { href: `/discovery/v2/${name}.json?${query}` };
  };
  return json(200, {
    ...(items.length > 0 && { _embedded: { [name]: items.map(write) } }),
    _links: {
      ...((totalPages > 1 || number > 0) && { first: link(0) }),
      ...(number > 0 && { prev: link(number - 1) }),
      self: link(),
      ...(number + 1 < totalPages && { next: link(number + 1) }),
      ...(totalPages > 1 && { last: link(totalPages - 1) }),
    },
    page: { size, totalElements: all.length, totalPages, number },
  });
}

/** Listings at `now` and how many of them each attraction and venue has, kept while the clock stands in one minute. */
function onSale(world: World) {
  let minute = NaN;
  let listings: Listing[] = [];
  const counts = new Map<string, Upcoming>();
  return (now: number) => {
    if (Math.floor(now / 60_000) !== minute) {
      minute = Math.floor(now / 60_000);
      listings = world.shows(now).flatMap((show) => listingsOf(show, now));
      counts.clear();
      for (const listing of listings)
        for (const id of [
          venueId(listing.show.venue, listing.kind === "resale"),
          ...listing.attractions.map((who) => who.tmAttractionId),
        ]) {
          const count = counts.get(id) ?? { ticketmaster: 0, tmr: 0 };
          count[listing.kind === "resale" ? "tmr" : "ticketmaster"]++;
          counts.set(id, count);
        }
    }
    return { listings, count: (id: string) => counts.get(id) ?? { ticketmaster: 0, tmr: 0 } };
  };
}

/** The service; `key` is the one API key it takes. */
export function ticketmaster(world: World, key: string, rateFactor: number): Service {
  const limits = makeLimits(5 * rateFactor, 5000 * rateFactor, false);
  const sale = onSale(world);

  function find(ask: Ask): Answer {
    const { listings, count } = sale(ask.now);
    const event = (listing: Listing) => {
      const whole = eventJson(listing, count);
      return world.hostile ? spoil(whole, listing.show.night) : whole;
    };
    const attractions = [...world.artists, ...world.others];
    const [, kind = "", id, ...more] = ask.path.replace(/\.json$/, "").split("/");
    if (more.length > 0) return notFound(id ?? kind);
    if (id === undefined) {
      if (kind === "events")
        return page(
          ask,
          kind,
          inOrder(
            listings.filter((one) => matches(one, ask.query)),
            ask.query,
          ),
          event,
        );
      if (kind === "attractions")
        return page(ask, kind, searchAttractions(attractions, ask.query), (who) =>
          attractionJson(who, count(who.tmAttractionId)),
        );
      return notFound(kind);
    }
    if (kind === "events") {
      const found = listings.find((one) => one.id === id);
      return found ? json(200, event(found)) : notFound(id);
    }
    if (kind === "attractions") {
      const found = attractions.find((who) => who.tmAttractionId === id);
      return found ? json(200, attractionJson(found, count(id))) : notFound(id);
    }
    const at = (resale: boolean) =>
      listings.find(({ show }) => venueId(show.venue, resale) === id)?.show.venue;
    const primary = at(false);
    const resale = at(true);
    if (kind !== "venues" || !(primary || resale)) return notFound(id);
    if (primary) return json(200, venueJson(primary, false, count(id)));
    return resale ? json(200, venueJson(resale, true, count(id))) : notFound(id);
  }

  return {
    base: "/ticketmaster/discovery/v2",
    refuse,
    keyless({ path, query }) {
      const rest = new URLSearchParams(query);
      rest.delete("apikey");
      return rest.size > 0 ? `${path}?${rest}` : path;
    },
    answer(ask) {
      if (ask.query.get("apikey") !== key) return refuse("401", ask);
      const taken = limits.take(ask.now);
      if (taken !== "ok") return refuse(`429-${taken}`, ask);
      const answer = find(ask);
      // Refusals count, but tell nothing of the count.
      if (answer.status !== 200) return answer;
      return {
        ...answer,
        headers: {
          ...answer.headers,
          "rate-limit": String(limits.perDay),
          "rate-limit-available": String(limits.left()),
          "rate-limit-over": "0",
          "rate-limit-reset": String(limits.resetsAt()),
        },
      };
    },
  };
}
