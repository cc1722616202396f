/** Questions about artists, and the wish to import one. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { artistExists } from "#db/queries/artists";
import { findArtistBySlug, listRecentArtists, searchArtists } from "#db/queries/artist-lists";
import { listArtistsByTicketmaster, listSources } from "#db/queries/artist-sources";
import { findImportStatus } from "#db/queries/imports";
import { listArtistShows, SHOWS_A_PAGE } from "#db/queries/shows";
import { listPastSetlists, PAST_SETLISTS_A_PAGE } from "#db/queries/past-setlists";
import { clean, nameKey } from "#rules/text";
import { artistIdOf, unknownArtist } from "../artist-of.ts";
import type { Context } from "../context.ts";
import { decodeCursor, page } from "../cursor.ts";
import { startImport } from "../import-artist.ts";
import { attractionIdInput, cursorInput, idInput, isUuid, localDate, slugInput } from "../inputs.ts";
import { secondsLeft } from "../limits.ts";
import { publicProcedure, router } from "../trpc.ts";
import { UpstreamError } from "../upstreams/errors.ts";
import type { Attraction } from "../upstreams/index.ts";
import { artistRecordings, artistSongs } from "./artist-songs.ts";

const LOCAL_HITS = 20;
const RECENT = 12;
const pastCursor = z.object({ localDate, id: z.uuid() });

export type FoundArtist = {
  name: string;
  tmAttractionId: string;
  /** only for artists that are here */
  slug: string | null;
  imageUrl: string | null;
  genre: string | null;
  /** coming events by Ticketmaster's count, for artists found there */
  upcoming: number | null;
  imported: boolean;
};

