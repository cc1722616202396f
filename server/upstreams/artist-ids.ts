/** Ids of artists as people paste them: the id itself, or the address of the artist's page. */
import type { Service } from "#rules/artists";
import { artistUrl } from "./musicbrainz/address.ts";
import { isSpotifyId, readSpotifyId } from "./spotify/ids.ts";

const MBID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @returns the id, or undefined for what cannot be an artist's there */
export function readArtistId(service: Service, text: string): string | undefined {
  const value = text.trim().slice(0, 500);
  if (service === "spotify") return isSpotifyId(value) ? value : readSpotifyId(value);
  // setlist.fm's addresses have ids of their own, by which it cannot be asked: it knows artists by their mbid.
  const mbid = value
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.|beta\.)?musicbrainz\.org\/artist\//, "")
    .replace(/[/?#].*$/, "");
  return MBID.test(mbid) ? mbid : undefined;
}

/** What such an id looks like, for whoever typed something else. */
export const idHints: Record<Service, string> = {
  spotify: "Give the address of the artist’s page at open.spotify.com, or its id of 22 letters and digits.",
  musicbrainz: "Give the address of the artist’s page at musicbrainz.org, or the mbid in it.",
  setlistfm:
    "setlist.fm knows artists by their MusicBrainz id: give the address of their page at musicbrainz.org.",
};

/** Where an artist's page stands, as far as the id tells. */
export function addressOf(service: Service, id: string): string | undefined {
  if (service === "spotify") return `https://open.spotify.com/artist/${id}`;
  return service === "musicbrainz" ? artistUrl(id) : undefined;
}
