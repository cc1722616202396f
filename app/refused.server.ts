/** What a form is answered with that was refused: the sentence, beside which field, and what was typed. */
import { json, type TypedResponse } from "@remix-run/node";
import type { CallError } from "./call.server";
import type { Refused } from "./components/field";

/** @param typed what the form shows again; a password never is among it */
export function refused(
  { status, error }: { status: number; error: CallError },
  typed: Record<string, string> = {},
): TypedResponse<{ refused: Refused }> {
  const { message, field } = error;
  return json(
    { refused: { message, ...(field && { field }), typed } },
    { status, headers: { "Cache-Control": "no-store" } },
  );
}
