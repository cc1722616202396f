/** What administrators may do to a show's list. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { hideSetlistSong } from "#db/queries/suggestions";
import type { Context } from "../context.ts";
import { idInput, isUuid } from "../inputs.ts";
import { adminProcedure, router } from "../trpc.ts";

const input = z.object({ setlistSongId: idInput });

export const setlistRouter = router({
  /** Off the list, out of the counts and closed for votes; the votes it has stay, for the case that it comes back. */
  hideSong: adminProcedure
    .input(input)
    .mutation(({ ctx, input }) => hide(ctx, input.setlistSongId, ctx.me.id)),
  restoreSong: adminProcedure.input(input).mutation(({ ctx, input }) => hide(ctx, input.setlistSongId, null)),
});

async function hide(ctx: Context, setlistSongId: string, hiddenBy: string | null) {
  const found = isUuid(setlistSongId) ? await hideSetlistSong(ctx.db, setlistSongId, hiddenBy) : undefined;
  if (!found)
    throw new TRPCError({ code: "NOT_FOUND", message: "There is no such song on any setlist here." });
  ctx.ballotBox.changed(found.showId);
  return { setlistSongId, hidden: hiddenBy !== null };
}
