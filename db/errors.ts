/** What Postgres errors mean to us. */

/**
 * SQLSTATE classes and codes of a server that is away, starting, stopping or out of connections, disk or memory (53), and
 * of a transaction ended because its process had been paused (25P03)
 */
const away = /^(08|25P03|57P0[123]|53)/;
const network = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EHOSTUNREACH"]);

/** True when the database could not be reached, or could not write: nothing is wrong with the request, it may be sent again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && (away.test(code) || network.has(code))) return true;
  // pg's own words, which carry no code
  return /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  );
}

/** True when the database has no room left, on its disk or in its memory: nobody but an operator can help. */
export function isDatabaseFull(error: unknown): boolean {
  return error instanceof Error && /^53[12]00$/.test(String((error as { code?: unknown }).code));
}

/** deadlock, serialization, a check that only a simultaneous write can break, a row named that went meanwhile */
const races = new Set(["40P01", "40001", "23514", "23503"]);

/** True for a transaction that was ended by another one's at the same moment: it may be tried again whole. */
export function isRaceLost(error: unknown): boolean {
  return error instanceof Error && races.has(String((error as { code?: unknown }).code));
}

/** True when a row with this unique key came to exist meanwhile. @param constraint the index's name */
export function isTaken(error: unknown, constraint: string): boolean {
  const { code, constraint: broken } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === "23505" && broken === constraint;
}

/** True when a row of somebody was to be written who left, or became somebody else, at the same moment. */
export function isFanGone(error: unknown): boolean {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return code === "23503" && typeof constraint === "string" && constraint.endsWith("_fan_id_fkey");
}
