/** Every track of a release as a service lists it, and what became of it. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import type { CatalogueSource } from "./releases.ts";

export type NewRecording = {
  sourceId: string;
  title: string;
  trackNumber?: number;
  durationMs?: number;
  isrc?: string;
  artists: string[];
  explicit?: boolean;
  video?: boolean;
  popularity?: number;
};

/** Stores all tracks of one release and notes that they are read; tracks that left it go. */
export async function writeRecordings(
  trx: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
  releaseId: string,
  recordings: NewRecording[],
): Promise<void> {
  const unique = [...new Map(recordings.map((recording) => [recording.sourceId, recording])).values()];
  const rows = JSON.stringify(
    unique.map((recording) => ({
      source_id: recording.sourceId,
      title: recording.title,
      track_number: recording.trackNumber ?? null,
      duration_ms: recording.durationMs ?? null,
      isrc: recording.isrc ?? null,
      artists: recording.artists,
      explicit: recording.explicit ?? null,
      video: recording.video ?? null,
      popularity: recording.popularity ?? null,
    })),
  );
  // One recording may stand on several releases (MusicBrainz): it stays with the one it was first read from.
  await sql`
    with tracks as materialized (
      select * from jsonb_to_recordset(${rows}::jsonb) as t (source_id text, title text, track_number smallint,
        duration_ms int, isrc text, artists text[], explicit boolean, video boolean, popularity smallint)
    ), gone as (
      delete from recordings where release_id = ${releaseId}::uuid
        and source_id not in (select source_id from tracks)
    ), read as (
      -- To the day: reading the same again on one day writes nothing.
      update releases set tracks_read_at = now()
      where id = ${releaseId}::uuid and (tracks_read_at is null or tracks_read_at < now() - interval '1 day')
    )
    insert into recordings as old (artist_id, release_id, source, source_id, title, track_number, duration_ms, isrc,
      artists, explicit, video, popularity)
    select ${artistId}::uuid, ${releaseId}::uuid, ${source}, source_id, title, track_number, duration_ms, isrc,
      artists, explicit, video, popularity
    from tracks
    on conflict (source, source_id, artist_id) do update set
      title = excluded.title, track_number = excluded.track_number, duration_ms = excluded.duration_ms,
      isrc = coalesce(excluded.isrc, old.isrc), artists = excluded.artists, explicit = excluded.explicit,
      video = excluded.video, popularity = coalesce(excluded.popularity, old.popularity), fetched_at = now()
    where (old.title, old.track_number, old.duration_ms, old.artists, old.explicit, old.video, old.popularity)
        is distinct from (excluded.title, excluded.track_number, excluded.duration_ms, excluded.artists,
          excluded.explicit, excluded.video, coalesce(excluded.popularity, old.popularity))
      or (old.isrc is null and excluded.isrc is not null)`.execute(trx as Db);
}

/** All recordings of an artist with their releases, as the catalogue is judged. */
export async function listRecordings(db: DbOrTrx, artistId: string) {
  return db
    .selectFrom("recordings")
    .leftJoin("releases", "releases.id", "recordings.release_id")
    .where("recordings.artist_id", "=", artistId)
    .select([
      "recordings.id",
      "recordings.source",
      "recordings.source_id as sourceId",
      "recordings.title",
      "track_number as trackNumber",
      "duration_ms as durationMs",
      "isrc",
      "artists",
      "explicit",
      "video",
      "popularity",
      "liveness",
      "instrumentalness",
      "speechiness",
      "releases.title as albumTitle",
      "releases.type as albumType",
      "releases.released as albumDate",
      "releases.secondary_types as secondaryTypes",
    ])
    .orderBy("recordings.source_id")
    .execute();
}

