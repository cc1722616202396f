/** What only machines ask; the rest of the metrics is read as the control room reads it. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

export type WorkFigures = {
  /** imports and syncs that have not ended */
  importsRunning: number;
  /** workers whose heartbeat is fresh */
  workersAlive: number;
};

/** Along a partial index that holds what has not ended alone, and the few rows of pg-boss's instances. */
export async function getWorkFigures(db: DbOrTrx): Promise<WorkFigures> {
  const { rows } = await sql<WorkFigures>`
    select (select count(*)::int from imports where completed_at is null) as "importsRunning",
      (select count(*)::int from pgboss.instance where stopped_on is null
        and heartbeat_on > now() - make_interval(secs => 3 * heartbeat_seconds)) as "workersAlive"`.execute(
    db,
  );
  return rows[0]!;
}
