/** An artist's releases as a service lists them. How far the list is read: release-walks.ts. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type CatalogueSource = "spotify" | "musicbrainz";
export type NewRelease = {
  sourceId: string;
  title: string;
  type?: "album" | "single" | "compilation" | "ep";
  date?: string;
  secondaryTypes?: string[];
  trackCount?: number;
};

/** Stores releases as they are listed; nothing is written where nothing changed. */
export async function upsertReleases(
  trx: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
  releases: NewRelease[],
): Promise<void> {
  const unique = [...new Map(releases.map((release) => [release.sourceId, release])).values()];
  const rows = JSON.stringify(
    unique.map((release) => ({
      source_id: release.sourceId,
      title: release.title,
      type: release.type ?? null,
      released: release.date ?? null,
      secondary_types: release.secondaryTypes ?? [],
      track_count: release.trackCount ?? null,
    })),
  );
  await sql`
    insert into releases as old (artist_id, source, source_id, title, type, released, secondary_types, track_count)
    select ${artistId}::uuid, ${source}, source_id, title, type, released,
      array(select jsonb_array_elements_text(secondary_types)), track_count
    from jsonb_to_recordset(${rows}::jsonb) as t (source_id text, title text, type text, released text,
      secondary_types jsonb, track_count smallint)
    on conflict (artist_id, source, source_id) do update set
      title = excluded.title, type = excluded.type, released = excluded.released,
      secondary_types = excluded.secondary_types, track_count = excluded.track_count
    where (old.title, old.type, old.released, old.secondary_types, old.track_count) is distinct from
      (excluded.title, excluded.type, excluded.released, excluded.secondary_types, excluded.track_count)`.execute(
    trx as Db,
  );
}

export type ReleaseToRead = {
  id: string;
  sourceId: string;
  title: string;
  type: string | null;
  date: string | null;
  trackCount: number | null;
  secondaryTypes: string[];
};

/**
 * Releases whose tracks are not read, or not for `days`: albums first, then singles, then compilations, the oldest
 * first. Those that were found to need no call of their own are left out.
 */
export async function listReleasesToRead(
  db: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
  days: number,
): Promise<ReleaseToRead[]> {
  return releases(db, artistId, source)
    .where("skipped", "is", null)
    .where(sql<boolean>`(tracks_read_at is null or tracks_read_at < now() - make_interval(days => ${days}))`)
    .orderBy(sql`array_position(array['album', 'ep', 'single', 'compilation'], type)`)
    .orderBy("released")
    .orderBy("source_id")
    .execute();
}

/** Releases whose tracks are stored, however long ago they were read. */
export async function listReadReleases(
  db: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
): Promise<ReleaseToRead[]> {
  return releases(db, artistId, source).where("tracks_read_at", "is not", null).execute();
}

const releases = (db: DbOrTrx, artistId: string, source: CatalogueSource) =>
  db
    .selectFrom("releases")
    .select([
      "id",
      "source_id as sourceId",
      "title",
      "type",
      "released as date",
      "track_count as trackCount",
      "secondary_types as secondaryTypes",
    ])
    .where("artist_id", "=", artistId)
    .where("source", "=", source);

/** Notes why the tracks of these releases are not asked for. */
export async function skipReleases(trx: DbOrTrx, skipped: { id: string; reason: string }[]): Promise<void> {
  if (skipped.length === 0) return;
  await sql`
    update releases set skipped = t.reason
    from jsonb_to_recordset(${JSON.stringify(skipped)}::jsonb) as t (id uuid, reason text)
    where releases.id = t.id and releases.skipped is distinct from t.reason`.execute(trx as Db);
}

/** Titles, kinds and dates of a source's releases: MusicBrainz' are witnesses for Spotify's. */
export async function listReleases(db: DbOrTrx, artistId: string, source: CatalogueSource) {
  return db
    .selectFrom("releases")
    .select(["id", "title", "type", "released as date", "secondary_types as secondaryTypes"])
    .where("artist_id", "=", artistId)
    .where("source", "=", source)
    .execute();
}
