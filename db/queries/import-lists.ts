/** Imports as administrators see them: filtered pages, newest first, and one with all that is known of it. */
import { type RawBuilder, sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import {
  type FinalStage,
  finalStages,
  type ImportOrigin,
  runningStages,
  type Stage,
  type StepName,
  type StepState,
  type SyncStep,
} from "./imports.ts";
import { beginsWith, hasWord } from "./similarity.ts";

export type ImportState = "running" | FinalStage;
export const importStates = ["running", ...finalStages] as const;

/** `startedAt` with its microseconds: a Date would lose them, and rows with it. */
export type ImportCursor = { startedAt: string; id: string };

export type ImportFilter = {
  kind: "import" | "sync";
  state?: ImportState | undefined;
  /** an artist's name or part of it as a comparison key, or its slug */
  artist?: { key: string; slug: string } | undefined;
  /** in what was said at the end; running ones have said nothing final */
  text?: string | undefined;
  /** local dates of UTC, both included */
  from?: string | undefined;
  to?: string | undefined;
};

/** More artists than these share a name's beginning only where nobody meant one. */
const ARTISTS = 200;
const FEW = 1_000;

const columns = [
  "i.id as importId",
  "i.artist_id as artistId",
  "a.slug",
  "a.name",
  "i.kind",
  "i.step",
  "i.stage",
  "i.percentage",
  "i.message",
  "i.error",
  "i.attempt",
  "i.origin",
  "i.started_by as startedBy",
  "f.name as startedByName",
  "i.started_at as startedAt",
  "i.updated_at as updatedAt",
  "i.completed_at as completedAt",
] as const;

export type ImportRow = {
  importId: string;
  artistId: string;
  slug: string;
  name: string | null;
  kind: "import" | "sync";
  step: SyncStep | null;
  stage: Stage;
  percentage: number;
  message: string;
  error: string | null;
  attempt: number;
  origin: ImportOrigin;
  startedBy: string | null;
  startedByName: string | null;
  startedAt: Date;
  updatedAt: Date;
  completedAt: Date | null;
};

const base = (db: DbOrTrx) =>
  db
    .selectFrom("imports as i")
    .innerJoin("artists as a", "a.id", "i.artist_id")
    .leftJoin("fans as f", "f.id", "i.started_by");

/** @param args.limit ask for one more than is shown */
export async function listImports(
  db: DbOrTrx,
  args: { filter: ImportFilter; after?: ImportCursor | undefined; limit: number },
): Promise<(ImportRow & { cursor: ImportCursor })[]> {
  const { filter, after, limit } = args;
  let query = base(db)
    .select([...columns, sql<string>`i.started_at::text`.as("startedText")])
    .where("i.kind", "=", filter.kind)
    .orderBy("i.started_at", "desc")
    .orderBy("i.id", "desc")
    .limit(limit);
  for (const condition of conditions(filter)) query = query.where(condition);
  if (filter.text) query = query.where(await says(db, filter.text));
  if (after)
    query = query.where(
      sql<boolean>`(i.started_at, i.id) < (${after.startedAt}::timestamptz, ${after.id}::uuid)`,
    );
  const rows = await query.execute();
  return rows.map(({ startedText, ...row }) => ({
    ...(row as ImportRow),
    cursor: { startedAt: startedText, id: row.importId },
  }));
}

function conditions({ state, artist, from, to }: ImportFilter): RawBuilder<boolean>[] {
  const found: RawBuilder<boolean>[] = [];
  if (state === "running")
    found.push(sql`i.completed_at is null`, sql`i.stage in (${sql.join(runningStages)})`);
  else if (state) found.push(sql`i.stage = ${state}`, sql`i.completed_at is not null`);
  if (from) found.push(sql`i.started_at >= ${from}::date::timestamp at time zone 'UTC'`);
  if (to) found.push(sql`i.started_at < (${to}::date + 1)::timestamp at time zone 'UTC'`);
  const key = sql<string | null>`named.name_key`;
  // Each apart and once: asked row by row they take minutes.
  if (artist)
    found.push(sql`i.artist_id = any(array(
      select named.id from artists named where named.slug = ${artist.slug}
        or (${artist.key} <> '' and (${beginsWith(artist.key, key)} or ${hasWord(artist.key, key)}))
      limit ${ARTISTS}))`);
  return found;
}

/**
 * Few imports that say so are looked up by the text's index; of many, Postgres may choose. Left to
 * itself for few, Postgres walks all imports for words that nobody said.
 */
async function says(db: DbOrTrx, text: string): Promise<RawBuilder<boolean>> {
  const words = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<{ id: string }>`
    select id from imports where completed_at is not null
      and (message || ' ' || coalesce(error, '')) ilike ${words} limit ${FEW + 1}`.execute(db as Db);
  const ids = rows.map(({ id }) => id);
  return ids.length > FEW
    ? sql<boolean>`i.completed_at is not null and (i.message || ' ' || coalesce(i.error, '')) ilike ${words}`
    : sql<boolean>`i.id = any(${ids}::uuid[])`;
}

/** How many are under way. */
export async function countRunningImports(db: DbOrTrx): Promise<{ imports: number; syncs: number }> {
  const row = await db
    .selectFrom("imports")
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere("kind", "=", "import").as("imports"),
      eb.fn.countAll<number>().filterWhere("kind", "=", "sync").as("syncs"),
    ])
    .where("completed_at", "is", null)
    .executeTakeFirstOrThrow();
  return { imports: Number(row.imports), syncs: Number(row.syncs) };
}

export type ImportDetail = ImportRow & {
  failures: number;
  imageUrl: string | null;
  /** the artist's newest whole import; another one than this where it has been imported again */
  newestId: string | null;
  /** its Ticketmaster id */
  tmAttractionId: string | null;
};

export async function findImportDetail(db: DbOrTrx, importId: string): Promise<ImportDetail | undefined> {
  const row = await base(db)
    .select([
      ...columns,
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
  const rows = await base(db)
    .select(columns)
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
