/** Where one is signed in, and ending that. Part of auth.ts. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { deleteSession, deleteSessions, listSessions } from "#db/queries/sessions";
import { idInput, isUuid } from "../inputs.ts";
import { endSession, tellOf } from "../session/begin.ts";
import { ownProcedure } from "../trpc.ts";

export const sessionsRouter = {
  /** The last used first. */
  sessions: ownProcedure.query(async ({ ctx }) => ({
    sessions: (await listSessions(ctx.db, ctx.me.id)).map((session) => ({
      ...session,
      current: session.id === ctx.me.sessionId,
    })),
  })),

  /** Ends one of one's own sessions; this browser's too. */
  endSession: ownProcedure.input(z.object({ sessionId: idInput })).mutation(async ({ ctx, input }) => {
    const { sessionId } = input;
    if (sessionId === ctx.me.sessionId) {
      await endSession(ctx);
      return { ended: true };
    }
    if (!isUuid(sessionId) || !(await deleteSession(ctx.db, ctx.me.id, sessionId)))
      throw new TRPCError({ code: "NOT_FOUND", message: "You are not signed in there any more." });
    await tellOf(ctx, ctx.db, ctx.me.id);
    return { ended: true };
  }),

  /** Ends them all, this browser's too. */
  signOutEverywhere: ownProcedure.mutation(async ({ ctx }) => {
    const ended = await deleteSessions(ctx.db, ctx.me.id);
    await tellOf(ctx, ctx.db, ctx.me.id);
    ctx.setCookie(ctx.sessions.cookie.clear());
    return { ended };
  }),
};
