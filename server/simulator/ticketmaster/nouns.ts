/** Attractions and venues as Ticketmaster writes them. */
import { genres, SEGMENTS, type GenreName } from "../world/genres.ts";
import { countries } from "../world/places.ts";
import { digits, hash, hex, ticketId, uuid } from "../world/random.ts";
import type { Artist, Attraction, Venue } from "../world/types.ts";

/** For addresses: what is left of a name in plain letters. */
export const slug = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "") || "artist";

export const pair = ([id, name]: readonly string[]) => ({ id, name });

const sizes = [
  ["16_9", "RETINA_LANDSCAPE_16_9.jpg", 1136, 639],
  ["16_9", "TABLET_LANDSCAPE_LARGE_16_9.jpg", 2048, 1152],
  ["3_2", "RETINA_PORTRAIT_3_2.jpg", 640, 427],
  ["3_2", "TABLET_LANDSCAPE_3_2.jpg", 1024, 683],
  ["16_9", "RECOMENDATION_16_9.jpg", 100, 56],
  ["16_9", "SOURCE", 2426, 1365],
  ["3_2", "ARTIST_PAGE_3_2.jpg", 305, 203],
  ["16_9", "EVENT_DETAIL_PAGE_16_9.jpg", 205, 115],
  ["16_9", "TABLET_LANDSCAPE_16_9.jpg", 1024, 576],
  ["4_3", "CUSTOM.jpg", 305, 225],
] as const;

export function images(key: string) {
  const path = `https://s1.ticketm.net/dam/a/${hex(`dam/${key}`, 3)}/${uuid(`image/${key}`)}`;
  return sizes.map(([ratio, name, width, height]) => ({
    ratio,
    url: `${path}_${name}`,
    width,
    height,
    fallback: false,
  }));
}

export function classification(name: GenreName, more: Record<string, unknown> = {}) {
  const { segment, genre, subGenre } = genres[name];
  return {
    primary: true,
    segment: { id: SEGMENTS[segment], name: segment },
    genre: pair(genre),
    subGenre: pair(subGenre),
    type: { id: "KZAyXgnZfZ7v7nI", name: "Undefined" },
    subType: { id: "KZFzBErXgnZfZ7v7lJ", name: "Undefined" },
    family: false,
    ...more,
  };
}

function externalLinks(artist: Artist) {
  // The prefix keeps these off the pages of real people.
  const name = `invented-${slug(artist.name)}`;
  const spotify = [{ url: `https://open.spotify.com/artist/${artist.spotifyId}?autoplay=true` }];
  switch (artist.links) {
    case "none":
      return undefined;
    case "spotify":
      return { facebook: [{ url: `https://www.facebook.com/${name}` }], spotify };
    case "musicbrainz":
      return { musicbrainz: [{ id: artist.mbid, url: `https://musicbrainz.org/artist/${artist.mbid}` }] };
    case "wrong":
      return {
        wiki: [{ url: `https://en.wikipedia.org/wiki/${name}_(lighthouse_keeper)` }],
        musicbrainz: [{ id: artist.linkedMbid }],
      };
    case "full":
      return {
        youtube: [{ url: `https://www.youtube.com/user/${name}` }],
        wiki: [{ url: `https://en.wikipedia.org/wiki/${name}` }],
        facebook: [{ url: `https://www.facebook.com/${name}` }],
        spotify,
        musicbrainz: [{ id: artist.mbid }],
        homepage: [{ url: `https://${name}.example/` }],
      };
  }
}

/** How many listings of each source an attraction or venue has. */
export type Upcoming = { ticketmaster: number; tmr: number };

const upcoming = ({ ticketmaster, tmr }: Upcoming) => ({
  ...(tmr > 0 && { tmr }),
  ...(ticketmaster > 0 && { ticketmaster }),
  _total: ticketmaster + tmr,
  _filtered: 0,
});

export function attractionJson(who: Artist | Attraction, count: Upcoming) {
  const id = who.tmAttractionId;
  const links = "key" in who ? externalLinks(who) : undefined;
  const aliases = "aliases" in who ? who.aliases : undefined;
  return {
    name: who.name,
    type: "attraction",
    id,
    test: false,
    url: `https://www.ticketmaster.com/${slug(who.name)}-tickets/artist/${digits(id, 7)}`,
    locale: "en-us",
    ...(links && { externalLinks: links }),
    ...(aliases && { aliases }),
    images: images(id),
    classifications: [classification(who.genre)],
    upcomingEvents: upcoming(count),
    _links: { self: { href: `/discovery/v2/attractions/${id}?locale=en-us` } },
  };
}

/** A resale listing names the same hall by another id. */
export function venueId(venue: Venue, resale: boolean): string {
  return resale
    ? ticketId("ZFr9jZ", `resale/${venue.key}`, 10)
    : ticketId("KovZpZA", `venue/${venue.key}`, 12);
}

export function venueJson(
  venue: Venue,
  resale: boolean,
  count: Upcoming,
  { blanks = false, noPlace = false } = {},
) {
  const id = venueId(venue, resale);
  const country = countries[venue.country];
  const state = {
    ...(venue.state && { name: venue.state }),
    ...(venue.stateCode && { stateCode: venue.stateCode }),
  };
  return {
    name: blanks ? `${venue.name} ` : venue.name,
    type: "venue",
    id,
    test: false,
    ...(!resale && {
      url: `https://www.ticketmaster.${country?.domain ?? "com"}/${slug(venue.name)}-tickets-${slug(venue.city)}/venue/${digits(id, 6)}`,
    }),
    locale: "en-us",
    ...(!noPlace && { postalCode: digits(venue.key, 5) }),
    timezone: venue.zone,
    city: { name: blanks ? ` ${venue.city}` : venue.city },
    ...(venue.state && !noPlace && { state }),
    country: { name: country?.ticketmaster ?? venue.country, countryCode: venue.country },
    ...(!noPlace && {
      address: { line1: `${1 + (hash(venue.key) % 190)} ${venue.city} Quay` },
      location: { longitude: venue.longitude.toFixed(6), latitude: venue.latitude.toFixed(6) },
    }),
    dmas: [{ id: 200 + (hash(venue.city) % 600) }],
    upcomingEvents: upcoming(count),
    _links: { self: { href: `/discovery/v2/venues/${id}?locale=en-us` } },
  };
}
