/** Opaque cursors of keyset pages: base64url over JSON, checked on the way back in. */
import { TRPCError } from "@trpc/server";
import type { z } from "zod";

export function encodeCursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** @throws TRPCError BAD_REQUEST for anything that is not one of ours */
export function decodeCursor<T>(schema: z.ZodType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new TRPCError({
      code: "BAD_REQUEST",
      message: "This page address is not valid any more. Start from the first page.",
    });
  }
}

/** Splits the one row too many off a page. */
export function page<Row>(
  rows: Row[],
  size: number,
  cursorOf: (last: Row) => unknown,
): { rows: Row[]; nextCursor?: string } {
  if (rows.length <= size) return { rows };
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return last === undefined ? { rows: shown } : { rows: shown, nextCursor: encodeCursor(cursorOf(last)) };
}
