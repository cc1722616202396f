/** One's own account: what is kept, what it is called, and leaving. Part of auth.ts. */
import { z } from "zod";
import { channels, notifyAll } from "#db/channels";
import { getFanData } from "#db/queries/fan-data";
import { listVotedShows, VOTED_SHOWS_A_PAGE } from "#db/queries/fan-votes";
import { findPasswordHash, updateName, updateNamed, updatePassword } from "#db/queries/fans";
import { deleteFan } from "#db/queries/leaving";
import { deleteSessions } from "#db/queries/sessions";
import { badInput, nameInput, passwordInput, refuseWeak } from "../account-inputs.ts";
import type { Context } from "../context.ts";
import { decodeCursor, page } from "../cursor.ts";
import { cursorInput, showCursor } from "../inputs.ts";
import { again } from "../session/again.ts";
import { tellOf } from "../session/begin.ts";
import { openSession } from "../session/open.ts";
import { hashPassword } from "../session/password.ts";
import type { SignedIn } from "../session/sessions.ts";
import { tryPassword } from "../session/tries.ts";
import { fanProcedure, ownProcedure } from "../trpc.ts";

export const accountRouter = {
  /** Everything kept about whoever asks, guests and blocked ones too. */
  export: ownProcedure.query(async ({ ctx }) => ({
    fan: (await getFanData(ctx.db, ctx.me.id)) ?? null,
    exportedAt: new Date(),
  })),

  /** My votes by show, the newest show first. */
  votes: ownProcedure.input(z.object({ cursor: cursorInput }).default({})).query(async ({ ctx, input }) => {
    const after = decodeCursor(showCursor, input.cursor);
    const rows = await listVotedShows(ctx.db, { fanId: ctx.me.id, after });
    const shown = page(rows, VOTED_SHOWS_A_PAGE, (last) => ({ localDate: last.localDate, id: last.id }));
    return {
      shows: shown.rows.map(({ id: _id, ...show }) => ({ ...show, artistName: show.artistName ?? "" })),
      nextCursor: shown.nextCursor,
    };
  }),

  rename: fanProcedure.input(z.object({ name: nameInput })).mutation(async ({ ctx, input }) => {
    await updateName(ctx.db, ctx.me.id, input.name);
    await tellOf(ctx, ctx.db, ctx.me.id);
    return { fan: { id: ctx.me.id, name: input.name } };
  }),

  /** Whether one's name stands on the leaderboard. */
  setNamed: ownProcedure.input(z.object({ named: z.boolean() })).mutation(async ({ ctx, input }) => {
    await updateNamed(ctx.db, ctx.me.id, input.named);
    return { named: input.named };
  }),

  /** Ends all sessions, and begins a fresh one in this browser. */
  changePassword: fanProcedure
    .input(z.object({ password: passwordInput, newPassword: passwordInput }))
    .mutation(async ({ ctx, input }) => {
      const { id, name } = ctx.me;
      refuseWeak("newPassword", input.newPassword, ctx.me);
      await checkPassword(ctx, ctx.me, input.password);
      const passwordHash = await hashPassword(input.newPassword);
      const cookie = await ctx.db.transaction().execute(async (trx) => {
        await updatePassword(trx, id, passwordHash);
        await deleteSessions(trx, id);
        const opened = await openSession(ctx, trx, id);
        await tellOf(ctx, trx, id);
        return opened.cookie;
      });
      ctx.sessions.forget(id);
      ctx.setCookie(cookie);
      return { fan: { id, name } };
    }),

  /**
   * Leaves for good. What becomes of votes is said in db/queries/leaving.ts. A guest has no password and needs none:
   * whoever holds the cookie is the guest.
   */
  deleteAccount: ownProcedure
    .input(z.object({ password: passwordInput.optional() }).default({}))
    .mutation(async ({ ctx, input }) => {
      const { id, guest } = ctx.me;
      if (!guest && input.password === undefined) throw badInput("password", "Give your password.");
      if (input.password !== undefined) await checkPassword(ctx, ctx.me, input.password);
      await again(() =>
        ctx.db.transaction().execute(async (trx) => {
          const showIds = await deleteFan(trx, id);
          await notifyAll(trx, channels.tally, showIds);
          await tellOf(ctx, trx, id);
        }),
      );
      ctx.sessions.forget(id);
      ctx.setCookie(ctx.sessions.cookie.clear());
      return { deleted: true };
    }),
};

/** @throws TRPCError beside the field when it is wrong; TOO_MANY_REQUESTS as for signing in */
async function checkPassword(ctx: Context, me: SignedIn, password: string): Promise<void> {
  const stored = await findPasswordHash(ctx.db, me.id);
  if (me.email === null || !(await tryPassword(ctx, me.email, password, stored)))
    throw badInput("password", "This is not your password. Nothing was changed.");
}
