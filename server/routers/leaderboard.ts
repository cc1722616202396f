/** Who was right: fans beside each other, the machine beside its rivals, and oneself. */
import { z } from "zod";
import { findFanRecord } from "#db/queries/fan-records";
import { FANS_A_PAGE, findSeasons, listRankedFans } from "#db/queries/leaderboard";
import { listScoredShows, listScorerRecords } from "#db/queries/records";
import { artistIdOf } from "../artist-of.ts";
import { decodeCursor, page } from "../cursor.ts";
import { cursorInput, slugInput } from "../inputs.ts";
import { ownProcedure, publicProcedure, router } from "../trpc.ts";

const rankCursor = z.object({ score: z.number(), key: z.string().max(32) });
const season = z.number().int().min(1900).max(2999);
/** How many of an artist's results are listed. */
const LATEST = 5;

export const leaderboardRouter = router({
  /** A page of fans by score with whoever asks; of one year's shows, or of all. */
  fans: publicProcedure
    .input(z.object({ season: season.optional(), cursor: cursorInput }).default({}))
    .query(async ({ ctx, input }) => {
      const after = decodeCursor(rankCursor, input.cursor);
      const me = await ctx.fan();
      const [ranks, seasons] = await Promise.all([
        listRankedFans(ctx.db, { season: input.season, fanId: me?.id, after }),
        findSeasons(ctx.db),
      ]);
      const { rows, nextCursor } = page(ranks.fans, FANS_A_PAGE, ({ score, key }) => ({ score, key }));
      const { fans: _fans, mine, ...about } = ranks;
      const shown = ({ key: _key, ...fan }: (typeof rows)[number]) => fan;
      return { fans: rows.map(shown), mine: mine && shown(mine), ...about, seasons, nextCursor };
    }),

  /** The machine, the fans together and two simple rules over all shows scored, and the odds against what happened. */
  record: publicProcedure.query(({ ctx }) => ctx.recordBook.read()),

  /** The same of one artist's shows, with the latest of them. */
  artist: publicProcedure.input(z.object({ slug: slugInput })).query(async ({ ctx, input }) => {
    const artistId = await artistIdOf(ctx.db, input.slug);
    const [scorers, shows] = await Promise.all([
      listScorerRecords(ctx.db, artistId),
      listScoredShows(ctx.db, { artistId, by: "date", limit: LATEST }),
    ]);
    return { scorers, shows };
  }),

  /** One's own: means over all scored shows, the place in this year's season, the best calls. */
  mine: ownProcedure.query(async ({ ctx }) => {
    const thisYear = new Date().getUTCFullYear();
    const [record, { mine, ranked }] = await Promise.all([
      findFanRecord(ctx.db, ctx.me.id),
      listRankedFans(ctx.db, { season: thisYear, fanId: ctx.me.id }),
    ]);
    return { record: record ?? null, season: { year: thisYear, place: mine?.place ?? null, ranked } };
  }),
});
