/** Which listings are one show, and which known one. */
import type { KnownShow, Listing, ListedVenue } from "../events.ts";
import { nameKey } from "../text.ts";
import { chooseListing, mergeListings } from "./fields.ts";
import { movedFrom } from "./moves.ts";

/** A show in the making. `place` is equal for two ids of one venue; absent when no venue is known. */
export type Group = { known?: KnownShow; listings: Listing[]; place?: string; localDate?: string };

export type Places = (venue: { id?: string; name?: string; city?: string }) => string | undefined;

/** Two listings of one venue and date are one show when less than this lies between them. */
const ONE_SHOW_MINUTES = 60;

/**
 * Listings by show, known ones first by id, then by date and time. A known listing keeps its show whatever its date;
 * an unknown one joins a show of its venue, date and hour; without date or venue it stands alone, as two postponed
 * nights folded into one could never be parted again.
 * @param listings sorted by id, each once
 */
export function groupListings(listings: Listing[], known: KnownShow[], placeOf: Places): Group[] {
  const owner = new Map<string, KnownShow>();
  for (const show of [...known].reverse()) for (const id of show.listingIds) owner.set(id, show);

  const owned = new Map<KnownShow, Listing[]>();
  const unknown: Listing[] = [];
  for (const listing of listings) {
    const show = owner.get(listing.id);
    if (!show) unknown.push(listing);
    else if (!owned.get(show)?.push(listing)) owned.set(show, [listing]);
  }

  const groups = known.map((show): Group => {
    const own = owned.get(show) ?? [];
    const stored = {
      known: show,
      listings: own,
      place: placeOf(knownVenue(show)),
      localDate: show.localDate,
    };
    if (own.length === 0) return stored;
    const { venue, localDate } = mergeListings(chooseListing(own, show.listingId), own);
    return { ...stored, localDate, place: venue ? placeOf(venue) : stored.place };
  });
  // By place, as a listing is compared with the shows of its venue only: a long tour has thousands.
  const here = new Map<string | undefined, Group[]>();
  const stand = (group: Group) => {
    if (!here.get(group.place)?.push(group)) here.set(group.place, [group]);
  };
  groups.forEach(stand);
  for (const listing of unknown.sort(byTime)) {
    const place = listing.venue && placeOf(listing.venue);
    const near = place === undefined ? [] : (here.get(place) ?? []);
    const fitting = near.filter((group) => fits(group, listing)).sort((a, b) => order(a, b, listing));
    const moved = fitting[0] ? undefined : movedFrom(listing, near);
    (fitting[0] ?? moved)?.listings.push(listing);
    if (moved) moved.localDate = listing.localDate;
    if (fitting[0] || moved) continue;
    const group = { listings: [listing], place, localDate: listing.localDate };
    groups.push(group);
    stand(group);
  }
  return groups.filter((group) => group.listings.length > 0);
}

/** Where a show stood when it was stored. */
export function knownVenue(show: KnownShow): { id?: string; name?: string; city?: string } {
  return { id: show.venueSourceId, name: show.venueName, city: show.venueCity };
}

/** Primary and resale listings give one venue two ids: it is one when name and city agree. */
export function places(listings: Listing[]): Places {
  const venues = new Map<string, ListedVenue>();
  for (const { venue } of listings) if (venue && !venues.has(venue.id)) venues.set(venue.id, venue);
  // Asked some times for every show, of a few dozen venues.
  const keys = new Map<string, string>();
  return ({ id, name, city }) => {
    const venue = (id !== undefined && venues.get(id)) || { id, name, city };
    if (!venue.name || !venue.city) return venue.id;
    const both = `${venue.name}\n${venue.city}`;
    const key = keys.get(both) ?? `${nameKey(venue.name)}\n${nameKey(venue.city)}`;
    keys.set(both, key);
    return key;
  };
}

/** @param group one of the listing's venue */
function fits(group: Group, listing: Listing): boolean {
  if (listing.localDate === undefined || group.localDate !== listing.localDate) return false;
  if (timesOf(group).some((time) => distance(time, listing.localTime) >= ONE_SHOW_MINUTES)) return false;
  const part = partOfDay(listing);
  return group.listings.every((other) => !part || !partOfDay(other) || partOfDay(other) === part);
}

/** The nearest in time, then known ones, then the earlier slot. */
function order(a: Group, b: Group, { localTime }: Listing): number {
  const nearest = (group: Group) =>
    Math.min(ONE_SHOW_MINUTES, ...timesOf(group).map((t) => distance(t, localTime)));
  const rank = ({ known }: Group) => (known ? known.slot : Infinity);
  return nearest(a) - nearest(b) || (rank(a) === rank(b) ? 0 : rank(a) - rank(b));
}

function timesOf({ known, listings, localDate }: Group): (string | undefined)[] {
  if (listings.length === 0) return [known?.localTime];
  return listings.filter((one) => one.localDate === localDate).map((one) => one.localTime);
}

/** Minutes between two times of day; none when one is unknown. */
function distance(a: string | undefined, b: string | undefined): number {
  return a === undefined || b === undefined ? 0 : Math.abs(minutes(a) - minutes(b));
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}

/** "(Early Show)" and "(Late Show)" are two, even where no time is given. */
function partOfDay({ name }: Listing): "early" | "late" | undefined {
  const key = nameKey(name);
  if (/\b(early|matinee|1st|first) (show|performance|set)\b|\bmatinee$/.test(key)) return "early";
  if (/\b(late|evening|2nd|second) (show|performance|set)\b/.test(key)) return "late";
  return undefined;
}

function byTime(a: Listing, b: Listing): number {
  const key = ({ localDate, localTime, id }: Listing) => `${localDate ?? "~"} ${localTime ?? "~"} ${id}`;
  return key(a) < key(b) ? -1 : 1;
}
