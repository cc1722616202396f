/** The nouns of the invented world; the services turn them into their own shapes. */
import type { GenreName } from "./genres.ts";

export type Region = "uk" | "eu" | "us" | "jp" | "oz" | "me";
export type HallSize = "club" | "hall" | "arena";

export type Venue = {
  key: string;
  name: string;
  size: HallSize;
  region: Region;
  city: string;
  state: string;
  stateCode: string;
  country: string;
  zone: string;
  latitude: number;
  longitude: number;
};

export type Person = { mbid: string; name: string; sortName: string; disambiguation: string };

export type Album = {
  title: string;
  date: string;
  type: "album" | "single" | "live" | "compilation";
  songs: string[];
};

export type Cover = { name: string; by: Person };

/** How a band chooses tonight's songs. */
export type Habit = { kind: "fixed" | "rotating" | "jam"; songs: number; encore: number };

/** What is odd about a listing; each stands in a place of the plan's list, so all come round. */
export type Oddity =
  | "plain"
  | "cancelled"
  | "postponed"
  | "date-tbd"
  | "rescheduled"
  | "time-tba"
  | "no-specific-time"
  | "no-zone"
  | "offsale"
  | "resale"
  | "early-late"
  | "parking"
  | "vip"
  | "two-day-pass"
  | "bare"
  | "no-attractions"
  | "promoter"
  | "blanks"
  | "no-place"
  | "priced"
  | "sales-1900"
  | "no-status";

/** What is odd about an artist's past setlists. */
export type Mark =
  | "tapes"
  | "covers"
  | "guests"
  | "medleys"
  | "unknown-songs"
  | "named-sets"
  | "no-tour"
  | "announced"
  | "edited"
  | "unfilled"
  | "segues"
  | "misdated";

/**
 * When and where an artist plays, counted from a fixed Monday: tour n covers the weeks n × weeks to (n + 1) × weeks,
 * of which the last `rest` are free. A show is on sale `ahead` days before its date.
 */
export type Plan = {
  /** weeks by which the whole plan is later than the Monday, so that not everybody rests at once */
  offset?: number;
  weeks: number;
  rest: number;
  perWeek: number;
  ahead: number;
  since: string;
  size: HallSize;
  regions: Region[];
  tours: string[];
  oddities: Oddity[];
};

export type Links = "full" | "none" | "wrong" | "spotify" | "musicbrainz";

export type Artist = Person & {
  key: string;
  tmAttractionId: string;
  spotifyId: string;
  country: string;
  genre: GenreName;
  /** what Ticketmaster's externalLinks say */
  links: Links;
  /** the wrong mbid, where the links are wrong */
  linkedMbid?: string;
  /** whether and how far setlist.fm knows them */
  history: "all" | "none" | "first-two";
  albums: Album[];
  /** around the albums: what record companies add, or nothing, or what they add and every night on stage as an album */
  catalogue: "full" | "plain" | "archive";
  /** what MusicBrainz has of them: everything, a relation to somebody else's Spotify, or nothing */
  musicbrainz: "full" | "wrong-spotify" | "none";
  covers: Cover[];
  guests: Person[];
  habit: Habit;
  marks: Mark[];
  plan?: Plan;
  /** key of the artist who opens for them */
  support?: string;
};

/** What Ticketmaster calls an attraction without being an artist: festivals, promoters, plays, parking. */
export type Attraction = { name: string; tmAttractionId: string; genre: GenreName; aliases?: string[] };

/** One evening: an artist on tour, or a festival. */
export type Show = {
  /** names it in every seed, so it stays the same whoever asks */
  key: string;
  name: string;
  artist: Artist;
  bill: Artist[];
  tour?: string;
  /** place in its tour, from 0 */
  night: number;
  tourNumber: number;
  day: number;
  date: string;
  time: string;
  startsAt: number;
  /** first day on sale */
  announcedDay: number;
  venue: Venue;
  oddity: Oddity;
  festival?: Attraction;
};

export type PlayedSong = { name: string; tape?: true; cover?: Person; with?: Person; info?: string };
export type PlayedSet = { name?: string; encore?: number; songs: PlayedSong[] };

export type PastSetlist = {
  id: string;
  versionId: string;
  show: Show;
  artist: Artist;
  tour?: string;
  info?: string;
  /** under which it is written down: mostly the show's */
  date: string;
  sets: PlayedSet[];
  lastUpdated: number;
};
