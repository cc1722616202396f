/** Questions about artists, and the wish to import one. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { artistExists } from "#db/queries/artists";
import { findArtistBySlug, listRecentArtists } from "#db/queries/artist-lists";
import { listSources } from "#db/queries/artist-sources";
import { isFollowing } from "#db/queries/follows";
import { findImportStatus } from "#db/queries/imports";
import { listArtistShows, SHOWS_A_PAGE } from "#db/queries/shows";
import { listPastSetlists, PAST_SETLISTS_A_PAGE } from "#db/queries/past-setlists";
import { artistIdOf, unknownArtist } from "../artist-of.ts";
import { decodeCursor, page } from "../cursor.ts";
import { startImport } from "../import-artist.ts";
import { attractionIdInput, cursorInput, idInput, isUuid, localDate, slugInput } from "../inputs.ts";
import { publicProcedure, router } from "../trpc.ts";
import { artistSearch } from "./artist-search.ts";
import { artistRecordings, artistSongs } from "./artist-songs.ts";

const RECENT = 12;
const pastCursor = z.object({ localDate, id: z.uuid() });

export const artistRouter = router({
  search: artistSearch,

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
    .mutation(async ({ ctx, input }) => {
      const { joined: _joined, ...started } = await startImport(ctx, input.tmAttractionId);
      return started;
    }),

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
    const me = await ctx.fan();
    const [sources, rows, following] = await Promise.all([
      listSources(ctx.db, artist.id),
      listArtistShows(ctx.db, { artistId: artist.id, when: "coming" }),
      me ? isFollowing(ctx.db, { fanId: me.id, artistId: artist.id }) : false,
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
      following,
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
