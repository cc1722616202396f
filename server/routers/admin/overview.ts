/** The dashboard's first page, as one snapshot. */
import { z } from "zod";
import { readOverview } from "../../overview/read.ts";
import { rangeOf } from "../../overview/ranges.ts";
import { adminProcedure, router } from "../../trpc.ts";

export const overviewRouter = router({
  /** Every part for itself: one that took too long is `{ cut: true }`, and the others stand. `range` is of the series. */
  overview: adminProcedure
    .input(z.object({ range: z.string().max(10).optional() }))
    .query(({ ctx, input }) => readOverview(ctx, rangeOf(input.range))),

  /** Nothing but whether the caller may look at it: asked before the stream of the same opens. */
  look: adminProcedure.query(() => ({ may: true })),
});
