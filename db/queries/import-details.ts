/** One import with all that is known of it, and some by their ids. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { importColumns, type ImportRow, importsWithNames } from "./import-lists.ts";
import type { StepName, StepState } from "./imports.ts";

export type ImportDetail = ImportRow & {
  failures: number;
  imageUrl: string | null;
  /** the artist's newest whole import; another one than this where it has been imported again */
  newestId: string | null;
  /** its Ticketmaster id */
  tmAttractionId: string | null;
};

export async function findImportDetail(db: DbOrTrx, importId: string): Promise<ImportDetail | undefined> {
  const row = await importsWithNames(db)
    .select([
      ...importColumns,
      "i.failures",
      "a.image_url as imageUrl",
      sql<string | null>`(select newer.id from imports newer where newer.artist_id = i.artist_id
        and newer.kind = 'import' order by newer.started_at desc, newer.id desc limit 1)`.as("newestId"),
      sql<string | null>`(select source_id from artist_sources s where s.artist_id = i.artist_id
        and s.source = 'ticketmaster' order by fetched_at limit 1)`.as("tmAttractionId"),
    ])
    .where("i.id", "=", importId)
    .executeTakeFirst();
  return row as ImportDetail | undefined;
}

/** Imports by their ids, in no order. */
export async function listImportsById(db: DbOrTrx, importIds: string[]): Promise<ImportRow[]> {
  const rows = await importsWithNames(db)
    .select(importColumns)
    .where("i.id", "=", sql<string>`any(${importIds}::uuid[])`)
    .execute();
  return rows as ImportRow[];
}

export type StepDetail = {
  step: StepName;
  state: StepState;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  skipped: number;
  missing: string | null;
  reason: string | null;
  upstream: string | null;
  durationMs: number;
  /** failures in a row of the step's syncs since the import ended; null: none was tried */
  triesSince: number | null;
  /** when its own back-off is over; null where no sync was tried since */
  nextTryAt: Date | null;
};

/** How the steps of an import ended, with what syncs have done about their gaps since. */
export async function listStepDetails(db: DbOrTrx, importId: string): Promise<StepDetail[]> {
  const { rows } = await sql<StepDetail>`
    select s.step, s.state, s.read, s.new, s.changed, s.unchanged, s.skipped, s.missing, s.reason, s.upstream,
      s.duration_ms as "durationMs",
      case when t.tried_at >= i.completed_at then t.failures end as "triesSince",
      case when t.tried_at >= i.completed_at then t.tried_at
        + least(interval '6 hours', interval '5 minutes' * power(2, greatest(0, least(t.failures, 10) - 1))) end as "nextTryAt"
    from import_steps s
    join imports i on i.id = s.import_id
    left join sync_tries t on t.artist_id = i.artist_id and t.step = s.step
    where s.import_id = ${importId}
    order by array_position(array['identity', 'shows', 'songs', 'past-setlists', 'predictions'], s.step)`.execute(
    db as Db,
  );
  return rows;
}
