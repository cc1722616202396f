/** Listings as Ticketmaster writes them: events. */
import { isoSeconds, instantOf } from "../world/calendar.ts";
import { upsells } from "../world/genres.ts";
import type { Listing } from "../world/listings.ts";
import { countries } from "../world/places.ts";
import { digits, hex, ticketId } from "../world/random.ts";
import type { Show } from "../world/types.ts";
import {
  attractionJson,
  classification,
  images,
  pair,
  slug,
  venueId,
  venueJson,
  type Upcoming,
} from "./nouns.ts";

function dates(listing: Listing) {
  const { date, time, initial, endDate, zone, show } = listing;
  const utc = (day: string, at: string) => isoSeconds(instantOf(day, at, show.venue.zone));
  return {
    start: {
      ...(date && { localDate: date }),
      ...(date && time && { localTime: time, dateTime: utc(date, time) }),
      dateTBD: listing.undated === "TBD",
      dateTBA: listing.undated === "TBA",
      timeTBA: listing.timeTba,
      noSpecificTime: listing.noSpecificTime,
    },
    ...(endDate && { end: { localDate: endDate, approximate: false, noSpecificTime: true } }),
    // An end that says nothing comes too.
    ...(listing.salesUnknown && { end: { approximate: false, noSpecificTime: false } }),
    ...(initial && {
      initialStartDate: {
        localDate: initial.date,
        localTime: initial.time,
        dateTime: utc(initial.date, initial.time),
      },
    }),
    ...(zone && { timezone: zone }),
    status: listing.status ? { code: listing.status } : {},
    spanMultipleDays: false,
  };
}

function ticketUrl({ id, kind, show }: Listing): string {
  if (kind === "resale") return `https://www.ticketmaster.com/event/${id}`;
  const [year, month, day] = show.date.split("-");
  const where = [show.name, show.venue.city, show.venue.state].filter(Boolean).map(slug).join("-");
  // The id in the page's address is of another kind than the one the API knows.
  const page = hex(`page/${id}`, 16).toUpperCase();
  return `https://www.ticketmaster.${countries[show.venue.country]?.domain ?? "com"}/${where}-${month}-${day}-${year}/event/${page}`;
}

function sales(listing: Listing, show: Show) {
  const opened = isoSeconds((show.announcedDay * 24 + 10) * 3_600_000);
  return {
    public: {
      startDateTime: listing.salesUnknown ? "1900-01-01T06:00:00Z" : opened,
      startTBD: false,
      startTBA: false,
      endDateTime: isoSeconds(show.startsAt),
    },
  };
}

/** One event; `counts` tells how much else its hall and artists have on sale. */
export function eventJson(listing: Listing, counts: (id: string) => Upcoming) {
  const { id, kind, show } = listing;
  const resale = kind === "resale";
  const at = venueId(show.venue, resale);
  const upsell = kind === "parking" ? upsells.parking : kind === "vip" ? upsells.vip : undefined;
  const self = (path: string) => ({ href: `/discovery/v2/${path}?locale=en-us` });
  const withActs = listing.embedded === "all";
  const whole = listing.embedded !== "nothing";
  const promoter = { id: "653", name: "TIDEWAY CONCERTS", description: "TIDEWAY CONCERTS / NTL / GBR" };
  return {
    name: listing.name,
    type: "event",
    id,
    test: false,
    url: ticketUrl(listing),
    locale: "en-us",
    images: images(show.artist.tmAttractionId),
    sales: sales(listing, show),
    dates: dates(listing),
    classifications: [
      classification(show.artist.genre, upsell && { type: pair(upsell.type), subType: pair(upsell.subType) }),
    ],
    ...(resale
      ? {
          outlets: [
            {
              url: `https://www.ticketmaster.com/event/${ticketId("Zu0FM1R0e5F", id, 15)}`,
              type: "tmMarketPlace",
            },
          ],
        }
      : { promoter, promoters: [promoter] }),
    ...(listing.priced && {
      priceRanges: [
        { type: "standard including fees", currency: "EUR", min: 34.5, max: 58 },
        { type: "standard", currency: "EUR", min: 29, max: 52.5 },
      ],
    }),
    seatmap: { staticUrl: `https://maps.ticketmaster.com/maps/${digits(id, 6)}.gif`, id: "seatmap" },
    ...(!resale && {
      accessibility: { ticketLimit: 4 },
      ageRestrictions: { legalAgeEnforced: false },
    }),
    ticketing: { allInclusivePricing: { enabled: true }, id: "ticketing" },
    _links: {
      self: self(`events/${id}`),
      ...(withActs && {
        attractions: listing.attractions.map((who) => self(`attractions/${who.tmAttractionId}`)),
      }),
      ...(whole && { venues: [self(`venues/${at}`)] }),
    },
    ...(whole && {
      _embedded: {
        venues: [venueJson(show.venue, resale, counts(at), listing)],
        ...(withActs && {
          attractions: listing.attractions.map((who) => attractionJson(who, counts(who.tmAttractionId))),
        }),
      },
    }),
  };
}
