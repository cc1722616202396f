/** Listings into shows: what is a show, which listings are one show, which known show a listing belongs to. */

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
  attractions: { id: string; name: string }[];
  price?: { min: number; max: number; currency: string };
};
