/** setlist.fm REST 1.0: artists by name or mbid, and what they played. Nothing found is a 404 there. */
import type { Candidate } from "#rules/artists";
import { unknownIsNothing, UpstreamError } from "../errors.ts";
import { request } from "../http.ts";
import { readEach } from "../lenient.ts";
import type { CallOptions, Upstream, Wiring } from "../upstream.ts";
import {
  artistAnswer,
  artistsPage,
  MBID,
  type PlayedSetlist,
  readCandidate,
  readSetlists,
  setlistsPage,
} from "./setlists.ts";

export type SetlistsPage = {
  /** setlists of the artist in all */
  total: number;
  /** from 1 */
  page: number;
  pages: number;
  setlists: PlayedSetlist[];
  /** entries of this page that could not be read */
  unreadable: number;
};

export type Setlistfm = {
  configured: boolean;
  /** By name, most relevant first, at most 30. */
  findArtists(name: string, options?: CallOptions): Promise<Candidate[]>;
  /** By mbid; the answer's id may be another one, where MusicBrainz merged two artists. */
  findArtist(mbid: string, options?: CallOptions): Promise<Candidate | undefined>;
  /** A page of an artist's setlists, newest date first, announced ones among them. */
  pastSetlists(mbid: string, page: number, options?: CallOptions): Promise<SetlistsPage>;
};

const DAY = 86_400;
/** More than any page holds today (20 setlists, 30 artists); beyond it an answer is nonsense. */
const ENTRIES = 100;
/** setlist.fm gives at most 10,000 setlists of a query. */
const MAX_PAGES = 500;

/** @param upstream undefined: no key is set, every call fails as `not-configured` */
export function createSetlistfm(upstream: Upstream | undefined, wiring: Wiring): Setlistfm {
  const configured = () => {
    if (!upstream) throw new UpstreamError("setlistfm", "not-configured", "has no key set");
    return upstream;
  };
  return {
    configured: upstream !== undefined,

    async findArtists(name, options = {}) {
      const artistName = name.trim().slice(0, 200);
      if (artistName === "") return [];
      const answer = await request(wiring, configured(), {
        path: "/search/artists",
        // The default order is alphabetical.
        query: { artistName, sort: "relevance", p: "1" },
        schema: artistsPage,
        cache: { seconds: DAY },
        ...options,
      }).catch(unknownIsNothing);
      return answer ? readEach(answer.artist, ENTRIES, readCandidate).read : [];
    },

    async findArtist(mbid, options = {}) {
      if (!MBID.test(mbid)) return undefined;
      const answer = await request(wiring, configured(), {
        path: `/artist/${mbid}`,
        query: {},
        schema: artistAnswer,
        cache: { seconds: DAY },
        ...options,
      }).catch(unknownIsNothing);
      return answer && readCandidate(answer);
    },

    async pastSetlists(mbid, page, options = {}) {
      if (upstream && !MBID.test(mbid)) throw new RangeError("no MusicBrainz id");
      const answer = await request(wiring, configured(), {
        path: `/artist/${mbid}/setlists`,
        query: { p: String(page) },
        schema: setlistsPage,
        ...options,
      }).catch(unknownIsNothing);
      if (!answer) return { total: 0, page, pages: 0, setlists: [], unreadable: 0 };
      const { setlists, unreadable } = readSetlists(answer.setlist, ENTRIES);
      const pages = Math.min(Math.ceil(answer.total / answer.itemsPerPage), MAX_PAGES);
      return { total: answer.total, page, pages, setlists, unreadable };
    },
  };
}
