/**
 * Signing in for good: a new session id, and the guest who was here before becomes the account. All of it is one
 * transaction; the cookie is set after its commit.
 */
import { channels, notify, notifyAll } from "#db/channels";
import type { DbOrTrx } from "#db/index";
import { moveGuest } from "#db/queries/guest-moves";
import { deleteSession } from "#db/queries/sessions";
import type { Context } from "../context.ts";
import { again } from "./again.ts";
import { openSession } from "./open.ts";

/**
 * Begins a session of an account in this browser.
 * @returns how many votes of the guest found no room on a ballot
 */
export async function beginSession(ctx: Context, accountId: string): Promise<{ dropped: number }> {
  const before = await ctx.fan();
  const began = await again(() =>
    ctx.db.transaction().execute(async (trx) => {
      // Nobody may shed a block by signing in: what a blocked guest did stays theirs.
      const moved =
        before?.guest && !before.blocked
          ? await moveGuest(trx, { guestId: before.id, accountId })
          : undefined;
      if (before) await deleteSession(trx, before.id, before.sessionId);
      const { cookie } = await openSession(ctx, trx, accountId);
      if (before) await notify(trx, channels.fan, before.id);
      if (moved) await notifyAll(trx, channels.tally, moved.showIds);
      return { dropped: moved?.dropped ?? 0, cookie };
    }),
  );
  if (before) ctx.sessions.forget(before.id);
  ctx.setCookie(began.cookie);
  return { dropped: began.dropped };
}

/** Ends this browser's session. */
export async function endSession(ctx: Context): Promise<void> {
  const fan = await ctx.fan();
  if (fan) {
    await deleteSession(ctx.db, fan.id, fan.sessionId);
    await tellOf(ctx, ctx.db, fan.id);
  }
  ctx.setCookie(ctx.sessions.cookie.clear());
}

/** Lets every process forget what it remembers of a fan; this one at once. */
export async function tellOf(ctx: Context, db: DbOrTrx, fanId: string): Promise<void> {
  ctx.sessions.forget(fanId);
  await notify(db, channels.fan, fanId);
}