/** Whether anything of this source is stored. */
export async function hasRecordings(
  db: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
): Promise<boolean> {
  const row = await db
    .selectFrom("recordings")
    .select("id")
    .where("artist_id", "=", artistId)
    .where("source", "=", source)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Titles of a service's recordings that stand for a studio song, in a form of the studio's. */
export async function listStudioTitles(
  db: DbOrTrx,
  artistId: string,
  source: CatalogueSource,
): Promise<string[]> {
  const rows = await db
    .selectFrom("recordings")
    .select("title")
    .where("artist_id", "=", artistId)
    // Another one's stood for songs while this one was not read; they do not any more.
    .where("source", "=", source)
    .where("verdict", "=", "kept")
    .where("reason", "like", "studio:%")
    .execute();
  return rows.map((row) => row.title);
}

/** Spotify's tracks that stand for a song and of which neither code nor popularity is known. */
export async function listUntold(db: DbOrTrx, artistId: string): Promise<string[]> {
  const rows = await db
    .selectFrom("songs")
    .innerJoin("recordings", "recordings.id", "songs.recording_id")
    .select("recordings.source_id as sourceId")
    .where("songs.artist_id", "=", artistId)
    .where("recordings.source", "=", "spotify")
    .where("popularity", "is", null)
    .where("isrc", "is", null)
    .orderBy("recordings.source_id")
    .execute();
  return rows.map((row) => row.sourceId);
}

export async function writeDetails(
  trx: DbOrTrx,
  artistId: string,
  details: { sourceId: string; isrc?: string; popularity?: number }[],
): Promise<void> {
  await sql`
    update recordings set isrc = coalesce(t.isrc, recordings.isrc), popularity = t.popularity
    from jsonb_to_recordset(${JSON.stringify(details)}::jsonb) as t ("sourceId" text, isrc text, popularity smallint)
    where recordings.artist_id = ${artistId} and recordings.source = 'spotify'
      and recordings.source_id = t."sourceId"`.execute(trx as Db);
}

export type Heard = { sourceId: string; liveness: number; instrumentalness: number; speechiness: number };

/** Spotify's tracks of an artist without audio features, for the few keys that get them. */
export async function listUnheard(db: DbOrTrx, artistId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("recordings")
    .select("source_id as sourceId")
    .where("artist_id", "=", artistId)
    .where("source", "=", "spotify")
    .where("liveness", "is", null)
    .orderBy("source_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.sourceId);
}

export async function writeAudioFeatures(trx: DbOrTrx, artistId: string, heard: Heard[]): Promise<void> {
  await sql`
    update recordings set liveness = t.liveness, instrumentalness = t.instrumentalness, speechiness = t.speechiness
    from jsonb_to_recordset(${JSON.stringify(heard)}::jsonb)
      as t ("sourceId" text, liveness real, instrumentalness real, speechiness real)
    where recordings.artist_id = ${artistId} and recordings.source = 'spotify'
      and recordings.source_id = t."sourceId"`.execute(trx as Db);
}

export type VerdictRow = { id: string; verdict: string; reason: string; songId: string | null };

/** Stores what became of each recording; nothing is written where nothing changed. */
export async function writeVerdicts(trx: DbOrTrx, verdicts: VerdictRow[]): Promise<void> {
  await sql`
    update recordings set verdict = t.verdict, reason = t.reason, song_id = t."songId"
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
      as t (id uuid, verdict text, reason text, "songId" uuid)
    where recordings.id = t.id
      and (recordings.verdict, recordings.reason, recordings.song_id)
        is distinct from (t.verdict, t.reason, t."songId")`.execute(trx as Db);
}

/**
 * What is known of each studio song where no show is: how well known, of when, and its place on the record. Keys decide
 * ties, for ids differ from database to database.
 */
export async function listCatalogueFacts(db: DbOrTrx, artistId: string) {
  return db
    .selectFrom("songs")
    .leftJoin("recordings", "recordings.id", "songs.recording_id")
    .leftJoin("releases", "releases.id", "recordings.release_id")
    .where("songs.artist_id", "=", artistId)
    .where("songs.kind", "=", "studio")
    .where("songs.merged_into", "is", null)
    .select([
      "songs.id",
      "songs.title_key as key",
      "recordings.track_number as trackNumber",
      "releases.released",
      sql<number | null>`(select max(popularity)::int from recordings other where other.song_id = songs.id
        and other.verdict in ('kept', 'folded'))`.as("popularity"),
    ])
    .orderBy("songs.title_key")
    .execute();
}
