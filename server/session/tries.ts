/**
 * Wrong passwords: 5 for an account and 50 from an address in 15 minutes, each answered later than the one before. A try
 * is counted before the password is looked at and given back when it was right, so that no burst over several processes
 * gets more of them checked. A refused try counts nowhere: nobody can keep an account shut, only make its owner wait for
 * the window's end. An address without an account is counted like one with.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { countPoints, deleteLimit, givePoint, takePoint } from "#db/queries/people-limits";
import type { Context } from "../context.ts";
import { tooMany } from "../limits.ts";
import { isPassword } from "./password.ts";

const SECONDS = 15 * 60;
const MOST = { account: 5, address: 50 } as const;
/** ms until a wrong one is answered, by how many there were: a typing error costs nothing, guessing does. */
const delays = [0, 0, 0, 250, 500, 1_000];

/**
 * Looks at a password, if this account and address have a try left.
 * @param stored undefined where there is no such account
 * @throws TRPCError TOO_MANY_REQUESTS; also while LIMITS is off
 */
export async function tryPassword(
  ctx: Context,
  email: string,
  password: string,
  stored: string | undefined,
): Promise<boolean> {
  const address = `tries-from:${ctx.limits.keyOf(ctx.visitor.address)}`;
  const account = `tries-for:${ctx.limits.keyOf(email.toLowerCase())}`;
  const spent = await takePoint(ctx.db, { key: address, points: MOST.address, seconds: SECONDS });
  if (spent !== undefined) throw refused("from your network", spent);
  const wait = await takePoint(ctx.db, { key: account, points: MOST.account, seconds: SECONDS });
  if (wait !== undefined) {
    await givePoint(ctx.db, address);
    throw refused("for this account", wait);
  }
  if (await isPassword(stored, password)) {
    await Promise.all([givePoint(ctx.db, address), deleteLimit(ctx.db, account)]);
    return true;
  }
  const delay = delays[await countPoints(ctx.db, account)] ?? 0;
  // Whoever leaves meanwhile has had their try.
  await sleep(delay, undefined, { signal: ctx.signal }).catch(() => undefined);
  return false;
}

const refused = (whose: string, ms: number) =>
  tooMany(`There were too many wrong passwords ${whose}, so this one was not checked.`, Math.ceil(ms / 1000));
