/** Who and what is talked about right now. */
import { z } from "zod";
import { findTrendClock, listTrendingArtists, listTrendingShows } from "#db/queries/trends";
import { runCron } from "../cron.ts";
import { operatorProcedure, publicProcedure, router } from "../trpc.ts";

/** A score above it is a trend, as the guide has it. */
const TRENDING = 50;

const limited = z
  .object({ limit: z.number().int().min(1).max(100).default(20) })
  .optional()
  .transform((input) => input?.limit ?? 20);

type Clock = Awaited<ReturnType<typeof findTrendClock>>;

/** Places gained since an hour ago, "new" to the list, or undefined while there is no earlier list. */
function movement(row: { rank: number; previousRank: number | null }, clock: Clock) {
  if (!clock?.previousAt) return undefined;
  return row.previousRank === null ? ("new" as const) : row.previousRank - row.rank;
}

function ranked<Row extends { rank: number; score: number; previousRank: number | null }>(
  rows: Row[],
  clock: Clock,
) {
  return rows.map(({ previousRank, ...row }) => ({
    ...row,
    isTrending: row.score > TRENDING,
    change: movement({ rank: row.rank, previousRank }, clock),
  }));
}

/** When it was computed, and with which moment ranks are compared; null before there is one. */
const moments = (clock: Clock) => ({
  computedAt: clock?.computedAt ?? null,
  comparedWith: clock?.previousAt ?? null,
});

export const trendingRouter = router({
  artists: publicProcedure.input(limited).query(async ({ ctx, input }) => {
    const [clock, rows] = await Promise.all([findTrendClock(ctx.db), listTrendingArtists(ctx.db, input)]);
    const artists = rows.map((row) => ({ ...row, coming: Number(row.coming ?? 0) }));
    return { artists: ranked(artists, clock), ...moments(clock) };
  }),

  shows: publicProcedure.input(limited).query(async ({ ctx, input }) => {
    const [clock, rows] = await Promise.all([findTrendClock(ctx.db), listTrendingShows(ctx.db, input)]);
    return { shows: ranked(rows, clock), ...moments(clock) };
  }),

  /** For `/api/cron`: ranks anew, and sends for the artists that are due. */
  recalculate: operatorProcedure.mutation(({ ctx }) => runCron(ctx)),
});
