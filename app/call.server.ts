/** How pages ask: a procedure's refusal becomes a status, or text beside the field. Bugs are logged by the procedure. */
import { json } from "@remix-run/node";
import { TRPCError } from "@trpc/server";

export type CallError = { code: string; message: string; field?: string };

const statuses: Record<string, number> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  TOO_MANY_REQUESTS: 429,
  SERVICE_UNAVAILABLE: 503,
};
/** Where a refusal names no moment itself: a limit's window, a database's restart. */
const retryAfter: Record<number, number> = { 429: 60, 503: 5 };

/** For loaders: the answer, or a thrown Response that the error boundary or the API's caller reads. */
export async function load<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TRPCError) throw errorAnswer(error);
    throw error;
  }
}

/** For actions: what happened, to be shown beside the field. Only what is nobody's input is thrown. */
export async function submit<T>(
  call: Promise<T>,
): Promise<{ ok: true; data: T } | { ok: false; status: number; error: CallError }> {
  try {
    return { ok: true, data: await call };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const status = statusOf(error);
    if (status >= 500) throw errorAnswer(error);
    return { ok: false, status, error: describe(error) };
  }
}

/** The envelope of every error answer of `/api/*`. */
export function refusal(status: number, error: CallError, headers?: HeadersInit): Response {
  return json({ error }, { status, headers });
}

/** For resource routes, of which Remix would say "Unexpected Server Error": the method is named that is allowed. */
export function methodNotAllowed(allow: string): Response {
  const error = { code: "METHOD_NOT_SUPPORTED", message: `Only ${allow} is possible here.` };
  return refusal(405, error, { Allow: allow });
}

function errorAnswer(error: TRPCError): Response {
  const status = statusOf(error);
  const wait = waitOf(error) ?? retryAfter[status];
  return refusal(status, describe(error), wait === undefined ? undefined : { "Retry-After": String(wait) });
}

function statusOf({ code }: TRPCError): number {
  return statuses[code] ?? 500;
}

function describe(error: TRPCError): CallError {
  if (statusOf(error) === 500) {
    return { code: "INTERNAL", message: "That broke on our side. It is safe to try again." };
  }
  const [issue] = issuesOf(error.cause);
  const field = issue?.path?.join(".");
  return { code: error.code, message: issue?.message ?? error.message, ...(field ? { field } : {}) };
}

type Issue = { message: string; path?: PropertyKey[] };

/** zod's own error is the cause of a refused input; its message is all issues as JSON, which no one should read. */
function issuesOf(cause: unknown): Issue[] {
  const { issues } = (cause ?? {}) as { issues?: unknown };
  return Array.isArray(issues) ? (issues as Issue[]) : [];
}

function waitOf({ cause }: TRPCError): number | undefined {
  const { retryAfter: seconds } = (cause ?? {}) as { retryAfter?: unknown };
  return typeof seconds === "number" ? Math.max(1, Math.ceil(seconds)) : undefined;
}
