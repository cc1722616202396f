/** Fans: who they are, what they may do, and whom an administrator stops. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { channels, notify } from "#db/channels";
import { cutOff } from "#db/cut-off";
import type { DbOrTrx } from "#db/index";
import { insertAudit } from "#db/queries/audit";
import {
  type FanCursor,
  fanStates,
  findFan,
  listFans,
  lockFan,
  type LockedFan,
  updateBlocked,
  updateRole,
} from "#db/queries/people";
import { deleteSessions, listSessions } from "#db/queries/sessions";
import type { Context } from "../../context.ts";
import { decodeCursor, page } from "../../cursor.ts";
import { cursorInput, idInput, isUuid } from "../../inputs.ts";
import { adminProcedure, router } from "../../trpc.ts";

const FANS_A_PAGE = 50;
const REASON_CHARS = 300;
const fanCursor: z.ZodType<FanCursor> = z.object({ id: z.uuid() });
const roleInput = z.enum(["fan", "admin"]);
/** Postgres takes no NUL. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((text) => !text.includes("\0"));
const fanInput = z.object({ fanId: idInput });

const unknownFan = () => new TRPCError({ code: "NOT_FOUND", message: "There is no such fan here." });
const refuse = (message: string) => new TRPCError({ code: "FORBIDDEN", message });

export const peopleRouter = router({
  /** Everybody, guests too, the newest first; `q` is the start of an e-mail address or of a name. */
  fans: adminProcedure
    .input(
      z.object({
        q: words(254).optional(),
        role: roleInput.optional(),
        state: z.enum(fanStates).optional(),
        cursor: cursorInput,
      }),
    )
    .query(async ({ ctx, input: { cursor, ...filter } }) => {
      const after = decodeCursor(fanCursor, cursor);
      const read = await cutOff(ctx.db, (trx) => listFans(trx, { ...filter, after, limit: FANS_A_PAGE + 1 }));
      if (read.cut) return { cut: true, fans: [], nextCursor: undefined };
      const shown = page(read.value, FANS_A_PAGE, ({ id }) => ({ id }));
      return { cut: false, fans: shown.rows, nextCursor: shown.nextCursor };
    }),

  /** One fan with where they are signed in. */
  fan: adminProcedure.input(fanInput).query(async ({ ctx, input: { fanId } }) => {
    const fan = isUuid(fanId) ? await findFan(ctx.db, fanId) : undefined;
    if (!fan) throw unknownFan();
    return { fan, signIns: await listSessions(ctx.db, fanId), me: ctx.me.id };
  }),

  /** Makes a fan an administrator, or an administrator a fan. */
  setRole: adminProcedure
    .input(fanInput.extend({ role: roleInput }))
    .mutation(({ ctx, input: { fanId, role } }) =>
      change(ctx, "admin.setRole", fanId, async (trx, fan, administrators) => {
        if (fan.id === ctx.me.id)
          throw refuse("Nobody takes their own role away: another administrator can do it.");
        if (fan.role === role) return;
        if (role === "admin" && (fan.email === null || fan.blocked))
          throw refuse("Only people with an account that is not blocked can be administrators.");
        // Who asks may have lost the role in the same moment.
        if (!administrators.includes(ctx.me.id)) throw refuse("This is for administrators.");
        if (role === "fan" && administrators.every((id) => id === fan.id))
          throw refuse("The last administrator stays: make somebody else one first.");
        await updateRole(trx, fan.id, role);
        return role === "admin" ? `Made ${nameOf(fan)} an administrator` : `Made ${nameOf(fan)} a fan again`;
      }).then(() => ({ fanId, role })),
    ),

  /** They may read, but neither vote nor follow; their open pages hear of it at once. */
  block: adminProcedure
    .input(fanInput.extend({ reason: words(REASON_CHARS).optional() }))
    .mutation(({ ctx, input }) =>
      change(ctx, "admin.block", input.fanId, async (trx, fan) => {
        if (fan.id === ctx.me.id) throw refuse("Nobody blocks themselves.");
        if (fan.role === "admin") throw refuse("Administrators cannot be blocked. Make them a fan first.");
        if (fan.blocked) return;
        await updateBlocked(trx, fan.id, true);
        return `Blocked ${nameOf(fan)}${input.reason ? `: ${input.reason}` : ""}`;
      }).then(() => ({ fanId: input.fanId, blocked: true })),
    ),

  unblock: adminProcedure.input(fanInput).mutation(({ ctx, input: { fanId } }) =>
    change(ctx, "admin.unblock", fanId, async (trx, fan) => {
      if (!fan.blocked) return;
      await updateBlocked(trx, fan.id, false);
      return `Let ${nameOf(fan)} take part again`;
    }).then(() => ({ fanId, blocked: false })),
  ),

  /** Signs a fan out everywhere. A guest has only their session, and is somebody new after it. */
  endSessions: adminProcedure.input(fanInput).mutation(async ({ ctx, input: { fanId } }) => {
    let ended = 0;
    await change(ctx, "admin.endSessions", fanId, async (trx, fan) => {
      ended = await deleteSessions(trx, fan.id);
      return ended > 0 ? `Signed ${nameOf(fan)} out everywhere` : undefined;
    });
    return { fanId, ended };
  }),
});

/**
 * Changes one fan: their sessions learn it at once, and the log has it. `work` answers with the sentence for the log, or
 * with nothing where there was nothing to change: then it was done already, and is no second action.
 */
async function change(
  ctx: Context & { me: { id: string } },
  action: string,
  fanId: string,
  work: (trx: DbOrTrx, fan: LockedFan, administrators: string[]) => Promise<string | undefined | void>,
): Promise<void> {
  if (!isUuid(fanId)) throw unknownFan();
  const isChanged = await ctx.db.transaction().execute(async (trx) => {
    const { fan, administrators } = await lockFan(trx, fanId);
    if (!fan || fan.left) throw unknownFan();
    const summary = await work(trx, fan, administrators);
    if (!summary) return false;
    await notify(trx, channels.fan, fan.id);
    await insertAudit(trx, { actor: ctx.me.id, action, subject: { kind: "fan", id: fan.id }, summary });
    return true;
  });
  // This process at once; the others hear it.
  if (isChanged) ctx.sessions.forget(fanId);
}

/** No e-mail address stands in the log. */
const nameOf = ({ name, id }: LockedFan) => name ?? `the guest ${id.slice(-6)}`;
