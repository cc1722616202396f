/** Accounts: joining, signing in and out. One's own account is in auth-account.ts, one's sessions in auth-sessions.ts. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { channels, notify } from "#db/channels";
import { isTaken } from "#db/errors";
import type { DbOrTrx } from "#db/index";
import { findFanByEmail, insertAccount, updateGuestToAccount, type NewAccount } from "#db/queries/fans";
import { deleteSession, deleteSessions } from "#db/queries/sessions";
import { badInput, emailInput, nameInput, passwordInput, refuseWeak } from "../account-inputs.ts";
import type { Context } from "../context.ts";
import { beginSession, endSession } from "../session/begin.ts";
import { blocked, openSession } from "../session/open.ts";
import { hashPassword } from "../session/password.ts";
import { tryPassword } from "../session/tries.ts";
import { publicProcedure, router } from "../trpc.ts";
import { accountRouter } from "./auth-account.ts";
import { sessionsRouter } from "./auth-sessions.ts";

export const authRouter = router({
  /** Joins. A guest stays the same fan: votes, follows and suggestions are the account's, and none is dropped. */
  signUp: publicProcedure
    // In the order of the form: of several wrong fields the first is named.
    .input(z.object({ name: nameInput, email: emailInput, password: passwordInput }))
    .mutation(async ({ ctx, input }) => {
      const { email, password, name } = input;
      if ((await ctx.fan())?.blocked) throw blocked();
      refuseWeak("password", password, { email, name });
      await ctx.limits.take("sign-up", ctx.visitor.address);
      const id = await join(ctx, { email, name, passwordHash: await hashPassword(password) });
      return { fan: { id, name }, dropped: 0 };
    }),

  /** `dropped`: votes of the guest who was here before that found no room on the account's ballots. */
  signIn: publicProcedure
    .input(z.object({ email: emailInput, password: passwordInput }))
    .mutation(async ({ ctx, input }) => {
      const found = await findFanByEmail(ctx.db, input.email);
      const right = await tryPassword(ctx, input.email, input.password, found?.passwordHash ?? undefined);
      // The same words whether there is such an account or not.
      if (!right || !found)
        throw new TRPCError({
          code: "UNAUTHORIZED",
          message: "The e-mail address or the password is wrong. Check both and try again.",
        });
      const { dropped } = await beginSession(ctx, found.id);
      return { fan: { id: found.id, name: found.name }, dropped };
    }),

  /** Signing out twice is signing out. */
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    await endSession(ctx);
    return { signedOut: true };
  }),

  me: publicProcedure.query(async ({ ctx }) => {
    const fan = await ctx.fan();
    if (!fan) return { fan: null };
    const { id, name, email, role, guest, blocked: isBlocked } = fan;
    return { fan: { id, name, email: email ?? undefined, role, guest, blocked: isBlocked } };
  }),

  ...accountRouter,
  ...sessionsRouter,
});

async function join(ctx: Context, account: NewAccount): Promise<string> {
  const before = await ctx.fan();
  try {
    const joined = await ctx.db.transaction().execute(async (trx) => {
      const id = await makeAccount(trx, account, before?.guest ? before.id : undefined);
      if (id === undefined) throw taken();
      // A token that a guest had is nobody's any more; of another account only this browser's session ends.
      if (before?.id === id) await deleteSessions(trx, id);
      else if (before) await deleteSession(trx, before.id, before.sessionId);
      if (before) await notify(trx, channels.fan, before.id);
      return { id, ...(await openSession(ctx, trx, id)) };
    });
    if (before) ctx.sessions.forget(before.id);
    ctx.setCookie(joined.cookie);
    return joined.id;
  } catch (error) {
    if (isTaken(error, "fans_email")) throw taken();
    throw error;
  }
}

/** The guest's row as the account's, else a new one. @returns its id; undefined when the address has an account */
async function makeAccount(
  trx: DbOrTrx,
  account: NewAccount,
  guestId: string | undefined,
): Promise<string | undefined> {
  if (guestId === undefined) return insertAccount(trx, account);
  const turned = await updateGuestToAccount(trx, guestId, account);
  if (turned === "taken") return undefined;
  return turned === "done" ? guestId : insertAccount(trx, account);
}

/** Said plainly: no mail is sent that could say it in private. Ten tries an hour and address keep it from being a list. */
const taken = () =>
  badInput(
    "email",
    "There is an account with this e-mail address. Sign in with it, or join with another.",
    "CONFLICT",
  );
