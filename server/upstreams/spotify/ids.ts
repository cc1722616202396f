/** Spotify's ids: 22 characters of base62, case matters. */

const ID = /^[0-9A-Za-z]{22}$/;

export const isSpotifyId = (text: string): boolean => ID.test(text);

/**
 * The artist's id in `spotify:artist:…` or in an address of open.spotify.com, with or without `intl-xx/` and query;
 * undefined for anything else.
 */
export function readSpotifyId(text: string): string | undefined {
  const value = text.trim().slice(0, 500);
  const uri = /^spotify:artist:([0-9A-Za-z]{22})$/.exec(value);
  if (uri) return uri[1];
  if (!URL.canParse(value)) return undefined;
  const { protocol, hostname, pathname } = new URL(value);
  if (!/^https?:$/.test(protocol) || !["open.spotify.com", "play.spotify.com"].includes(hostname))
    return undefined;
  return /^\/(?:intl-[a-z-]{2,7}\/)?artist\/([0-9A-Za-z]{22})\/?$/.exec(pathname)?.[1];
}
