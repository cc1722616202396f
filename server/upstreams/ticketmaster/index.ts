/** Ticketmaster Discovery API v2: artists (attractions) and their listings (events). */
import type { Listing } from "#rules/events";
import { unknownIsNothing, UpstreamError } from "../errors.ts";
import { request } from "../http.ts";
import type { CallOptions, Upstream, Wiring } from "../upstream.ts";
import {
  type Attraction,
  attractionAnswer,
  attractionsPage,
  ID,
  readArtists,
  readAttraction,
  SEGMENT_MUSIC,
} from "./attractions.ts";
import { pagesOfEvents } from "./pages.ts";

export type ListingsPage = {
  listings: Listing[];
  /** calls made so far and expected in all, from 1: a measure of progress, never falling */
  page: number;
  pages: number;
  /** dated events by the seller's own count */
  total: number;
  /** entries of this page that could not be read */
  unreadable: number;
  /**
   * the seller has more, here or on an earlier page, than it lets us read; the last page's word stands for the whole:
   * what is missing from a truncated answer is not gone
   */
  truncated: boolean;
};

export type Ticketmaster = {
  configured: boolean;
  /** Artists by name, the seller's order of relevance, at most 20. */
  findAttractions(q: string, options?: CallOptions): Promise<Attraction[]>;
  /** By id; undefined when Ticketmaster knows none. An id that cannot be one is not asked about. */
  findAttraction(id: string, options?: CallOptions): Promise<Attraction | undefined>;
  /**
   * All coming listings of an artist, a call a page, undated ones (postponed, to be announced) last. No listing twice.
   * A failed call ends it by throwing; what was yielded before stands.
   */
  events(attractionId: string, options?: CallOptions): AsyncGenerator<ListingsPage, void, void>;
};

const HOUR = 3600;

/** @param upstream undefined: no key is set, every call fails as `not-configured` */
export function createTicketmaster(upstream: Upstream | undefined, wiring: Wiring): Ticketmaster {
  const configured = () => {
    if (!upstream) throw new UpstreamError("ticketmaster", "not-configured", "has no key set");
    return upstream;
  };
  return {
    configured: upstream !== undefined,

    async findAttractions(q, options = {}) {
      const keyword = q.trim().slice(0, 200);
      if (keyword === "") return [];
      const page = await request(wiring, configured(), {
        path: "/attractions.json",
        // segmentId keeps out the films and plays that classificationName=music lets in.
        query: { keyword, segmentId: SEGMENT_MUSIC, size: "20" },
        schema: attractionsPage,
        cache: { seconds: HOUR / 6 },
        ...options,
      });
      return readArtists(page._embedded?.attractions ?? [], 20);
    },

    async findAttraction(id, options = {}) {
      if (!ID.test(id)) return undefined;
      const answer = await request(wiring, configured(), {
        path: `/attractions/${id}.json`,
        query: {},
        schema: attractionAnswer,
        cache: { seconds: HOUR },
        ...options,
      }).catch(unknownIsNothing);
      return answer && readAttraction(answer);
    },

    async *events(attractionId, options = {}) {
      if (!ID.test(attractionId)) throw new RangeError("no Ticketmaster attraction id");
      yield* pagesOfEvents(wiring, configured(), attractionId, options);
    },
  };
}
