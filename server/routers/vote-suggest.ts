/** Songs that a fan misses on a setlist. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import {
  deleteSuggestion,
  insertSuggestion,
  listSuggestableSongs,
  SUGGESTIONS,
  type Suggested,
} from "#db/queries/suggestions";
import { clean, titleKey } from "#rules/text";
import { idInput, isUuid } from "../inputs.ts";
import { actor } from "../session/open.ts";
import { publicProcedure } from "../trpc.ts";

const HITS = 10;
const songInput = z.object({ showId: idInput, songId: idInput });

/** Puts a song of the artist's on the list, at the end; it may be voted for at once. Twice is once. */
export const suggest = publicProcedure.input(songInput).mutation(async ({ ctx, input }) => {
  if (!isUuid(input.showId) || !isUuid(input.songId)) throw unknownSong();
  const me = await actor(ctx);
  const suggested = await ctx.db
    .transaction()
    .execute((trx) => insertSuggestion(trx, { fanId: me.id, ...input }));
  if (suggested.state !== "done") throw refused(suggested.state);
  if (suggested.fresh) ctx.ballotBox.changed(input.showId);
  return { setlistSongId: suggested.setlistSongId };
});

/** Takes one's own suggestion back. A song that somebody votes for, or another fan suggests, stays. */
export const unsuggest = publicProcedure.input(songInput).mutation(async ({ ctx, input }) => {
  const me = await ctx.fan();
  const known = me && isUuid(input.showId) && isUuid(input.songId);
  const removed = known ? await deleteSuggestion(ctx.db, { fanId: me.id, ...input }) : false;
  if (removed) ctx.ballotBox.changed(input.showId);
  return { removed };
});

/** The artist's songs that are not on the list, by a text that may be misspelt. */
export const songsToSuggest = publicProcedure
  .input(z.object({ showId: idInput, q: z.string().max(500) }))
  .query(async ({ ctx, input }) => {
    const key = titleKey(clean(input.q, 100));
    if (key === "" || !isUuid(input.showId)) return { songs: [] };
    return { songs: await listSuggestableSongs(ctx.db, { showId: input.showId, key, limit: HITS }) };
  });

const unknownSong = () =>
  new TRPCError({
    code: "NOT_FOUND",
    message: "This artist has no such song here, or there is no such show.",
  });

function refused(state: Exclude<Suggested["state"], "done">): TRPCError {
  if (state === "unknown") return unknownSong();
  const messages = {
    "no-setlist":
      "There is no list for this show yet. It comes by itself as soon as a song of theirs is known.",
    closed: "Not added: voting on this show is closed.",
    hidden: "Not added: an administrator took this song off the list of this show.",
    full: `Not added: you have suggested ${SUGGESTIONS} songs for this show. Take one back first.`,
  };
  return new TRPCError({ code: "FORBIDDEN", message: messages[state] });
}
