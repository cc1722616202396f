/**
 * How far the list of an artist's releases is read at a service. The walk's row is written only while pages are left
 * over, when the walk ends and a day after that: reading an unchanged list again leaves everything as it is.
 */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { type CatalogueSource, type NewRelease, upsertReleases } from "./releases.ts";

/** An unfinished walk goes on for so long; after that pages have moved too much. */
const WALK_HOURS = 48;

/**
 * Where the list of an artist's releases is to be read on: where an interrupted walk stopped, else from its start. What
 * was read of another artist of that service, taken for ours before, goes.
 * @returns offset of the next page
 */
export async function startWalk(
  trx: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
  sourceArtistId: string,
): Promise<number> {
  const walk = await trx
    .selectFrom("release_walks")
    .select([
      "source_artist_id as sourceArtistId",
      "next_offset as offset",
      sql<boolean>`started_at > now() - make_interval(hours => ${WALK_HOURS})`.as("fresh"),
    ])
    .where("artist_id", "=", artistId)
    .where("source", "=", source)
    .executeTakeFirst();
  if (walk?.sourceArtistId === sourceArtistId) return walk.fresh ? walk.offset : 0;
  if (walk)
    await trx.deleteFrom("releases").where("artist_id", "=", artistId).where("source", "=", source).execute();
  await sql`
    insert into release_walks as walk (artist_id, source, source_artist_id)
    values (${artistId}, ${source}, ${sourceArtistId})
    on conflict (artist_id, source) do update set
      source_artist_id = excluded.source_artist_id, next_offset = 0, met = '{}', listed_at = null`.execute(
    trx as Db,
  );
  return 0;
}

export type WalkPage = {
  /** where this page begins; 0 begins the walk */
  offset: number;
  releases: NewRelease[];
  /** where the next one begins; absent on the last one */
  next?: number | undefined;
};

/**
 * Stores a page of the list and where the next one begins. With the last page the walk is done, and what it did not
 * meet is no longer listed and goes, its recordings with it.
 */
export async function writeWalkPage(
  trx: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
  page: WalkPage,
): Promise<void> {
  await upsertReleases(trx, artistId, source, page.releases);
  const ids = page.releases.map(({ sourceId }) => sourceId);
  const before = sql`case when ${page.offset}::int = 0 then '{}' else walk.met end`;
  if (page.next !== undefined) {
    await sql`
      update release_walks as walk set next_offset = ${page.next}, met = ${before} || ${ids}::text[],
        started_at = case when ${page.offset}::int = 0 then now() else walk.started_at end
      where artist_id = ${artistId} and source = ${source}`.execute(trx as Db);
    return;
  }
  await sql`
    delete from releases using release_walks as walk
    where releases.artist_id = ${artistId} and releases.source = ${source}
      and walk.artist_id = releases.artist_id and walk.source = releases.source
      and releases.source_id <> all (${before} || ${ids}::text[])`.execute(trx as Db);
  await sql`
    update release_walks set next_offset = 0, met = '{}', listed_at = now()
    where artist_id = ${artistId} and source = ${source}
      and (next_offset <> 0 or listed_at is null or listed_at < now() - interval '1 day')`.execute(trx as Db);
}
