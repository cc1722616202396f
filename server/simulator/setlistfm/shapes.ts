/** Artists, venues and setlists as setlist.fm writes them. */
import { slug } from "../ticketmaster/nouns.ts";
import { countries } from "../world/places.ts";
import { digits, hash, hex } from "../world/random.ts";
import type { PastSetlist, Person, PlayedSet, PlayedSong, Venue } from "../world/types.ts";

const SITE = "https://www.setlist.fm";

/** `2026-11-24T20:00:00.000+0000`: an offset without a colon. */
export function timestamp(instant: number): string {
  return new Date(instant).toISOString().replace("Z", "+0000");
}

export function artistJson({ mbid, name, sortName, disambiguation }: Person) {
  const url = `${SITE}/setlists/${slug(name)}-${hex(`page/${mbid}`, 8)}.html`;
  // Where there is none, it is sometimes "" and sometimes missing.
  const told = disambiguation !== "" || hash(mbid) % 2 === 0;
  return { mbid, name, sortName, ...(told && { disambiguation }), url };
}

function where({ name, city, country }: Venue): string {
  return slug(`${name} ${city} ${countries[country]?.setlistfm ?? country}`);
}

/** A hall somebody entered with its town in the name and none beside it. */
const TOWNLESS = "Das Souterrain";

function venueJson(venue: Venue) {
  const id = hex(`hall/${venue.key}`, 7 + (venue.name.length % 2));
  const url = `${SITE}/venue/${where(venue)}-${id}.html`;
  if (venue.name === TOWNLESS) return { id, name: `${venue.name}, ${venue.city}`, url };
  return {
    id,
    name: venue.name,
    city: {
      id: digits(`city/${venue.city}`, 7),
      name: venue.city,
      ...(venue.state && { state: venue.state }),
      ...(venue.stateCode && { stateCode: venue.stateCode }),
      coords: { lat: venue.latitude, long: venue.longitude },
      country: { code: venue.country, name: countries[venue.country]?.setlistfm ?? venue.country },
    },
    url,
  };
}

function songJson({ cover, with: guest, ...song }: PlayedSong) {
  const { name, tape, info } = song;
  return {
    name,
    ...(tape && { tape }),
    ...(guest && { with: artistJson(guest) }),
    ...(cover && { cover: artistJson(cover) }),
    ...(info && { info }),
  };
}

function setJson({ name, encore, songs }: PlayedSet) {
  return {
    ...(name && { name }),
    ...(encore !== undefined && { encore }),
    song: songs.map(songJson),
  };
}

export function setlistJson({
  id,
  versionId,
  show,
  date,
  artist,
  tour,
  info,
  sets,
  lastUpdated,
}: PastSetlist) {
  const [year, month, day] = date.split("-");
  return {
    id,
    versionId,
    eventDate: `${day}-${month}-${year}`,
    lastUpdated: timestamp(lastUpdated),
    artist: artistJson(artist),
    venue: venueJson(show.venue),
    ...(tour && { tour: { name: tour } }),
    sets: { set: sets.map(setJson) },
    ...(info && { info }),
    url: `${SITE}/setlist/${slug(artist.name)}/${year}/${where(show.venue)}-${id}.html`,
  };
}
