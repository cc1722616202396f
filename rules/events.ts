/** Listings into shows: what is a show, which listings are one show, which known show a listing belongs to. */
import { groupListings, places } from "./events/groups.ts";
import { chooseListing, mergeListings } from "./events/fields.ts";
import { assignSlots } from "./events/slots.ts";
import { whyNoShow } from "./events/no-show.ts";
import { nameKey } from "./text.ts";

export type ShowStatus = "onsale" | "offsale" | "cancelled" | "postponed" | "rescheduled";

/** A place as a ticket seller names it. */
export type ListedVenue = {
  id: string;
  name: string;
  city?: string;
  region?: string;
  /** ISO 3166-1 alpha-2 */
  country?: string;
  timezone?: string;
  latitude?: number;
  longitude?: number;
};

/** One event as a ticket seller lists it: several listings may be one show, and some are none (parking, passes). */
export type Listing = {
  id: string;
  name: string;
  url?: string;
  status: ShowStatus;
  /** YYYY-MM-DD and HH:MM:SS by the venue's clock; absent when not announced */
  localDate?: string;
  localTime?: string;
  /** last local date of a listing over several days */
  endLocalDate?: string;
  /** ISO 8601, UTC */
  startsAt?: string;
  /** IANA name, already checked to exist */
  timezone?: string;
  /** where it was first announced for, when it was moved */
  initialLocalDate?: string;
  venue?: ListedVenue;
  /** a festival's brand is one, but nobody who plays */
  attractions: { id: string; name: string; festival?: true }[];
  price?: { min: number; max: number; currency: string };
};

/** A show of this artist in the database. */
export type KnownShow = {
  id: string;
  /** the ticket seller's id of the venue; name and city where at hand, as resale listings have venue ids of their own */
  venueSourceId?: string;
  venueName?: string;
  venueCity?: string;
  localDate?: string;
  localTime?: string;
  slot: number;
  listingIds: string[];
  /** the one whose ticket link is shown */
  listingId: string;
  /** as stored */
  status?: ShowStatus;
  /** its local date is not over, or it has none */
  coming?: boolean;
  /** coming, and absent from complete reads for long enough: a new listing at its venue is this show, moved */
  gone?: boolean;
  /** coming, and absent from this complete read: this show, moved, where the seller's words say so (`withAbsent`) */
  absent?: boolean;
};

/** A show as the listings tell it; `knownId` is absent when it is new. */
export type PlannedShow = {
  knownId?: string;
  /** 0, 1, … among the shows of one venue and local date */
  slot: number;
  /** the listings read now, sorted; `listingId` is the one whose ticket link is shown */
  listingIds: string[];
  listingId: string;
  name: string;
  status: ShowStatus;
  localDate?: string;
  localTime?: string;
  startsAt?: string;
  timezone?: string;
  initialLocalDate?: string;
  /** absent when no listing names one: what is stored stays */
  venue?: ListedVenue;
  url?: string;
  price?: Listing["price"];
  /** who else plays */
  bill: { id: string; name: string }[];
};

export type ShowPlan = { shows: PlannedShow[]; skipped: { listingId: string; reason: string }[] };

/**
 * The shows of one artist that these listings amount to, by date. Independent of the listings' order; planning again
 * with the outcome as `known` changes nothing. A known show without a listing here is left out, its slot stays taken.
 * Two known shows may trade places: write their dates in one statement, or with the unique key deferred.
 */
export function planShows(attractionId: string, listings: Listing[], known: KnownShow[]): ShowPlan {
  // One listing comes twice when date windows share an edge.
  const sorted = [...new Map(sortListings(listings).map((listing) => [listing.id, listing])).values()];
  const ownName = sorted
    .flatMap(({ attractions }) => attractions)
    .find(({ id }) => id === attractionId)?.name;
  const reasons = sorted.map((listing) => whyNoShow(listing, attractionId, ownName));
  const isShow = (_: Listing, at: number) => reasons[at] === undefined;

  const placeOf = places(sorted);
  const groups = groupListings(sorted.filter(isShow), sortKnown(known), placeOf);
  const slots = assignSlots(groups, sortKnown(known), placeOf);
  const shows = groups.map((group, at): PlannedShow => {
    const best = chooseListing(group.listings, group.known?.listingId);
    const { bill, ...fields } = mergeListings(best, group.listings);
    return {
      ...(group.known && { knownId: group.known.id }),
      slot: slots[at]!,
      listingIds: group.listings.map(({ id }) => id).sort(),
      listingId: best.id,
      ...fields,
      bill: withoutSelf(bill, attractionId, ownName),
    };
  });
  const skipped = sorted.flatMap(({ id }, at) =>
    reasons[at] ? [{ listingId: id, reason: reasons[at] }] : [],
  );
  return { shows: shows.sort(byDate), skipped };
}

/** Known shows as a complete read of all of the artist's listings finds them; after less than that none is absent. */
export function withAbsent(known: KnownShow[], read: Listing[]): KnownShow[] {
  const ids = new Set(read.map(({ id }) => id));
  return known.map((show) => ({
    ...show,
    absent: show.coming === true && !show.listingIds.some((id) => ids.has(id)),
  }));
}

/** The status told to the outside: `past` once the venue's local date is over, unless the show was cancelled. */
export function showStatus(
  stored: ShowStatus,
  localDate: string | undefined,
  venueToday: string,
): ShowStatus | "past" {
  if (stored === "cancelled" || localDate === undefined) return stored;
  return localDate < venueToday ? "past" : stored;
}

/** Each act once, by id and by name: one support act was seen under two ids. */
function withoutSelf(bill: PlannedShow["bill"], attractionId: string, ownName = ""): PlannedShow["bill"] {
  const names = new Set([nameKey(ownName)]);
  const ids = new Set([attractionId]);
  return bill.filter(({ id, name }) => {
    const key = nameKey(name);
    if (ids.has(id) || names.has(key)) return false;
    ids.add(id);
    names.add(key);
    return true;
  });
}

function sortListings(listings: Listing[]): Listing[] {
  const keyed = listings.map((listing) => ({ listing, key: `${listing.id}\n${JSON.stringify(listing)}` }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ listing }) => listing);
}

function sortKnown(known: KnownShow[]): KnownShow[] {
  return [...known].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Undated ones last, as '~' sorts behind digits. */
function byDate(a: PlannedShow, b: PlannedShow): number {
  const key = ({ localDate, localTime, listingId }: PlannedShow) =>
    `${localDate ?? "~"} ${localTime ?? "~"} ${listingId}`;
  return key(a) < key(b) ? -1 : 1;
}
