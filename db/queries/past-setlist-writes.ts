/** How past setlists are stored: a page at a time, set by set. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type PastSetlistSong = {
  name: string;
  /** null for an entry that names no song */
  titleKey: string | null;
  /** where it is known already */
  songId?: string;
  setName?: string;
  encore?: number;
  tape: boolean;
  cover?: string;
  guest?: string;
};
export type NewPastSetlist = {
  sourceId: string;
  version?: string;
  url: string;
  localDate: string;
  venueName?: string;
  city?: string;
  country?: string;
  tour?: string;
  updatedAt?: string;
  /** in the source's list, the newest first */
  place?: number;
  songs: PastSetlistSong[];
};
export type WriteCounts = { new: number; changed: number; unchanged: number };

/**
 * Stores a page of past setlists, set by set: the songs they name, the setlists, their entries. A setlist whose version
 * is known only gets its fetch time; its entries are not written again.
 */
export async function upsertPastSetlists(
  trx: DbOrTrx,
  artistId: string,
  read: NewPastSetlist[],
): Promise<WriteCounts> {
  // A page may hold a setlist twice: pages move on while they are read. The last one stands.
  const setlists = [...new Map(read.map((setlist) => [setlist.sourceId, setlist])).values()];
  if (setlists.length === 0) return { new: 0, changed: 0, unchanged: 0 };
  const heads = JSON.stringify(
    setlists.map((setlist) => ({
      source_id: setlist.sourceId,
      version: setlist.version ?? null,
      url: setlist.url,
      local_date: setlist.localDate,
      venue_name: setlist.venueName ?? null,
      city: setlist.city ?? null,
      country: setlist.country ?? null,
      tour: setlist.tour ?? null,
      song_count: new Set(
        setlist.songs
          .filter((song) => !song.tape && song.titleKey)
          .map((song) => song.songId ?? song.titleKey),
      ).size,
      source_updated_at: setlist.updatedAt ?? null,
      place: setlist.place ?? null,
    })),
  );
  const written = await sql<{ id: string; sourceId: string; fresh: boolean; altered: boolean }>`
    with incoming as (
      select * from jsonb_to_recordset(${heads}::jsonb) as t (
        source_id text, version text, url text, local_date date, venue_name text, city text, country text, tour text,
        song_count smallint, source_updated_at timestamptz, place int)),
    before as (
      select past_setlists.source_id,
        (past_setlists.version, past_setlists.source_updated_at, past_setlists.song_count)
          is not distinct from (incoming.version, incoming.source_updated_at, incoming.song_count) as same
      from past_setlists join incoming using (source_id)
      where past_setlists.source = 'setlistfm')
    insert into past_setlists as old (
      artist_id, source, source_id, version, url, local_date, venue_name, city, country, tour, song_count, source_updated_at,
      place)
    select ${artistId}::uuid, 'setlistfm', source_id, version, url, local_date, venue_name, city, country, tour, song_count,
      source_updated_at, place
    from incoming
    on conflict (source, source_id) do update set
      version = excluded.version, url = excluded.url, local_date = excluded.local_date, venue_name = excluded.venue_name,
      city = excluded.city, country = excluded.country, tour = excluded.tour, song_count = excluded.song_count,
      source_updated_at = excluded.source_updated_at, place = excluded.place, fetched_at = now()
    where old.artist_id = excluded.artist_id
    returning id, source_id as "sourceId",
      not exists (select 1 from before where before.source_id = old.source_id) as fresh,
      coalesce((select not same from before where before.source_id = old.source_id), true) as altered`.execute(
    trx as Db,
  );

  const altered = written.rows.filter((row) => row.altered);
  const bySource = new Map(setlists.map((setlist) => [setlist.sourceId, setlist]));
  await writeEntries(
    trx,
    artistId,
    altered.map(({ id, sourceId }) => ({ pastSetlistId: id, songs: bySource.get(sourceId)?.songs ?? [] })),
  );
  const fresh = written.rows.filter((row) => row.fresh).length;
  return { new: fresh, changed: altered.length - fresh, unchanged: setlists.length - altered.length };
}

export type Entries = { pastSetlistId: string; songs: PastSetlistSong[] };

/** Past setlists with an entry that may be a medley: all of their entries, in order. */
export async function listMedleys(db: DbOrTrx, artistId: string): Promise<Entries[]> {
  const { rows } = await sql<Entries>`
    select past_setlist_id as "pastSetlistId", json_agg(json_strip_nulls(json_build_object('name', name,
      'setName', set_name, 'encore', encore, 'tape', tape, 'cover', cover, 'guest', guest)) order by position) as songs
    from past_setlist_songs
    where past_setlist_id in (
      select past_setlist_id from past_setlist_songs entry
      join past_setlists on past_setlists.id = entry.past_setlist_id
      where past_setlists.artist_id = ${artistId} and (entry.name like '% / %' or entry.name like '% > %'))
    group by past_setlist_id`.execute(db as Db);
  return rows;
}

/** Replaces the entries of these past setlists, making the songs they name where there is none. */
export async function writeEntries(trx: DbOrTrx, artistId: string, setlists: Entries[]): Promise<void> {
  if (setlists.length === 0) return;
  const ids = JSON.stringify(setlists.map(({ pastSetlistId }) => pastSetlistId));
  const entries = JSON.stringify(
    setlists.flatMap(({ pastSetlistId, songs }) =>
      songs.map((song, index) => ({
        past_setlist_id: pastSetlistId,
        position: index + 1,
        name: song.name,
        title_key: song.titleKey,
        song_id: song.songId ?? null,
        set_name: song.setName ?? null,
        encore: song.encore ?? null,
        tape: song.tape,
        cover: song.cover ?? null,
        guest: song.guest ?? null,
      })),
    ),
  );
  // A tape is no song of the band; the first spelling met becomes the title.
  await sql`
    insert into songs (artist_id, title, title_key, kind)
    select distinct on (title_key) ${artistId}::uuid, name, title_key, 'setlist'
    from jsonb_to_recordset(${entries}::jsonb) as t (name text, title_key text, song_id uuid, tape boolean,
      position int)
    where title_key is not null and song_id is null and not tape
    order by title_key, position
    on conflict (artist_id, title_key) do nothing`.execute(trx as Db);
  await sql`delete from past_setlist_songs where past_setlist_id in (
    select (value #>> '{}')::uuid from jsonb_array_elements(${ids}::jsonb))`.execute(trx as Db);
  await sql`
    insert into past_setlist_songs (past_setlist_id, position, name, song_id, set_name, encore, tape, cover, guest)
    select t.past_setlist_id, t.position, t.name, coalesce(t.song_id, songs.id), t.set_name, t.encore, t.tape, t.cover, t.guest
    from jsonb_to_recordset(${entries}::jsonb) as t (
      past_setlist_id uuid, position smallint, name text, title_key text, song_id uuid, set_name text, encore smallint, tape boolean,
      cover text, guest text)
    left join songs on songs.artist_id = ${artistId}::uuid and songs.title_key = t.title_key`.execute(
    trx as Db,
  );
}
