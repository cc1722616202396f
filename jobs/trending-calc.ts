/** Hourly: who is talked about right now. `/api/cron` runs the same statement. */
import { recalculateTrends } from "#db/queries/trends";
import type { Handler } from "./context.ts";

export const trendingCalc: Handler<"trending-calc"> = async (ctx) => {
  ctx.log.info(await recalculateTrends(ctx.db), "trends are ranked anew");
};
