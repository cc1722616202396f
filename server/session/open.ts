/** Beginning a session, for an account that signed in or for a guest with the first vote. */
import { TRPCError } from "@trpc/server";
import type { DbOrTrx } from "#db/index";
import { insertGuest } from "#db/queries/fans";
import { insertSession } from "#db/queries/sessions";
import type { Context } from "../context.ts";
import { hashOf } from "./cookie.ts";
import type { SignedIn } from "./sessions.ts";

/** A new session for a fan; its token is in the answer's cookie and nowhere else. Call inside the transaction that decides. */
export async function openSession(
  ctx: Context,
  trx: DbOrTrx,
  fanId: string,
): Promise<{ sessionId: string; cookie: string }> {
  const token = ctx.sessions.cookie.make();
  const sessionId = await insertSession(trx, {
    tokenHash: hashOf(token),
    fanId,
    userAgent: ctx.visitor.userAgent,
  });
  return { sessionId, cookie: ctx.sessions.cookie.set(token) };
}

/**
 * Whoever acts: the fan or guest of the session, else a new guest with a cookie in this answer.
 * @throws TRPCError UNAUTHORIZED where guests may not act, FORBIDDEN for who is blocked, TOO_MANY_REQUESTS
 */
export async function actor(ctx: Context): Promise<SignedIn> {
  const fan = await ctx.fan();
  if (fan?.blocked) throw blocked();
  if (fan) return fan;
  if (!ctx.settings.guestVotes)
    throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in or join first: guests cannot vote here." });
  await ctx.limits.take("guest", ctx.visitor.address);
  const opened = await ctx.db.transaction().execute(async (trx) => {
    const id = await insertGuest(trx);
    return { id, ...(await openSession(ctx, trx, id)) };
  });
  ctx.setCookie(opened.cookie);
  return {
    id: opened.id,
    sessionId: opened.sessionId,
    name: null,
    email: null,
    role: "fan",
    guest: true,
    blocked: false,
  };
}

export const blocked = () =>
  new TRPCError({ code: "FORBIDDEN", message: "This account was blocked by an administrator." });
