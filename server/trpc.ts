/** Kinds of procedures and what their errors look like from outside. */
import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import { isDatabaseAway, isDatabaseFull, isFanGone } from "#db/errors";
import type { Context } from "./context.ts";
import { isSecret } from "./is-secret.ts";
import { blocked } from "./session/open.ts";

/** The first wrong field of a bad input, for the message beside it. */
export function badField(error: unknown): { field?: string; message: string } | undefined {
  if (!(error instanceof ZodError)) return undefined;
  const [issue] = error.issues;
  if (!issue) return undefined;
  const field = issue.path.join(".");
  return { ...(field ? { field } : {}), message: issue.message };
}

const t = initTRPC.context<Context>().create({
  transformer: superjson,
  errorFormatter({ shape, error }) {
    const bad = badField(error.cause);
    const bug = error.code === "INTERNAL_SERVER_ERROR";
    const { stack: _stack, ...data } = shape.data;
    return {
      ...shape,
      message: bug ? "That broke on our side. It is safe to try again." : (bad?.message ?? error.message),
      data: { ...data, field: bad?.field },
    };
  },
});

/** Logs bugs once, at the edge. A database that is away is none and becomes a 503; nor is a visitor who left meanwhile. */
const edge = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const { error } = result;
  if (isDatabaseAway(error.cause)) {
    if (isDatabaseFull(error.cause))
      ctx.log.error({ err: error.cause, procedure: path }, "the database is full");
    throw new TRPCError({
      code: "SERVICE_UNAVAILABLE",
      message: "Our database is not answering right now. It is safe to try again in a moment.",
      cause: error.cause,
    });
  }
  if (isFanGone(error.cause)) {
    throw new TRPCError({
      code: "UNAUTHORIZED",
      message: "You signed in or left in another tab meanwhile. Load the page again and try once more.",
      cause: error.cause,
    });
  }
  if (error.code === "INTERNAL_SERVER_ERROR" && !(ctx.signal.aborted && error.cause === ctx.signal.reason))
    ctx.log.error({ err: error.cause ?? error, procedure: path });
  return result;
});

export const router = t.router;
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;
/** Anyone may call. */
export const publicProcedure = t.procedure.use(edge);

/** Whoever is known here, guests and blocked ones too: for what concerns their own data only. `ctx.me` is who. */
export const ownProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const me = await ctx.fan();
  if (!me) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  return next({ ctx: { me } });
});

/** People with an account. */
export const fanProcedure = ownProcedure.use(({ ctx, next }) => {
  if (ctx.me.guest) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
  if (ctx.me.blocked) throw blocked();
  return next();
});

/** Scripts that bring `CRON_SECRET`; where there is none, there is nothing here. */
export const operatorProcedure = publicProcedure.use(({ ctx, next }) => {
  const { cronSecret } = ctx.settings;
  if (!cronSecret) throw new TRPCError({ code: "NOT_FOUND", message: "There is nothing at this address." });
  if (isSecret(ctx.bearer ?? "", cronSecret)) return next();
  throw new TRPCError({ code: "UNAUTHORIZED", message: "Send the secret as Authorization: Bearer …" });
});

/** Administrators. */
export const adminProcedure = fanProcedure.use(({ ctx, next }) => {
  if (ctx.me.role === "admin") return next();
  throw new TRPCError({ code: "FORBIDDEN", message: "This is for administrators." });
});
