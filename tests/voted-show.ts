/** A show with a predicted setlist, straight into the database: for tests of what happens after the prediction. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "#db/index";

export type VotedShow = {
  showId: string;
  slug: string;
  artistId: string;
  setlistSongIds: string[];
  /** of the same songs, in the same order */
  songIds: string[];
};

/** An artist of its own with one show in London, in 30 days unless said otherwise, and so many expected songs in their order. */
export async function insertVotedShow(
  db: Db,
  songs: number,
  show: { localDate?: string; localTime?: string; status?: string } = {},
): Promise<VotedShow> {
  const name = `voted-${randomUUID()}`;
  const { localDate = null, localTime = null, status = "onsale" } = show;
  const { rows } = await sql<VotedShow>`
    with artist as (
      insert into artists (slug, name, name_key) values (${name}, ${name}, ${name}) returning id
    ), show as (
      insert into shows (artist_id, slug, tm_event_id, name, local_date, local_time, timezone, status)
      select id, ${name}, ${name}, ${name}, coalesce(${localDate}::date, current_date + 30), ${localTime}::time,
        'Europe/London', ${status} from artist returning id
    ), show_slug as (
      insert into slugs (kind, slug, target_id) select 'show', ${name}, id from show
    ), setlist as (
      insert into setlists (show_id, basis, model, expected_songs, shows_known)
      select id, 'history', 'test', least(${songs}::int, 25), 30 from show returning id
    ), song as (
      insert into songs (artist_id, title, title_key, kind)
      select artist.id, 'Song ' || n, 'song ' || n, 'studio' from artist, generate_series(1, ${songs}::int) n
      returning id, split_part(title, ' ', 2)::int as n
    ), row as (
      insert into setlist_songs (setlist_id, song_id, position, probability)
      select setlist.id, song.id, song.n, 0.5 from setlist, song returning id, song_id, position
    )
    select artist.id as "artistId", show.id as "showId", ${name} as slug,
      (select array_agg(id order by position) from row) as "setlistSongIds",
      (select array_agg(song_id order by position) from row) as "songIds"
    from artist, show`.execute(db);
  return rows[0] as VotedShow;
}
