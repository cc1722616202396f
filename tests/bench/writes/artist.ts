/** The artist that the write path is measured with, as upstreams' nouns: nothing in it is odd, all of it is written. */
import type { Listing, ListedVenue } from "#rules/events";
import type { NewRecording } from "#db/queries/recordings";
import type { NewRelease } from "#db/queries/releases";

export const SHOWS = 500;
export const VENUES = 120;
export const SONGS = 800;
const TRACKS = 10;
const FIRST_DAY = Date.UTC(2027, 0, 4);

export const ATTRACTION = "K8vBench001";
export const NAME = "The Benchmarks";

const letters = (count: number, from: string[], then: string[]) =>
  Array.from({ length: count }, (_, at) => `${from[at % from.length]} ${then[Math.floor(at / from.length)]}`);
const first =
  `Amber Bitter Broken Burning Certain Distant Early Electric Empty Endless Falling Faithless Frozen Gentle
  Golden Hollow Honest Idle Iron Lonely Lucky Midnight Northern Open Paper Pale Quiet Restless Rising Salted Scarlet
  Secret Silver Sleeping Solid Southern Tender Velvet Wandering Winter`.split(/\s+/);
const second =
  `Anchor Avenue Bridges Cathedral Daughter Engine Furnace Garden Harbour Island Journey Kingdom Lantern
  Meadow Orchard Parade River Station Thunder Window`.split(/\s+/);

export const venues: ListedVenue[] = Array.from({ length: VENUES }, (_, at) => ({
  id: `KovBench${at}`,
  name: `${first[at % first.length]} Hall ${at}`,
  city: `${second[at % second.length]}ville`,
  region: "Kent",
  country: "GB",
  timezone: "Europe/London",
  latitude: 50 + at / 100,
  longitude: -at / 100,
}));

export const listings: Listing[] = Array.from({ length: SHOWS }, (_, at) => ({
  id: `G5vBench${at}`,
  name: `${NAME} – The Long Tour`,
  url: `https://tickets.example/G5vBench${at}`,
  status: "onsale",
  localDate: new Date(FIRST_DAY + at * 86_400_000).toISOString().slice(0, 10),
  localTime: "19:30:00",
  timezone: "Europe/London",
  venue: venues[at % VENUES]!,
  attractions: [
    { id: ATTRACTION, name: NAME },
    ...(at % 2 === 0 ? [{ id: "K8vBench002", name: "The Warm-Ups" }] : []),
  ],
  price: { min: 35, max: 90, currency: "GBP" },
}));

const titles = letters(SONGS, first, second);

export const releases: (NewRelease & { sourceId: string; recordings: NewRecording[] })[] = Array.from(
  { length: SONGS / TRACKS },
  (_, album) => ({
    sourceId: `album${album}`,
    title: `Volume ${album + 1}`,
    type: "album",
    date: `${1940 + album}-03-01`,
    trackCount: TRACKS,
    recordings: titles.slice(album * TRACKS, (album + 1) * TRACKS).map((title, track) => ({
      sourceId: `track${album}x${track}`,
      title,
      trackNumber: track + 1,
      durationMs: 180_000 + track * 1000,
      isrc: `GBBEN${String(album).padStart(2, "0")}${String(track).padStart(5, "0")}`,
      artists: [NAME],
      explicit: false,
    })),
  }),
);
