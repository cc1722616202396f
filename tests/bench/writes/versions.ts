/** Which tables got new row versions, and how many: counted by their transaction ids, so nothing has to be believed. */
import { sql } from "kysely";
import type { Db } from "#db/index";

const tables = [
  "artists",
  "artist_sources",
  "venues",
  "slugs",
  "shows",
  "show_sources",
  "show_bill",
  "releases",
  "release_walks",
  "recordings",
  "songs",
  "song_aliases",
] as const;

/** A moment to count from. A bench's database is young: its ids have not come round. */
export async function markVersions(db: Db): Promise<number> {
  const { rows } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(db);
  return Number(rows[0]?.xid);
}

/** @returns table → versions written since; tables without one are left out */
export async function versionsSince(db: Db, mark: number): Promise<Record<string, number>> {
  const written: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table)} where xmin::text::bigint > ${mark}`.execute(db);
    if (rows[0]?.count) written[table] = rows[0].count;
  }
  return written;
}

/** How many rows each table holds: both sides have to leave the same. */
export async function countRows(db: Db): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await sql<{
      count: number;
    }>`select count(*)::int as count from ${sql.table(table)}`.execute(db);
    counts[table] = rows[0]?.count ?? 0;
  }
  return counts;
}
