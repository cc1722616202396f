/** Imports as administrators see them: filtered pages, newest first. */
import { type RawBuilder, sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import {
  type FinalStage,
  finalStages,
  type ImportOrigin,
  runningStages,
  type Stage,
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
/** A common text is found among so many of the newest imports, a rare one by its index. */
const NEWEST = 2_000;
const FEW = 5_000;

export const importColumns = [
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

export const importsWithNames = (db: DbOrTrx) =>
  db
    .selectFrom("imports as i")
    .innerJoin("artists as a", "a.id", "i.artist_id")
    .leftJoin("fans as f", "f.id", "i.started_by");

type Listed = ImportRow & { cursor: ImportCursor };
type ListArgs = { filter: ImportFilter; after?: ImportCursor | undefined; limit: number };

/** @param args.limit ask for one more than is shown */
export async function listImports(db: DbOrTrx, args: ListArgs): Promise<Listed[]> {
  const { kind, text } = args.filter;
  if (!text) return listWhere(db, args, []);
  const words = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const edge = await findEdge(db, { kind, after: args.after });
  const newest = edge === undefined ? [] : [sql<boolean>`i.started_at >= ${edge}::timestamptz`];
  const found = await listWhere(db, args, [...newest, saysOnTheWay(words)]);
  if (edge === undefined || found.length >= args.limit) return found;
  return listWhere(db, args, [await says(db, words)]);
}

async function listWhere(
  db: DbOrTrx,
  { filter, after, limit }: ListArgs,
  more: RawBuilder<boolean>[],
): Promise<Listed[]> {
  let query = importsWithNames(db)
    .select([...importColumns, sql<string>`i.started_at::text`.as("startedText")])
    .where("i.kind", "=", filter.kind)
    .orderBy("i.started_at", "desc")
    .orderBy("i.id", "desc")
    .limit(limit);
  for (const condition of [...conditions(filter), ...more]) query = query.where(condition);
  if (after) query = query.where(isAfter(after));
  const rows = await query.execute();
  return rows.map(({ startedText, ...row }) => ({
    ...(row as ImportRow),
    cursor: { startedAt: startedText, id: row.importId },
  }));
}

const isAfter = ({ startedAt, id }: ImportCursor) =>
  sql<boolean>`(i.started_at, i.id) < (${startedAt}::timestamptz, ${id}::uuid)`;

/** When the last of the next `NEWEST` imports began; undefined: there are fewer. */
async function findEdge(
  db: DbOrTrx,
  { kind, after }: { kind: "import" | "sync"; after: ImportCursor | undefined },
): Promise<string | undefined> {
  let query = db
    .selectFrom("imports as i")
    .select(sql<string>`i.started_at::text`.as("startedAt"))
    .where("i.kind", "=", kind)
    .orderBy("i.started_at", "desc")
    .orderBy("i.id", "desc")
    .offset(NEWEST)
    .limit(1);
  if (after) query = query.where(isAfter(after));
  return (await query.executeTakeFirst())?.startedAt;
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

/** Said import by import: a `case` is a coin's toss to Postgres, which then walks from the newest until the page is full. */
const saysOnTheWay = (words: string) => sql<boolean>`
  case when i.completed_at is not null and concat_ws(' ', i.message, i.error) ilike ${words} then true else false end`;

/** Few imports that say so are looked up by the text's index; left to itself Postgres gathers all of many, too. */
async function says(db: DbOrTrx, words: string): Promise<RawBuilder<boolean>> {
  const { rows } = await sql<{ id: string }>`
    select id from imports where completed_at is not null
      and (message || ' ' || coalesce(error, '')) ilike ${words} limit ${FEW + 1}`.execute(db as Db);
  const ids = rows.map(({ id }) => id);
  return ids.length > FEW ? saysOnTheWay(words) : sql<boolean>`i.id = any(${ids}::uuid[])`;
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
