/** Shows as a ticket seller lists them: one show may be several listings, and its oddity says what is wrong with them. */
import { promoter } from "./cast/coast.ts";
import { DAY, HOUR, dateOf, instantOf } from "./calendar.ts";
import { hash, ticketId } from "./random.ts";
import type { Artist, Attraction, Show } from "./types.ts";

export type Status = "onsale" | "offsale" | "cancelled" | "postponed" | "rescheduled";

export type Listing = {
  id: string;
  name: string;
  show: Show;
  kind: "primary" | "resale" | "parking" | "vip" | "pass";
  status?: Status;
  /** absent when there is no date */
  date?: string;
  time?: string;
  /** what date filters and orders go by; absent when there is no date */
  instant?: number;
  undated?: "TBA" | "TBD";
  timeTba: boolean;
  noSpecificTime: boolean;
  initial?: { date: string; time: string };
  endDate?: string;
  zone?: string;
  attractions: (Artist | Attraction)[];
  embedded: "all" | "no attractions" | "nothing";
  salesUnknown: boolean;
  blanks: boolean;
  noPlace: boolean;
  priced: boolean;
};

const CANCELLED_BEFORE = 35 * DAY;
const OFFSALE_BEFORE = 75 * DAY;
/** How long a cancelled show is still listed, and a postponed one without a new date. */
const CANCELLED_AFTER = 10 * DAY;
const POSTPONED_AFTER = 45 * DAY;
const OVER_AFTER = 4 * HOUR;

function statusAt(show: Show, now: number): Status | undefined {
  switch (show.oddity) {
    case "cancelled":
      return now >= show.startsAt - CANCELLED_BEFORE ? "cancelled" : "onsale";
    case "offsale":
      return now >= show.startsAt - OFFSALE_BEFORE ? "offsale" : "onsale";
    case "postponed":
    case "rescheduled":
      return show.oddity;
    case "no-status":
      return undefined;
    default:
      return "onsale";
  }
}

function stillListed(show: Show, now: number): boolean {
  if (show.oddity === "cancelled") return now < show.startsAt + CANCELLED_AFTER;
  if (show.oddity === "postponed" || show.oddity === "date-tbd") return now < show.startsAt + POSTPONED_AFTER;
  return now < show.startsAt + OVER_AFTER;
}

/** The main listing, which the others vary. */
function primary(show: Show, now: number): Listing {
  const { oddity, venue } = show;
  const undated = { postponed: "TBA", "date-tbd": "TBD" } as const;
  const without = oddity === "postponed" || oddity === "date-tbd" ? undated[oddity] : undefined;
  const timeTba = oddity === "time-tba";
  const noSpecificTime = oddity === "no-specific-time";
  const timeless = timeTba || noSpecificTime;
  const moved = oddity === "rescheduled" ? dateOf(show.day - 42) : show.date;
  const early = show.time < "18" ? "(Early Show)" : "(Late Show)";
  return {
    id: ticketId(hash(show.key) % 3 ? "G5vYZ" : "1AvZZ", `event/${show.key}`, 13),
    name: oddity === "early-late" ? `${show.name} ${early}` : eventName(show),
    show,
    kind: "primary",
    status: statusAt(show, now),
    ...(without
      ? { undated: without }
      : {
          date: show.date,
          ...(!timeless && { time: show.time }),
          // Without a time an event sits at the end of its own local day.
          instant: timeless ? instantOf(show.date, "23:59:59", venue.zone) : show.startsAt,
        }),
    ...((oddity === "postponed" || oddity === "rescheduled") && {
      initial: { date: moved, time: show.time },
    }),
    timeTba,
    noSpecificTime,
    ...(oddity !== "no-zone" && { zone: venue.zone }),
    attractions: [
      ...(show.festival ? [show.artist, show.festival] : [show.artist]),
      ...show.bill,
      ...(oddity === "promoter" ? [promoter] : []),
    ],
    embedded: oddity === "bare" ? "nothing" : oddity === "no-attractions" ? "no attractions" : "all",
    salesUnknown: oddity === "sales-1900",
    blanks: oddity === "blanks",
    noPlace: oddity === "no-place",
    priced: oddity === "priced",
  };
}

function eventName(show: Show): string {
  const dice = hash(`name/${show.key}`) % 6;
  if (show.festival) return show.name;
  if (dice === 0 && show.tour) return `${show.name}: ${show.tour}`;
  const [support] = show.bill;
  return dice === 1 && support ? `${show.name} w/ ${support.name}` : show.name;
}

/** Everything on sale for this show at `now`; nothing once it is over. */
export function listingsOf(show: Show, now: number): Listing[] {
  if (!stillListed(show, now)) return [];
  const main = primary(show, now);
  const beside = (kind: Listing["kind"], name: string, change: Partial<Listing> = {}): Listing => ({
    ...main,
    id: ticketId(kind === "resale" ? "Z7r9jZ1A7" : "vvG1IZ9", `${kind}/${show.key}`, 14),
    kind,
    name,
    ...change,
  });
  const listings = [main];
  if (show.oddity === "resale")
    listings.push(beside("resale", show.name, { zone: undefined, salesUnknown: true }));
  if (show.oddity === "vip") listings.push(beside("vip", `${show.name} | VIP Packages`));
  if (show.oddity === "parking" || show.festival) listings.push(beside("parking", `Parking: ${show.name}`));
  if (show.oddity === "two-day-pass") {
    const endDate = dateOf(show.day + 1);
    const instant = instantOf(show.date, "23:59:59", show.venue.zone);
    listings.push(
      beside("pass", `${show.name} - 2 Day Pass`, {
        endDate,
        time: undefined,
        instant,
        noSpecificTime: true,
      }),
    );
  }
  return listings;
}
