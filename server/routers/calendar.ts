/** What calendars subscribe to. The routes make iCalendar of it. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { findArtistBySlug } from "#db/queries/artist-lists";
import { findCalendarOwner, listArtistCalendar, listFollowsCalendar } from "#db/queries/calendars";
import { unknownArtist } from "../artist-of.ts";
import { slugInput } from "../inputs.ts";
import { publicProcedure, router } from "../trpc.ts";

export const calendarRouter = router({
  /** One artist's coming shows that have a date; by any address the artist ever had, `slug` is the canonical one. */
  artist: publicProcedure.input(z.object({ slug: slugInput })).query(async ({ ctx, input }) => {
    const artist = await findArtistBySlug(ctx.db, input.slug, ctx.settings.keepDays);
    if (!artist) throw unknownArtist();
    return {
      artist: { slug: artist.slug, name: artist.name },
      shows: await listArtistCalendar(ctx.db, artist.id),
    };
  }),

  /** The same of all that the owner of the key follows. Whoever has the key may read: calendars send no cookie. */
  follows: publicProcedure.input(z.object({ key: z.string().max(100) })).query(async ({ ctx, input }) => {
    // NUL is in no key of ours, and nothing Postgres would look for.
    const owner = /^[\w-]+$/.test(input.key) ? await findCalendarOwner(ctx.db, input.key) : undefined;
    if (!owner) throw new TRPCError({ code: "NOT_FOUND", message: "There is no calendar at this address." });
    return { shows: await listFollowsCalendar(ctx.db, owner) };
  }),
});