export const artistRouter = router({
  search: publicProcedure.input(z.object({ q: z.string().max(500) })).query(async ({ ctx, input }) => {
    const q = clean(input.q, 100);
    const key = nameKey(q);
    if (key === "") return { artists: [] as FoundArtist[], upstream: "skipped" as const };
    const [local, upstream] = await Promise.all([
      searchArtists(ctx.db, key, LOCAL_HITS),
      askUpstream(ctx, q),
    ]);
    const shown = new Set(local.map((artist) => artist.tmAttractionId));
    const others = upstream.attractions.filter((attraction) => !shown.has(attraction.id));
    // Ticketmaster finds by other spellings too: what it names and we have is ours as well.
    const ours = new Map(
      (
        await listArtistsByTicketmaster(
          ctx.db,
          others.map((other) => other.id),
        )
      ).map((row) => [row.tmAttractionId, row]),
    );
    const artists: FoundArtist[] = [
      ...local.map((artist) => ({ ...artist, name: artist.name ?? "", upcoming: null, imported: true })),
      ...others.map((other) => ({
        name: ours.get(other.id)?.name ?? other.name,
        tmAttractionId: other.id,
        slug: ours.get(other.id)?.slug ?? null,
        imageUrl: other.imageUrl ?? null,
        genre: other.genre ?? null,
        upcoming: other.upcoming ?? null,
        imported: ours.has(other.id),
      })),
    ];
    return {
      artists,
      upstream: upstream.state,
      until: upstream.until,
      reason: upstream.reason,
    };
  }),

  recent: publicProcedure.query(async ({ ctx }) => ({
    artists: (await listRecentArtists(ctx.db, RECENT, ctx.settings.keepDays)).map((artist) => {
      const { nextDate, nextCity, nextVenue, ...rest } = artist;
      return {
        ...rest,
        name: artist.name ?? "",
        coming: Number(artist.coming ?? 0),
        pastSetlists: Number(artist.pastSetlists ?? 0),
        nextShow: nextDate ? { localDate: nextDate, city: nextCity, venueName: nextVenue } : null,
      };
    }),
  })),

  import: publicProcedure
    .input(z.object({ tmAttractionId: attractionIdInput }))
    .mutation(({ ctx, input }) => startImport(ctx, input.tmAttractionId)),

  importStatus: publicProcedure.input(z.object({ artistId: idInput })).query(async ({ ctx, input }) => {
    const found = isUuid(input.artistId) ? await findImportStatus(ctx.db, input.artistId) : undefined;
    if (!found) throw new TRPCError({ code: "NOT_FOUND", message: "There is no import of such an artist." });
    const { revision: _revision, ...status } = found;
    return status;
  }),

  /** For the stream's guard: an artist that exists but was never imported has a stream with nothing in it yet. */
  exists: publicProcedure.input(z.object({ artistId: idInput })).query(async ({ ctx, input }) => {
    if (!isUuid(input.artistId) || !(await artistExists(ctx.db, input.artistId))) throw unknownArtist();
    return { artistId: input.artistId };
  }),

  bySlug: publicProcedure.input(z.object({ slug: slugInput })).query(async ({ ctx, input }) => {
    const artist = await findArtistBySlug(ctx.db, input.slug, ctx.settings.keepDays);
    if (!artist) throw unknownArtist();
    const [sources, rows] = await Promise.all([
      listSources(ctx.db, artist.id),
      listArtistShows(ctx.db, { artistId: artist.id, when: "coming" }),
    ]);
    const shows = page(rows, SHOWS_A_PAGE, (last) => ({ localDate: last.localDate, id: last.id }));
    const idAt = (source: string) => sources.find((row) => row.source === source)?.sourceId;
    return {
      artist: {
        ...artist,
        pastSetlists: Number(artist.pastSetlists ?? 0),
        songs: Number(artist.songs ?? 0),
        tmAttractionId: idAt("ticketmaster") ?? "",
        mbid: idAt("musicbrainz") ?? idAt("setlistfm"),
        spotifyId: idAt("spotify"),
        matches: sources.map(({ source, name, url, score }) => ({ source, name, url, score })),
      },
      shows: shows.rows,
      nextCursor: shows.nextCursor,
    };
  }),

  pastSetlists: publicProcedure
    .input(z.object({ slug: slugInput, cursor: cursorInput }))
    .query(async ({ ctx, input }) => {
      const { keepDays } = ctx.settings;
      const artistId = await artistIdOf(ctx.db, input.slug);
      const after = decodeCursor(pastCursor, input.cursor);
      const rows = await listPastSetlists(ctx.db, { artistId, keepDays, after });
      const shown = page(rows, PAST_SETLISTS_A_PAGE, (last) => ({ localDate: last.localDate, id: last.id }));
      return {
        pastSetlists: shown.rows.map((row) => ({ ...row, songs: row.songs ?? [] })),
        nextCursor: shown.nextCursor,
      };
    }),

  songs: artistSongs,
  recordings: artistRecordings,
});

type UpstreamAnswer = {
  attractions: Attraction[];
  state: "ok" | "unavailable" | "skipped";
  until?: Date;
  /** why it was not asked, where that is not the upstream's doing */
  reason?: string;
};

/**
 * Visitors' searches may use half of the day's calls at most; the rest is for imports. Past the limit on searches what is
 * here is still found.
 */
async function askUpstream(ctx: Context, q: string): Promise<UpstreamAnswer> {
  try {
    await ctx.limits.take("search", ctx.visitor.address);
  } catch (error) {
    const seconds = secondsLeft(error);
    if (seconds === undefined) throw error;
    const until = new Date(Date.now() + seconds * 1000);
    return { attractions: [], state: "unavailable", until, reason: (error as TRPCError).message };
  }
  try {
    return {
      attractions: await ctx.upstreams.ticketmaster.findAttractions(q, {
        urgent: true,
        share: 0.5,
        signal: ctx.signal,
      }),
      state: "ok",
    };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const state = error.kind === "not-configured" ? "skipped" : "unavailable";
    return { attractions: [], state, until: error.until };
  }
}
