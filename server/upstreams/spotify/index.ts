/** Spotify's Web API as the poorest key gets it: ten a page, no batches; what a key does not get is asked once a month. */
import type { z } from "zod";
import { closeFeature, isClosed } from "#db/queries/upstream-closed";
import { unknownIsNothing, UpstreamError } from "../errors.ts";
import { type Call, request } from "../http.ts";
import { definedOnly, readEach } from "../lenient.ts";
import type { Upstream, Wiring } from "../upstream.ts";
import {
  albumAnswer,
  albumsPage,
  artistAnswer,
  artistsAnswer,
  featuresAnswer,
  readAlbum,
  readArtist,
  readFeatures,
  readTrack,
  tracksAnswer,
  tracksPage,
} from "./answers.ts";
import { isSpotifyId } from "./ids.ts";
import type { Spotify, SpotifyTrack, TrackDetails } from "./nouns.ts";

const DAY = 86_400;
/** The most a page holds, and what every key gets (Spotify's migration guide of February 2026). */
const PAGE = 50;
const POOR_PAGE = 10;
/** No release of music has more tracks; a list that goes on is broken. */
const MOST_TRACKS = 1_000;
const MOST_RELEASES = 5_000;
const MOST_FEATURES = 100;

/** @param upstream undefined: no key is set, every call fails as `not-configured` */
export function createSpotify(upstream: Upstream | undefined, wiring: Wiring): Spotify {
  const configured = () => {
    if (!upstream) throw new UpstreamError("spotify", "not-configured", "has no key set");
    return upstream;
  };
  const ask = <T extends z.ZodType>(call: Call<T>) => request(wiring, configured(), call);
  const feature = (name: string) => ({ upstream: "spotify", keyHash: configured().keyHash, feature: name });

  /** A page as long as the key gets it. A refused length is asked for once a month. */
  async function page<T extends z.ZodType>(name: string, call: Call<T>): Promise<z.infer<T>> {
    const long = feature(`${name} by ${PAGE}`);
    const sized = (limit: number) => ask({ ...call, query: { ...call.query, limit: String(limit) } });
    if (await isClosed(wiring.db, long)) return sized(POOR_PAGE);
    try {
      return await sized(PAGE);
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.kind !== "rejected" || error.status !== 400) throw error;
      const short = await sized(POOR_PAGE);
      // Not before ten were given: a 400 may have meant something else.
      await closeFeature(wiring.db, { ...long, reason: error.message });
      return short;
    }
  }

  /** What most keys do not get: undefined, asked once a month. */
  async function optional<T extends z.ZodType>(name: string, call: Call<T>): Promise<z.infer<T> | undefined> {
    const closed = feature(name);
    if (await isClosed(wiring.db, closed)) return undefined;
    try {
      return await ask({ ...call, optional: true });
    } catch (error) {
      if (!(error instanceof UpstreamError) || !["rejected", "not-found"].includes(error.kind)) throw error;
      await closeFeature(wiring.db, { ...closed, reason: error.message });
      return undefined;
    }
  }

  return {
    configured: upstream !== undefined,

    async findArtists(name, options = {}) {
      const q = name.trim().slice(0, 200);
      if (q === "") return [];
      const answer = await ask({
        path: "/search",
        query: { type: "artist", q, limit: String(POOR_PAGE) },
        schema: artistsAnswer,
        cache: { seconds: DAY },
        ...options,
      });
      return readEach(answer.artists.items, PAGE, readArtist).read;
    },

    async findArtist(id, options = {}) {
      if (!isSpotifyId(id)) return undefined;
      const call = { path: `/artists/${id}`, query: {}, schema: artistAnswer, cache: { seconds: DAY } };
      return readArtist(await ask({ ...call, ...options }).catch(unknownIsNothing));
    },

    async readAlbums(artistId, offset, options = {}) {
      const answer = await page("albums", {
        path: `/artists/${spotifyId(artistId)}/albums`,
        query: { include_groups: "album,single,compilation", offset: String(offset) },
        schema: albumsPage,
        ...options,
      }).catch(unknownIsNothing);
      if (!answer) return { albums: [], total: 0 };
      const next = offset + answer.items.length;
      const more = answer.items.length > 0 && next < Math.min(answer.total, MOST_RELEASES);
      return {
        albums: readEach(answer.items, PAGE, readAlbum).read,
        total: answer.total,
        ...(more && { next }),
      };
    },

    async readTracks(albumId, options = {}) {
      const id = spotifyId(albumId);
      const first = await ask({ path: `/albums/${id}`, query: {}, schema: albumAnswer, ...options }).catch(
        unknownIsNothing,
      );
      if (!first) return undefined;
      const tracks: SpotifyTrack[] = [];
      const { total } = first.tracks;
      let { items } = first.tracks;
      for (let read = 0; items.length > 0;) {
        tracks.push(...readEach(items, PAGE, readTrack).read);
        read += items.length;
        if (read >= Math.min(total, MOST_TRACKS)) break;
        const query = { offset: String(read) };
        ({ items } = await page("tracks", {
          path: `/albums/${id}/tracks`,
          query,
          schema: tracksPage,
          ...options,
        }));
      }
      return tracks;
    },

    async readTrackDetails(trackIds, options = {}) {
      const ids = trackIds.filter(isSpotifyId).slice(0, PAGE);
      if (ids.length === 0) return new Map();
      const query = { ids: ids.join(",") };
      const answer = await optional("batches of tracks", {
        path: "/tracks",
        query,
        schema: tracksAnswer,
        ...options,
      });
      if (!answer) return undefined;
      const { read } = readEach(answer.tracks, PAGE, readTrack);
      return new Map(
        read.map(({ id, isrc, popularity }) => [id, definedOnly({ isrc, popularity }) as TrackDetails]),
      );
    },

    async readAudioFeatures(trackIds, options = {}) {
      const ids = trackIds.filter(isSpotifyId).slice(0, MOST_FEATURES);
      if (ids.length === 0) return new Map();
      const query = { ids: ids.join(",") };
      const call = { path: "/audio-features", query, schema: featuresAnswer, ...options };
      const answer = await optional("audio features", call);
      return answer && readFeatures(answer);
    },
  };
}

function spotifyId(id: string): string {
  if (!isSpotifyId(id)) throw new RangeError("no Spotify id");
  return id;
}
