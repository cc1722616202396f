/** Questions of the dashboard, which must never cost the site its database: what takes too long is cut off. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "./index.ts";

/** Postgres' query_canceled: by statement_timeout, in a transaction that only reads */
const CANCELED = "57014";
/** half a page's patience */
const MOST_MS = 1_000;

/** `cut`: there is an answer, but not within the time */
export type CutOff<T> = { cut: false; value: T } | { cut: true };

/**
 * Runs `read` in a read-only transaction of its own whose statements end after `mostMs` each.
 * @returns cut: the database was told to stop; nothing is known
 */
export async function cutOff<T>(
  db: Db,
  read: (trx: DbOrTrx) => Promise<T>,
  mostMs = MOST_MS,
): Promise<CutOff<T>> {
  try {
    const value = await db
      .transaction()
      .setAccessMode("read only")
      .execute(async (trx) => {
        // Sums over many rows are large on paper: Postgres would compile for a second what takes a fifth of one.
        await sql`select set_config('statement_timeout', ${String(mostMs)}, true), set_config('jit', 'off', true)`.execute(
          trx,
        );
        return read(trx);
      });
    return { cut: false, value };
  } catch (error) {
    if ((error as { code?: string }).code === CANCELED) return { cut: true };
    throw error;
  }
}
