/** One show's fields out of its listings: the best one first, gaps filled from the others. */
import type { Listing, PlannedShow } from "../events.ts";

/** Ticketmaster's prefix of resale listings: their links sell other people's tickets, often dearer. */
const RESALE = "Z7r9";

/**
 * The listing whose ticket link is shown: the one shown before, else one with a link, else a primary one. One whose date
 * has moved elsewhere only where there is no other.
 */
export function chooseListing(listings: Listing[], before?: string): Listing {
  const shown = listings.find(({ id }) => id === before);
  return shown && (!isLeft(shown) || listings.every(isLeft)) ? shown : byQuality(listings)[0]!;
}

/** Rescheduled, and still without the new date: another listing has it, or will have it. */
export function isLeft({ status, localDate, initialLocalDate }: Listing): boolean {
  return status === "rescheduled" && (localDate === undefined || localDate === initialLocalDate);
}

type Fields = Omit<PlannedShow, "knownId" | "slot" | "listingIds" | "listingId">;

/** Every field from the best listing that has it; times only from listings of the date chosen. */
export function mergeListings(best: Listing, listings: Listing[]): Fields {
  const ordered = [best, ...byQuality(listings).filter(({ id }) => id !== best.id)];
  const first = <Key extends keyof Listing>(key: Key) => ordered.find((one) => one[key] !== undefined)?.[key];
  // A postponed show without date has none, whatever a stale resale listing says.
  const localDate = best.status === "postponed" ? best.localDate : first("localDate");
  const ofDate = ordered.filter((one) => one.localDate === localDate);
  const localTime = ofDate.find((one) => one.localTime)?.localTime;
  const startsAt = ofDate.find((one) => one.startsAt && one.localTime === localTime)?.startsAt;
  return defined({
    name: best.name,
    status: best.status,
    localDate,
    localTime,
    startsAt,
    timezone: first("timezone"),
    initialLocalDate: first("initialLocalDate"),
    venue: first("venue"),
    url: first("url"),
    price: first("price"),
    bill: ordered.flatMap(({ attractions }) =>
      attractions.filter(({ festival }) => !festival).map(({ id, name }) => ({ id, name })),
    ),
  });
}

function byQuality(listings: Listing[]): Listing[] {
  const rank = (one: Listing) =>
    (isLeft(one) ? 4 : 0) + (one.url ? 0 : 2) + (one.id.startsWith(RESALE) ? 1 : 0);
  return [...listings].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

/** Without the fields that are undefined. */
function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
