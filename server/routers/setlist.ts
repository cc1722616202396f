/** What administrators may do to a show's list. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { insertAudit } from "#db/queries/audit";
import { hideSetlistSong } from "#db/queries/suggestions";
import type { Context } from "../context.ts";
import { idInput, isUuid } from "../inputs.ts";
import { adminProcedure, router } from "../trpc.ts";

const input = z.object({ setlistSongId: idInput });

export const setlistRouter = router({
  /** Off the list, out of the counts and closed for votes; the votes it has stay, for the case that it comes back. */
  hideSong: adminProcedure
    .input(input)
    .mutation(({ ctx, input }) => hide(ctx, ctx.me.id, input.setlistSongId, true)),
  restoreSong: adminProcedure
    .input(input)
    .mutation(({ ctx, input }) => hide(ctx, ctx.me.id, input.setlistSongId, false)),
});

async function hide(ctx: Context, me: string, setlistSongId: string, hidden: boolean) {
  const found = isUuid(setlistSongId)
    ? await ctx.db.transaction().execute(async (trx) => {
        const row = await hideSetlistSong(trx, setlistSongId, hidden ? me : null);
        // Done twice is done once, in the log too.
        if (row?.changed)
          await insertAudit(trx, {
            actor: me,
            action: hidden ? "setlist.hideSong" : "setlist.restoreSong",
            subject: { kind: "setlist-song", id: setlistSongId },
            summary: hidden
              ? `Took “${row.title}” off the list of ${row.showName}`
              : `Put “${row.title}” back on the list of ${row.showName}`,
          });
        return row;
      })
    : undefined;
  if (!found)
    throw new TRPCError({ code: "NOT_FOUND", message: "There is no such song on any setlist here." });
  ctx.ballotBox.changed(found.showId);
  return { setlistSongId, hidden };
}
