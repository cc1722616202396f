/** A show with a predicted setlist, straight into the database: for tests of what happens after the prediction. */
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "#db/index";

export type VotedShow = { showId: string; slug: string; artistId: string; setlistSongIds: string[] };

/** An artist of its own with one coming show, in 30 days, and so many expected songs in their order. */
export async function insertVotedShow(db: Db, songs: number): Promise<VotedShow> {
  const name = `voted-${randomUUID()}`;
  const { rows } = await sql<VotedShow>`
    with artist as (
      insert into artists (slug, name, name_key) values (${name}, ${name}, ${name}) returning id
    ), show as (
      insert into shows (artist_id, slug, tm_event_id, name, local_date, timezone, status)
      select id, ${name}, ${name}, ${name}, current_date + 30, 'Europe/London', 'onsale' from artist returning id
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
      select setlist.id, song.id, song.n, 0.5 from setlist, song returning id, position
    )
    select artist.id as "artistId", show.id as "showId", ${name} as slug,
      (select array_agg(id order by position) from row) as "setlistSongIds"
    from artist, show`.execute(db);
  return rows[0] as VotedShow;
}
