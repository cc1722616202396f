/** The imports that run, and how long their steps take. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

const SHOWN = 12;
/** Of so many imports, the newest, the steps are read. */
const READ = 300;

export type ImportNow = {
  importId: string;
  artistSlug: string;
  /** null: not known yet */
  artistName: string | null;
  kind: string;
  stage: string;
  percentage: number;
  message: string;
  startedAt: Date;
};

/** The oldest first, at most 12, and how many there are in all. Syncs of one step are imports too. */
export async function listImportsNow(db: DbOrTrx): Promise<{ running: number; imports: ImportNow[] }> {
  const imports = await db
    .selectFrom("imports as i")
    .innerJoin("artists as a", "a.id", "i.artist_id")
    .select([
      "i.id as importId",
      "a.slug as artistSlug",
      "a.name as artistName",
      "i.kind",
      "i.stage",
      "i.percentage",
      "i.message",
      "i.started_at as startedAt",
      sql<number>`count(*) over ()::int`.as("running"),
    ])
    .where("i.completed_at", "is", null)
    // Whole imports are what somebody waits for.
    .orderBy("i.kind")
    .orderBy("i.started_at")
    .limit(SHOWN)
    .execute();
  return {
    running: imports[0]?.running ?? 0,
    imports: imports.map(({ running: _all, ...shown }) => shown),
  };
}

/** ms that 95 of 100 steps of the newest imports within so many minutes took at most; null: none was done. */
export async function findStepP95(db: DbOrTrx, minutes: number): Promise<number | null> {
  const { rows } = await sql<{ p95: number | null }>`
    with recent as materialized (
      select id from imports where started_at > now() - make_interval(mins => ${minutes}::int)
      order by started_at desc, id desc limit ${READ}
    )
    select percentile_cont(0.95) within group (order by s.duration_ms) as p95
    -- Import by import along the key: left to itself Postgres reads the steps of all imports.
    from recent r cross join lateral (
      select duration_ms from import_steps where import_id = r.id and state = 'done' offset 0
    ) s`.execute(db as Db);
  return rows[0]?.p95 ?? null;
}
