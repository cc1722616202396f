/** The services we ask: how they are, and asking one again that is left alone. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import { insertAudit } from "#db/queries/audit";
import { openUpstream } from "#db/queries/upstream-state";
import { readUpstreams, upstreamNames } from "../../overview/upstreams.ts";
import { adminProcedure, router } from "../../trpc.ts";
import { titles } from "../../upstreams/errors.ts";
import { slow } from "./slow.ts";

export const upstreamsRouter = router({
  /** All of them, those that are not set up included; no key, nor anything it could be made from. */
  upstreams: adminProcedure.query(async ({ ctx }) => {
    const read = await cutOff(ctx.db, (trx) => readUpstreams(trx, ctx));
    if (read.cut) throw slow();
    return { upstreams: read.value };
  }),

  /**
   * A service that refused our key, or is left alone because it failed, is asked again from now on. The day's budget
   * stays as it is. `opened` false: it was not closed any more.
   */
  openUpstream: adminProcedure
    .input(z.object({ name: z.string().max(40) }))
    .mutation(async ({ ctx, input }) => {
      const name = upstreamNames.find((one) => one === input.name);
      if (!name) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such service here." });
      const account = ctx.upstreams.accounts.find(({ upstream }) => upstream === name);
      if (!account)
        throw new TRPCError({
          code: "CONFLICT",
          message: `${titles[name]} is not set up here, so there is nothing to ask again. Give it a key and restart.`,
        });
      const opened = await ctx.db.transaction().execute(async (trx) => {
        const was = await openUpstream(trx, account);
        if (was)
          await insertAudit(trx, {
            actor: ctx.me.id,
            action: "admin.openUpstream",
            subject: { kind: "upstream", id: name },
            summary: was.refused
              ? `Had ${titles[name]} asked again, which had refused our key`
              : `Had ${titles[name]} asked again, which was left alone`,
            details: { lastError: was.lastError },
          });
        return was !== undefined;
      });
      return { name, opened };
    }),
});
