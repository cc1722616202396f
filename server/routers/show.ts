/** Questions about shows. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { findResult } from "#db/queries/results";
import { listLastPlayed } from "#db/queries/past-setlists";
import { findSetlist } from "#db/queries/setlists";
import { findShowBySlug, listArtistShows, listSoonShows, SHOWS_A_PAGE } from "#db/queries/shows";
import { artistIdOf } from "../artist-of.ts";
import { decodeCursor, page } from "../cursor.ts";
import { cursorInput, idInput, isUuid, showCursor, slugInput } from "../inputs.ts";
import { resultOf } from "../show-result.ts";
import { publicProcedure, router } from "../trpc.ts";

const SOON = 8;

export const showRouter = router({
  list: publicProcedure
    .input(z.object({ artistSlug: slugInput, when: z.enum(["coming", "past"]), cursor: cursorInput }))
    .query(async ({ ctx, input }) => {
      const artistId = await artistIdOf(ctx.db, input.artistSlug);
      const after = decodeCursor(showCursor, input.cursor);
      const rows = await listArtistShows(ctx.db, { artistId, when: input.when, after });
      const shown = page(rows, SHOWS_A_PAGE, (last) => ({ localDate: last.localDate, id: last.id }));
      return { shows: shown.rows, nextCursor: shown.nextCursor };
    }),

  soon: publicProcedure.query(async ({ ctx }) => ({ shows: await listSoonShows(ctx.db, SOON) })),

  /** For each song of the setlist the page of the show it was last played at, as far as it may be shown. */
  lastPlayed: publicProcedure.input(z.object({ showId: idInput })).query(async ({ ctx, input }) => {
    const { keepDays } = ctx.settings;
    return {
      songs: isUuid(input.showId) ? await listLastPlayed(ctx.db, { showId: input.showId, keepDays }) : [],
    };
  }),

  bySlug: publicProcedure.input(z.object({ slug: slugInput })).query(async ({ ctx, input }) => {
    const row = await findShowBySlug(ctx.db, input.slug);
    if (!row) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such show here." });
    const { votingOpen, closesAt, priceMin, priceMax, priceCurrency, ...rest } = row;
    const { showsReadAt, songsReadAt, pastSetlistsReadAt, sources, ...show } = rest;
    const me = await ctx.fan();
    const setlist = await findSetlist(ctx.db, show.id, { fanId: me?.id, hiddenToo: me?.role === "admin" });
    const result = await findResult(ctx.db, show.id, { fanId: me?.id, keepDays: ctx.settings.keepDays });
    const priceRange =
      priceMin !== null && priceCurrency !== null
        ? { min: priceMin, max: priceMax ?? priceMin, currency: priceCurrency }
        : undefined;
    return {
      show: { ...show, priceRange },
      setlist: setlist && { ...setlist, votingOpen, closesAt },
      ...resultOf(result),
      showsReadAt,
      songsReadAt,
      pastSetlistsReadAt,
      // Where the figures come from: the artist's page at each service.
      sources,
    };
  }),
});
