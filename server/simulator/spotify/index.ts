/** Spotify's Web API, as strict as the real one, for a full key, one in development mode, or an owner without Premium. */
import { json, type Answer, type Ask, type Refusal, type Service } from "../service.ts";
import { makeLimits } from "../limits.ts";
import { discographyOf, type Release } from "../world/discography.ts";
import type { World } from "../world/index.ts";
import type { Artist } from "../world/types.ts";
import { albumJson, artistJson, featuresJson, page, trackJson } from "./shapes.ts";

/** What the key gets; `refused`: its owner has no Premium. */
export const spotifyKeys = ["development", "full", "refused"] as const;
export type SpotifyKey = (typeof spotifyKeys)[number];

/** Calls a second that a window of 30 s allows on average; the real figure is not published. */
const PER_SECOND = 5;
const TRACKS_OF_ALBUM = 50;

const error = (status: number, message?: string): Answer =>
  json(status, { error: { status, ...(message && { message }) } });

function refuse(kind: Refusal): Answer {
  switch (kind) {
    case "401":
      return error(401, "Invalid access token");
    case "403":
      return error(403, "Forbidden");
    case "429-spike":
      return { ...error(429, "API rate limit exceeded"), headers: { "retry-after": "2" } };
    case "429-quota":
      return { ...error(429, "API rate limit exceeded"), headers: { "retry-after": "79892" } };
    case "500":
      return error(500, "Server error");
    case "503":
      return error(503, "Service unavailable");
    case "not-found":
      return error(404, "Resource not found");
  }
}

/** @param keyOf what the key gets now; @param takes whether an access token is good now */
export function spotify(
  world: World,
  keyOf: () => SpotifyKey,
  takes: (bearer: string) => boolean,
  rateFactor: number,
): Service {
  const limits = makeLimits(PER_SECOND * rateFactor, 1_000_000, true);
  const artists = world.artists.filter(({ albums }) => albums.length > 0);
  const byId = new Map(artists.map((artist) => [artist.spotifyId, artist]));
  let releases: Map<string, { artist: Artist; release: Release }> | undefined;
  const find = (id: string) => {
    releases ??= new Map(
      artists.flatMap((artist) =>
        discographyOf(artist).map((release) => [release.id, { artist, release }] as const),
      ),
    );
    return releases.get(id);
  };

  /** `limit` and `offset`; a poor key gets ten a page. */
  function window(query: URLSearchParams, most: number, usual: number) {
    const limit = Number(query.get("limit") ?? usual);
    const offset = Number(query.get("offset") ?? 0);
    const good =
      Number.isInteger(limit) && limit >= 1 && limit <= most && Number.isInteger(offset) && offset >= 0;
    return good ? { limit, offset } : undefined;
  }

  function search({ query }: Ask, key: "full" | "development"): Answer {
    const at = window(query, key === "full" ? 50 : 10, key === "full" ? 20 : 5);
    if (!at) return error(400, "Invalid limit");
    const q = (query.get("q") ?? "").toLowerCase().trim();
    if (q === "" || query.get("type") !== "artist") return error(400, "No search query");
    const words = q.split(/\s+/);
    const rank = ({ name }: Artist) =>
      name.toLowerCase() === q ? 0 : name.toLowerCase().startsWith(q) ? 1 : 2;
    const found = artists
      .filter(({ name }) => words.some((word) => name.toLowerCase().includes(word)))
      .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
    const items = found.slice(at.offset, at.offset + at.limit).map((artist) => artistJson(artist, key));
    return json(200, { artists: page("/search", items, found.length, at.limit, at.offset) });
  }

  function albums(artist: Artist, { path, query }: Ask, key: "full" | "development"): Answer {
    const at = window(query, key === "full" ? 50 : 10, 5);
    if (!at) return error(400, "Invalid limit");
    const groups = (query.get("include_groups") ?? "album,single,compilation").split(",");
    const all = discographyOf(artist).filter(({ type }) => groups.includes(type));
    const items = all
      .slice(at.offset, at.offset + at.limit)
      .map((release) => albumJson(artist, release, key));
    return json(200, page(path, items, all.length, at.limit, at.offset));
  }

  function tracks(
    found: { artist: Artist; release: Release },
    ask: Ask,
    key: "full" | "development",
  ): Answer {
    const at = window(ask.query, 50, 20);
    if (!at) return error(400, "Invalid limit");
    const all = found.release.tracks;
    const items = all
      .slice(at.offset, at.offset + at.limit)
      .map((track) => trackJson(found.artist, track, key));
    return json(200, page(ask.path, items, all.length, at.limit, at.offset));
  }

  function whole(
    { artist, release }: { artist: Artist; release: Release },
    key: "full" | "development",
  ): Answer {
    const first = release.tracks.slice(0, TRACKS_OF_ALBUM).map((track) => trackJson(artist, track, key));
    const path = `/albums/${release.id}/tracks`;
    const tracks = page(path, first, release.tracks.length, TRACKS_OF_ALBUM, 0);
    return json(200, { ...albumJson(artist, release, key), copyrights: [], tracks });
  }

  function features({ query }: Ask): Answer {
    const ids = (query.get("ids") ?? "").split(",");
    const all = artists.flatMap((artist) => discographyOf(artist));
    const heard = ids.map((id) => {
      const release = all.find(({ tracks }) => tracks.some((track) => track.id === id));
      const track = release?.tracks.find((track) => track.id === id);
      return release && track ? featuresJson(track, release.secondary.includes("Live")) : null;
    });
    return json(200, { audio_features: heard });
  }

  function batch({ query }: Ask): Answer {
    const ids = (query.get("ids") ?? "").split(",");
    if (ids.length > 50) return error(400, "Too many ids requested");
    const all = artists.flatMap((artist) =>
      discographyOf(artist).flatMap(({ tracks }) =>
        tracks.map((track) => [track.id, { artist, track }] as const),
      ),
    );
    const byTrack = new Map(all);
    const found = ids.map((id) => byTrack.get(id));
    return json(200, {
      tracks: found.map((one) => (one ? trackJson(one.artist, one.track, "full", true) : null)),
    });
  }

  return {
    base: "/spotify/v1",
    refuse,
    keyless: ({ path, query }) => (query.size > 0 ? `${path}?${query}` : path),
    answer(ask) {
      const bearer = /^Bearer (.+)$/.exec(ask.header("authorization") ?? "")?.[1];
      if (!takes(bearer ?? "")) return error(401, "The access token expired");
      const key = keyOf();
      if (key === "refused") {
        const body = "Active premium subscription required for the owner of the app.";
        return { status: 403, headers: { "content-type": "text/plain" }, body };
      }
      const taken = limits.take(ask.now);
      if (taken !== "ok") return refuse("429-spike");
      const [, kind, id = "", more, ...rest] = ask.path.split("/");
      if (rest.length > 0) return refuse("not-found");
      if (kind === "search" && id === "") return search(ask, key);
      if (kind === "audio-features" && id === "") return key === "full" ? features(ask) : error(403);
      if (kind === "tracks" && id === "" && key === "full") return batch(ask);
      if (["artists", "albums", "tracks"].includes(kind ?? "") && id === "") return error(403, "Forbidden");
      const artist = kind === "artists" ? byId.get(id) : undefined;
      if (artist && !more) return json(200, artistJson(artist, key));
      if (artist && more === "albums") return albums(artist, ask, key);
      const found = kind === "albums" ? find(id) : undefined;
      if (found && !more) return whole(found, key);
      if (found && more === "tracks") return tracks(found, ask, key);
      return refuse("not-found");
    },
  };
}
