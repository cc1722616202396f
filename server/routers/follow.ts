/** Following artists: whom, what they play next, and the address of one's own calendar. Guests follow too. */
import { randomBytes } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { artistExists } from "#db/queries/artists";
import { claimCalendarKey, findCalendarKey, updateCalendarKey } from "#db/queries/calendars";
import { deleteFollow, FOLLOWS_MOST, insertFollow, listFollowed } from "#db/queries/follows";
import { listFollowedShows, SHOWS_A_PAGE } from "#db/queries/shows";
import { unknownArtist } from "../artist-of.ts";
import { decodeCursor, page } from "../cursor.ts";
import { cursorInput, idInput, isUuid, showCursor } from "../inputs.ts";
import { actor } from "../session/open.ts";
import { ownProcedure, publicProcedure, router } from "../trpc.ts";

const artistInput = z.object({ artistId: idInput });

/** 256 bits: nobody guesses the address of somebody's calendar, which has no other lock. */
const makeKey = () => randomBytes(32).toString("base64url");

export const followRouter = router({
  /** Following twice is following. The first makes a guest of a visitor. */
  add: publicProcedure.input(artistInput).mutation(async ({ ctx, input: { artistId } }) => {
    // First whether there is such an artist: nobody becomes a guest for nothing.
    if (!isUuid(artistId) || !(await artistExists(ctx.db, artistId))) throw unknownArtist();
    const { id: fanId } = await actor(ctx);
    if (!(await insertFollow(ctx.db, { fanId, artistId })))
      throw new TRPCError({
        code: "FORBIDDEN",
        message: `You follow ${FOLLOWS_MOST} artists, which is as many as one may. Stop following one first.`,
      });
    return { artistId, following: true };
  }),

  /** Whoever follows nobody has nothing to stop, and becomes no guest by it. */
  remove: publicProcedure.input(artistInput).mutation(async ({ ctx, input: { artistId } }) => {
    const fan = await ctx.fan();
    if (fan && isUuid(artistId)) await deleteFollow(ctx.db, { fanId: fan.id, artistId });
    return { artistId, following: false };
  }),

  /** Whom I follow, by name, and the key of my calendar where I have asked for one. */
  mine: publicProcedure.query(async ({ ctx }) => {
    const fan = await ctx.fan();
    if (!fan) return { artists: [], calendarKey: undefined };
    const [artists, calendarKey] = await Promise.all([
      listFollowed(ctx.db, fan.id),
      findCalendarKey(ctx.db, fan.id),
    ]);
    return {
      artists: artists.map((artist) => ({ ...artist, coming: Number(artist.coming ?? 0) })),
      calendarKey,
    };
  }),

  /** Coming shows of all I follow, by date, the undated last. */
  shows: publicProcedure
    .input(z.object({ cursor: cursorInput }).default({}))
    .query(async ({ ctx, input }) => {
      const after = decodeCursor(showCursor, input.cursor);
      const fan = await ctx.fan();
      const rows = fan ? await listFollowedShows(ctx.db, { fanId: fan.id, after }) : [];
      const shown = page(rows, SHOWS_A_PAGE, (last) => ({ localDate: last.localDate, id: last.id }));
      return { shows: shown.rows, nextCursor: shown.nextCursor };
    }),

  /** The key of my calendar, `/calendar/follows/:key.ics`; made when first asked for. */
  calendar: ownProcedure.mutation(async ({ ctx }) => ({
    key: await claimCalendarKey(ctx.db, ctx.me.id, makeKey()),
  })),

  /** Another key: the address given away before shows nothing any more. */
  newCalendar: ownProcedure.mutation(async ({ ctx }) => {
    const key = makeKey();
    await updateCalendarKey(ctx.db, ctx.me.id, key);
    return { key };
  }),
});
