/** A fan's votes on the songs of a show. Guests are made by their first vote; what holds is in the ballot box's statement. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import type { VoteResult } from "#db/queries/vote-batches";
import { listVotes } from "#db/queries/votes";
import { ballotNames, perMinute, refusalOf } from "#rules/voting";
import type { Context } from "../context.ts";
import { idInput, isUuid } from "../inputs.ts";
import { tooMany } from "../limits.ts";
import { actor } from "../session/open.ts";
import { publicProcedure, router } from "../trpc.ts";
import { songsToSuggest, suggest, unsuggest } from "./vote-suggest.ts";

const voteInput = z.object({ setlistSongId: idInput, ballot: z.enum(ballotNames).default("expect") });
type VoteInput = z.infer<typeof voteInput>;

export const voteRouter = router({
  cast: publicProcedure.input(voteInput).mutation(({ ctx, input }) => vote(ctx, input, true)),
  retract: publicProcedure.input(voteInput).mutation(({ ctx, input }) => vote(ctx, input, false)),

  mine: publicProcedure.input(z.object({ showId: idInput })).query(async ({ ctx, input }) => {
    const me = await ctx.fan();
    if (!me || !isUuid(input.showId)) return { votes: [] };
    return { votes: await listVotes(ctx.db, me.id, input.showId) };
  }),

  suggest,
  unsuggest,
  songsToSuggest,
});

async function vote(ctx: Context, { setlistSongId, ballot }: VoteInput, cast: boolean) {
  // Before a guest is made of it.
  if (!isUuid(setlistSongId)) throw unknownSong();
  // Nobody has nothing to take back; that makes no guest.
  const me = cast || (await ctx.fan()) ? await actor(ctx) : undefined;
  const result = await ctx.ballotBox.vote({
    fanId: me?.id ?? NOBODY,
    address: ctx.visitor.address,
    setlistSongId,
    ballot,
    cast,
  });
  if (result.state === "limited")
    throw tooMany(sentenceOf(result.limit), Math.ceil((result.waitMs ?? 0) / 1000));
  if (result.state === "unknown") throw unknownSong();
  if (result.state !== "done") throw refused(result, ballot);
  const { votes, wishes, myVote, myWish, at } = result;
  return { setlistSongId, votes, wishes, myVote, myWish, at };
}

/** An id that no fan has: a visitor's retraction is answered by the same statement and finds nothing. */
const NOBODY = "00000000-0000-7000-8000-000000000000";

const sentenceOf = (limit: VoteResult["limit"]) =>
  limit === "fan"
    ? `Not counted: you have voted ${perMinute.fan} times in the last minute.`
    : "Not counted: too many votes came from your network in the last minute.";

const unknownSong = () =>
  new TRPCError({ code: "NOT_FOUND", message: "There is no such song on any setlist here." });

function refused(
  { state, closesAt, localTime, timezone }: VoteResult,
  ballot: VoteInput["ballot"],
): TRPCError {
  const message =
    state === "closed" && closesAt
      ? refusalOf({ why: "closed", closesAt, localTime, timezone })
      : state === "full"
        ? refusalOf({ why: "full", ballot })
        : refusalOf({ why: state === "hidden" ? "hidden" : "cancelled" });
  return new TRPCError({ code: "FORBIDDEN", message });
}
