/**
 * MusicBrainz WS/2: who an artist is, where else they are, and what kind of record each of theirs is. No key; one call a
 * second, and a name and an address in every one. Looked up rather than searched wherever there is an id.
 */
import { unknownIsNothing, UpstreamError } from "../errors.ts";
import { request } from "../http.ts";
import { readEach } from "../lenient.ts";
import { isSpotifyId } from "../spotify/ids.ts";
import type { Upstream, Wiring } from "../upstream.ts";
import {
  artistAnswer,
  artistsAnswer,
  audioTracks,
  groupsPage,
  MBID,
  readArtist,
  readGroup,
  readOwners,
  readRecordings,
  type ReleaseAnswer,
  releasesAnswer,
  urlAnswer,
} from "./answers.ts";
import type { MusicBrainz } from "./nouns.ts";

const DAY = 86_400;
/** The most a browse gives a page. */
const PAGE = 100;
const MOST_GROUPS = 5_000;
/** Enough to meet the plain edition among pressings for other countries; a page holds 500 tracks at most anyway. */
const EDITIONS = 25;
const FOUND = 10;

/** @param upstream undefined: turned off, every call fails as `not-configured` */
export function createMusicBrainz(upstream: Upstream | undefined, wiring: Wiring): MusicBrainz {
  const configured = () => {
    if (!upstream) throw new UpstreamError("musicbrainz", "not-configured", "is turned off");
    return upstream;
  };
  const json = { fmt: "json" };
  return {
    configured: upstream !== undefined,

    async findArtist(mbid, options = {}) {
      if (!MBID.test(mbid)) return undefined;
      const answer = await request(wiring, configured(), {
        path: `/artist/${mbid}`,
        query: { ...json, inc: "url-rels aliases" },
        schema: artistAnswer,
        cache: { seconds: DAY },
        ...options,
      }).catch(unknownIsNothing);
      return answer && readArtist(answer);
    },

    async findBySpotify(spotifyId, options = {}) {
      if (!isSpotifyId(spotifyId)) return [];
      const answer = await request(wiring, configured(), {
        path: "/url",
        query: { ...json, resource: `https://open.spotify.com/artist/${spotifyId}`, inc: "artist-rels" },
        schema: urlAnswer,
        cache: { seconds: DAY },
        ...options,
      }).catch(unknownIsNothing);
      return answer ? readOwners(answer) : [];
    },

    async findArtists(name, options = {}) {
      const asked = name.trim().slice(0, 200);
      if (asked === "") return [];
      const answer = await request(wiring, configured(), {
        path: "/artist",
        query: { ...json, query: `artist:"${asked.replace(/["\\]/g, "\\$&")}"`, limit: String(FOUND) },
        schema: artistsAnswer,
        cache: { seconds: DAY },
        ...options,
      }).catch(unknownIsNothing);
      return answer ? readEach(answer.artists, PAGE, readArtist).read : [];
    },

    async readReleaseGroups(mbid, offset, options = {}) {
      if (!MBID.test(mbid)) throw new RangeError("no MusicBrainz id");
      const answer = await request(wiring, configured(), {
        path: "/release-group",
        query: {
          ...json,
          artist: mbid,
          type: "album|single|ep",
          limit: String(PAGE),
          offset: String(offset),
        },
        schema: groupsPage,
        ...options,
      }).catch(unknownIsNothing);
      if (!answer) return { items: [], total: 0 };
      const entries = answer["release-groups"];
      const count = answer["release-group-count"];
      const next = offset + entries.length;
      const more = entries.length > 0 && next < Math.min(count, MOST_GROUPS);
      return { items: readEach(entries, PAGE, readGroup).read, total: count, ...(more && { next }) };
    },

    async readReleaseGroup(mbid, options = {}) {
      if (!MBID.test(mbid)) throw new RangeError("no MusicBrainz id");
      const answer = await request(wiring, configured(), {
        path: "/release",
        query: {
          ...json,
          "release-group": mbid,
          status: "official",
          inc: "recordings artist-credits",
          limit: String(EDITIONS),
        },
        schema: releasesAnswer,
        ...options,
      }).catch(nothingOrRejected);
      const edition = answer && plainest(answer.releases);
      return edition ? readRecordings(edition) : [];
    },
  };
}

/** The earliest edition; of one day's, the one with the fewest tracks, which has no bonus. */
function plainest(editions: ReleaseAnswer[]): ReleaseAnswer | undefined {
  const length = (edition: ReleaseAnswer) => audioTracks(edition).length;
  // A year alone comes after that year's days.
  const day = ({ date }: ReleaseAnswer) => `${date || "9999"}-99`;
  return editions
    .filter((edition) => length(edition) > 0)
    .sort((a, b) => compare(day(a), day(b)) || length(a) - length(b) || compare(a.id, b.id))[0];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One release group that MusicBrainz does not take costs that group only. */
function nothingOrRejected(error: unknown): undefined {
  if (error instanceof UpstreamError && error.kind === "rejected") return undefined;
  return unknownIsNothing(error);
}
