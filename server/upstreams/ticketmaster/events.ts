/** Discovery API events into listings. Every field but the id and the name may be missing or odd (recorded answers). */
import type { ListedVenue, Listing, ShowStatus } from "#rules/events";
import { z } from "zod";
import {
  definedOnly,
  exact,
  flag,
  id,
  list,
  localDate,
  number,
  part,
  readEach,
  text,
  webUrl,
} from "../lenient.ts";
import { classifications, ID, isExtra, isFestival, primary } from "./attractions.ts";

const names = (max: number) => part({ name: text(max) });
const start = part({
  localDate: exact(20),
  localTime: exact(20),
  dateTime: exact(40),
  dateTBD: flag,
  dateTBA: flag,
  timeTBA: flag,
  noSpecificTime: flag,
});

const venue = z.object({
  id: id(ID),
  name: text(200),
  address: part({ line1: text(200) }),
  city: names(100),
  state: part({ name: text(100), stateCode: text(20) }),
  country: part({ countryCode: text(10) }),
  timezone: exact(60),
  location: part({ latitude: number, longitude: number }),
});

const event = z.object({
  id: id(ID),
  name: text(300),
  test: flag,
  url: exact(2000),
  dates: part({
    start,
    end: part({ localDate: exact(20) }),
    initialStartDate: part({ localDate: exact(20) }),
    timezone: exact(60),
    status: part({ code: text(40) }),
  }),
  classifications,
  priceRanges: list(z.object({ type: text(60), currency: text(10), min: number, max: number })),
  _embedded: part({
    venues: list(venue),
    attractions: list(z.object({ id: id(ID), name: text(200), classifications })),
  }),
});
type Event = z.infer<typeof event>;
type Start = z.infer<typeof start>;

export const eventsPage = z.object({
  _embedded: z.object({ events: z.array(z.unknown()).nullish() }).nullish(),
  page: z.object({ totalElements: z.number().min(0), totalPages: z.number().min(0) }),
});

/** What the seller lists for its own tests, or files under parking and extras, is left out and counts as read. */
export function readListings(entries: unknown[], max: number): { listings: Listing[]; unreadable: number } {
  const { read, unreadable } = readEach(entries, max, (entry) => {
    const parsed = event.safeParse(entry);
    return parsed.success && parsed.data.name ? parsed.data : undefined;
  });
  const shows = read.filter((data) => !data.test && !isExtra(primary(data.classifications)?.type?.name));
  return { listings: shows.map(toListing), unreadable };
}

function toListing(data: Event): Listing {
  const { dates } = data;
  const when = readStart(dates?.start);
  const end = localDate(dates?.end?.localDate);
  const place = data._embedded?.venues[0];
  return definedOnly<Listing>({
    id: data.id,
    name: data.name!,
    url: webUrl(data.url),
    status: readStatus(dates?.status?.code, when.localDate, localDate(dates?.initialStartDate?.localDate)),
    ...when,
    // Some ends lie before their start, or hold only flags.
    endLocalDate: end && when.localDate && end > when.localDate ? end : undefined,
    timezone: zone(dates?.timezone) ?? zone(place?.timezone),
    initialLocalDate: localDate(dates?.initialStartDate?.localDate),
    venue: place && readVenue(place),
    attractions: (data._embedded?.attractions ?? []).flatMap(({ id, name, classifications }) =>
      name ? [{ id, name, ...(isFestival(classifications) && { festival: true as const }) }] : [],
    ),
    price: readPrice(data.priceRanges),
  });
}

/** The venue's wall clock is the truth; a time the seller calls unknown is none, whatever else it writes beside. */
function readStart(from: Start): Pick<Listing, "localDate" | "localTime" | "startsAt"> {
  const day = from && !from.dateTBA && !from.dateTBD ? localDate(from.localDate) : undefined;
  if (!from || !day) return {};
  if (from.timeTBA || from.noSpecificTime) return { localDate: day };
  const time = /^([01]\d|2[0-3]):([0-5]\d)(:[0-5]\d)?$/.exec(from.localTime ?? "");
  if (!time) return { localDate: day };
  return definedOnly({
    localDate: day,
    localTime: time[3] ? time[0] : `${time[0]}:00`,
    startsAt: instant(from.dateTime),
  });
}

function instant(value: string | undefined): string | undefined {
  if (!value || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) return undefined;
  return Number.isNaN(Date.parse(value)) ? undefined : value;
}

/** Both spellings of cancelled are about. An absent or unknown status is read from the dates. */
function readStatus(
  code: string | undefined,
  day: string | undefined,
  initial: string | undefined,
): ShowStatus {
  const word = code?.toLowerCase().replace(/[^a-z]/g, "");
  if (word === "onsale" || word === "offsale" || word === "postponed" || word === "rescheduled") return word;
  if (word === "cancelled" || word === "canceled") return "cancelled";
  if (!initial) return "onsale";
  if (!day) return "postponed";
  return day === initial ? "onsale" : "rescheduled";
}

function readVenue(place: z.infer<typeof venue>): ListedVenue | undefined {
  const name = place.name ?? place.address?.line1 ?? place.city?.name;
  if (!name) return undefined;
  const { latitude, longitude } = place.location ?? {};
  // 0, 0 lies in the Gulf of Guinea: nobody plays there, it stands for "unknown".
  const known = latitude !== undefined && longitude !== undefined && (latitude !== 0 || longitude !== 0);
  const onEarth = known && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return definedOnly<ListedVenue>({
    id: place.id,
    name,
    city: place.city?.name,
    region: place.state?.name ?? place.state?.stateCode,
    country: /^[A-Za-z]{2}$/.test(place.country?.countryCode ?? "")
      ? place.country?.countryCode?.toUpperCase()
      : undefined,
    timezone: zone(place.timezone),
    ...(onEarth ? { latitude, longitude } : {}),
  });
}

/** Only names like Europe/Prague that exist here: "EST" or "+02:00" know nothing of summer time. */
function zone(value: string | undefined): string | undefined {
  if (!value || !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2}$/.test(value)) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }) && value;
  } catch {
    return undefined;
  }
}

/** Plain tickets before those with fees; nothing where the range makes no sense. */
function readPrice(ranges: Event["priceRanges"]): Listing["price"] {
  const prices = ranges.flatMap(({ type, currency, min, max = min }) => {
    const sensible = min !== undefined && max !== undefined && min >= 0 && max >= min && max > 0 && max < 1e7;
    return sensible && /^[A-Z]{3}$/.test(currency ?? "") ? [{ type, min, max, currency: currency! }] : [];
  });
  const best = prices.find(({ type }) => type === "standard") ?? prices[0];
  return best && { min: best.min, max: best.max, currency: best.currency };
}
