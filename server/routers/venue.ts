/** Questions about venues. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { listVenueShows, SHOWS_A_PAGE } from "#db/queries/shows";
import { findVenueBySlug } from "#db/queries/venues";
import { decodeCursor, page } from "../cursor.ts";
import { cursorInput, showCursor, slugInput } from "../inputs.ts";
import { publicProcedure, router } from "../trpc.ts";

export const venueRouter = router({
  bySlug: publicProcedure
    .input(
      z.object({
        slug: slugInput,
        when: z.enum(["coming", "past"]).default("coming"),
        cursor: cursorInput,
      }),
    )
    .query(async ({ ctx, input }) => {
      const venue = await findVenueBySlug(ctx.db, input.slug);
      if (!venue) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such venue here." });
      const after = decodeCursor(showCursor, input.cursor);
      const rows = await listVenueShows(ctx.db, { venueId: venue.id, when: input.when, after });
      const shown = page(rows, SHOWS_A_PAGE, (last) => ({ localDate: last.localDate, id: last.id }));
      return { venue, shows: shown.rows, nextCursor: shown.nextCursor };
    }),
});
