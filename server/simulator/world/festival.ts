/** A festival each season, on a Sunday: seven names on one bill, passes and parking beside the day itself. */
import { dateOf, EPOCH, instantOf } from "./calendar.ts";
import { venues } from "./places.ts";
import { hash, random, shuffle } from "./random.ts";
import type { Artist, Attraction, Show } from "./types.ts";

const WEEKS = 13;
const FIRST = 27;
const AHEAD = 150;
const seasons = ["Winter", "Spring", "Summer", "Autumn"];

export const weekender: Attraction = {
  name: "Estuary Weekender",
  tmAttractionId: "K8vZ917eWk7",
  genre: "undefined",
  aliases: ["the weekender"],
};

/** Edition number of the first festival on or after the day. */
export function editionFrom(day: number): number {
  return Math.ceil((day - EPOCH - FIRST) / (WEEKS * 7));
}

/** The festival day of edition `n`, if anybody can come; `free` says who has no show of their own that day. */
export function festivalShow(
  seed: string,
  n: number,
  artists: Artist[],
  free: (artist: Artist, day: number) => boolean,
): Show[] {
  const day = EPOCH + n * WEEKS * 7 + FIRST;
  const rng = random(`${seed}/festival/${n}`);
  const bill = shuffle(rng, artists)
    .filter((artist) => free(artist, day))
    .slice(0, 6);
  const venue = venues.find((hall) => hall.name === "Tankerton Pavilion");
  const [artist] = bill;
  if (!artist || !venue) return [];
  const date = dateOf(day);
  const season = seasons[Math.floor(Number(date.slice(5, 7)) / 3) % 4] ?? "";
  const show: Show = {
    key: `weekender/${n}`,
    name: `Estuary Weekender ${season} ${date.slice(0, 4)}`,
    artist,
    bill: bill.slice(1),
    night: 0,
    tourNumber: n,
    day,
    date,
    time: "13:00:00",
    startsAt: instantOf(date, "13:00:00", venue.zone),
    announcedDay: day - AHEAD + (hash(`weekender/${n}`) % 9),
    venue,
    oddity: "two-day-pass",
    festival: weekender,
  };
  return [show];
}
