/** Listings that are no show: what is sold beside the ticket, and tickets for several days. */
import type { Listing } from "../events.ts";
import { nameKey } from "../text.ts";

const PASS = "(pass|passes|ticket|tickets|package|packages|wristband|wristbands|admission|abo|abono)";
const STAY =
  "(pass|passes|ticket|tickets|site|sites|spot|spots|package|packages|permit|permits|add on|upgrade)";

/**
 * Matched against the name's key without the artist's own name, most telling first. A word that may belong to a
 * tour's name ("VIP Tour", "Live from the Parking Lot", "Shuttle") counts only beside a word of selling, or at the end.
 */
const NO_SHOWS: [reason: string, pattern: RegExp][] = [
  ["parking", /\b(parking(?! lot)|parking lot pass|car park|carpark|parkplatz|estacionamiento)\b/],
  [
    "camping",
    new RegExp(`\\b(rv|car|tent|camper) ${STAY}\\b|\\b(camping|glamping|campsite|campground) ${STAY}\\b`),
  ],
  ["camping", /^(camping|glamping)( \||$)|\b(camping|glamping|campsites?|rv|rv camping)$/],
  ["meet and greet", /\bmeet and greets?\b/],
  [
    "VIP package",
    /\bvip( [a-z0-9]+){0,3} (packages?|experiences?|upgrades?|pass|passes|lounge|tables?|suites?|box|boxes|seats?|seating|tickets?|add ons?|access|club|entry)\b|\bvip$/,
  ],
  [
    "package",
    /\b(travel|hotel|fan|gold|silver|platinum|diamond|soundcheck|ultimate|enhanced|entry)( ticket| experience)? packages?\b/,
  ],
  [
    "hospitality",
    /\bhospitality\b|\bpremium (packages?|seats?|seating|experiences?|suites?|tickets?)\b|\b(suite|box) (rental|reservation|hire)s?\b|\b(lounge|club) access\b/,
  ],
  [
    "upgrade",
    /\bupgrades?( only| package| packages| ticket| tickets)?$|^upgrade( \||$)|\bticket upgrades?\b|\badd ons?$/,
  ],
  [
    "early or fast entry",
    /\b(early entry|early access|fast lane|fast track|fast pass|front of line) ?(pass|package|upgrade|ticket)?$/,
  ],
  ["locker", /\blocker (rental|hire)s?\b|\blockers?$|^lockers?( \||$)/],
  [
    "shuttle",
    /\bshuttle (bus|pass|passes|service|ticket|tickets)\b|\bshuttle$|^shuttle( \||$)|\b(bus|coach) (pass|ticket|transfer|travel)\b/,
  ],
  ["membership", /\bmembership\b/],
  ["gift card or voucher", /\b(gift card|gift certificate|voucher)s?\b/],
  [
    "pass for several days",
    new RegExp(
      `\\b([2-9]|1\\d|two|three|four|five|multi|all|both) ?(days?|nights?) ${PASS}\\b|\\b(weekend|season|festival) ${PASS}\\b`,
    ),
  ],
];

/**
 * Why a listing is no show of the artist, if it is none.
 * @param ownName the artist's: its words are no sign of anything ("VIP" may be a band)
 */
export function whyNoShow(listing: Listing, attractionId: string, ownName = ""): string | undefined {
  const { attractions, localDate, endLocalDate, localTime } = listing;
  if (attractions.length > 0 && !attractions.some(({ id }) => id === attractionId)) {
    return "the artist is not on its bill";
  }
  const name = withoutName(nameKey(listing.name), nameKey(ownName));
  const match = NO_SHOWS.find(([, pattern]) => pattern.test(name));
  if (match) return match[0];
  if (!localDate || !endLocalDate) return undefined;
  // A night that ends after midnight ends on the next day and has a time; tickets for days have none.
  const days = dayNumber(endLocalDate) - dayNumber(localDate);
  return days > 1 || (days === 1 && !localTime) ? "pass for several days" : undefined;
}

/** The name is cut out by whole words; the bar keeps what stood around it from becoming neighbours. */
function withoutName(key: string, own: string): string {
  return own === "" ? key : ` ${key} `.replaceAll(` ${own} `, " | ").replace(/^[ |]+|[ |]+$/g, "");
}

function dayNumber(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}
