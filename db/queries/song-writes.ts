/** How songs are made, renamed, merged and known by other names: sets at a time, under the artist's lock. */
import { sql } from "kysely";
import type { Alias, KnownSong } from "#rules/titles/match";
import type { Db, DbOrTrx } from "../index.ts";
import { newIds } from "./ids.ts";
import { mergeSetlistSongs, type SongMerge } from "./setlist-merges.ts";

/** Songs that stand for themselves, oldest first. */
export async function listKnownSongs(db: DbOrTrx, artistId: string): Promise<KnownSong[]> {
  return db
    .selectFrom("songs")
    .select(["id", "title", "title_key as titleKey"])
    .where("artist_id", "=", artistId)
    .where("merged_into", "is", null)
    .orderBy("id")
    .execute();
}

/** Other names of songs: aliases, and the keys of songs that were merged into them. */
export async function listAliases(db: DbOrTrx, artistId: string): Promise<Alias[]> {
  const merged = await db
    .selectFrom("songs")
    .select(["title_key as titleKey", sql<string>`merged_into`.as("songId")])
    .where("artist_id", "=", artistId)
    .where("merged_into", "is not", null)
    .execute();
  const aliases = await db
    .selectFrom("song_aliases")
    .innerJoin("songs", "songs.id", "song_aliases.song_id")
    .select([
      "song_aliases.title_key as titleKey",
      sql<string>`coalesce(songs.merged_into, songs.id)`.as("songId"),
      sql<boolean>`song_aliases.chosen_by = 'admin'`.as("byAdmin"),
    ])
    .where("song_aliases.artist_id", "=", artistId)
    .execute();
  return [...new Map([...merged, ...aliases].map((alias) => [alias.titleKey, alias])).values()];
}

export type CatalogueRow = {
  /** absent: a new song */
  id?: string | undefined;
  key: string;
  title: string;
  recordingId: string;
};
/** The studio songs by key, and which rows of them were made or altered by this write. */
export type WrittenCatalogue = { ids: Map<string, string>; fresh: string[]; changed: string[] };

/** Makes the artist's studio songs exactly these; a song that is no longer among them stays as one that was played. */
export async function writeCatalogue(
  trx: DbOrTrx,
  artistId: string,
  songs: CatalogueRow[],
): Promise<WrittenCatalogue> {
  const fresh = songs.filter((song) => !song.id);
  const made = await newIds(trx, fresh.length);
  const ids = new Map(songs.map((song) => [song.key, song.id ?? made.shift() ?? ""]));
  const rows = JSON.stringify(
    songs.map((song) => ({
      id: ids.get(song.key),
      title: song.title,
      title_key: song.key,
      recording_id: song.recordingId,
    })),
  );
  const record = sql`jsonb_to_recordset(${rows}::jsonb) as t (id uuid, title text, title_key text, recording_id uuid)`;
  const changed = await sql<{ id: string }>`
    update songs set title = t.title, kind = 'studio', recording_id = t.recording_id
    from ${record}
    where songs.id = t.id and (songs.title, songs.kind, songs.recording_id)
      is distinct from (t.title, 'studio', t.recording_id)
    returning songs.id`.execute(trx as Db);
  await sql`
    insert into songs (id, artist_id, title, title_key, kind, recording_id)
    select t.id, ${artistId}::uuid, t.title, t.title_key, 'studio', t.recording_id from ${record}
    where not exists (select 1 from songs where songs.id = t.id)`.execute(trx as Db);
  await sql`
    update songs set kind = 'setlist', recording_id = null
    where artist_id = ${artistId} and kind = 'studio'
      and id not in (select t.id from ${record})`.execute(trx as Db);
  return {
    ids,
    fresh: fresh.map((song) => ids.get(song.key) ?? ""),
    changed: changed.rows.map(({ id }) => id),
  };
}

/**
 * Makes one song of two: whatever named the younger one names the older one, which keeps its id. The younger row stays
 * and says what it became, so its key is still understood.
 */
export async function mergeSongs(trx: DbOrTrx, merges: SongMerge[]): Promise<void> {
  if (merges.length === 0) return;
  const pairs = sql`jsonb_to_recordset(${JSON.stringify(merges)}::jsonb) as t ("from" uuid, "into" uuid)`;
  await sql`update past_setlist_songs set song_id = t."into" from ${pairs} where song_id = t."from"`.execute(
    trx as Db,
  );
  await sql`update recordings set song_id = t."into" from ${pairs} where song_id = t."from"`.execute(
    trx as Db,
  );
  await sql`update song_aliases set song_id = t."into" from ${pairs} where song_id = t."from"`.execute(
    trx as Db,
  );
  await mergeSetlistSongs(trx, merges);
  await sql`
    update songs set merged_into = t."into", recording_id = null, kind = 'setlist'
    from ${pairs} where songs.id = t."from" or songs.merged_into = t."from"`.execute(trx as Db);
}

/** Notes other names of songs; what an admin chose stays. */
export async function insertAliases(trx: DbOrTrx, artistId: string, aliases: Alias[]): Promise<void> {
  if (aliases.length === 0) return;
  await sql`
    insert into song_aliases as old (artist_id, title_key, song_id)
    select ${artistId}::uuid, "titleKey", "songId"
    from jsonb_to_recordset(${JSON.stringify(aliases)}::jsonb) as t ("titleKey" text, "songId" uuid)
    on conflict (artist_id, title_key) do update set song_id = excluded.song_id
    where old.chosen_by = 'machine' and old.song_id <> excluded.song_id`.execute(trx as Db);
}
