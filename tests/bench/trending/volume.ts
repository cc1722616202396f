/** A year of a product in use: so many artists, shows, setlist songs and votes, made in SQL. */
import { sql } from "kysely";
import type { Db } from "#db/index";

export type Volume = { artists: number; shows: number; setlistSongs: number; votes: number };
export const whole: Volume = { artists: 5_000, shows: 50_000, setlistSongs: 500_000, votes: 2_000_000 };
const SONGS_A_SITTING = 10;
const SITTINGS_A_FAN = 20;

/**
 * Fills an empty database. Three shows in five are coming. Fans vote on ten songs at a sitting, over a year, and never near
 * the edge of a window: ours are counted by the hour, the guide's by the second, and the scores are compared.
 */
export async function fill(db: Db, { artists, shows, setlistSongs, votes }: Volume): Promise<void> {
  const perArtist = shows / artists;
  const perShow = setlistSongs / shows;
  await db.connection().execute(async (one) => {
    // Made right, so that checking two million references proves nothing.
    await sql`set session_replication_role = replica`.execute(one);
    await sql`insert into artists (slug, name, name_key, popularity, followers)
      select 'a-' || n, 'A ' || n, 'a ' || n, case when n % 3 > 0 then n % 101 end, case when n % 4 > 0 then n * 977 end
      from generate_series(1, ${artists}::integer) n`.execute(one);
    await sql`insert into songs (artist_id, title, title_key, kind)
      select id, 'S ' || n, 's ' || n, 'studio' from artists, generate_series(1, ${perShow}::integer) n`.execute(
      one,
    );
    await sql`insert into shows (artist_id, slug, tm_event_id, name, local_date, timezone, status, slot)
      select id, slug || '-' || n, slug || '-' || n, name,
        current_date + case when n % 5 < 3 then 3 + n * 7 else -3 - n * 7 end, 'Europe/London', 'onsale', n
      from artists, generate_series(1, ${perArtist}::integer) n`.execute(one);
    await sql`insert into setlists (show_id, basis, model, expected_songs, shows_known)
      select id, 'history', 'bench', 10, 10 from shows`.execute(one);
    await sql`insert into setlist_songs (setlist_id, song_id, position, probability)
      select setlists.id, songs.id, row_number() over (partition by setlists.id), 0.5
      from setlists join shows on shows.id = setlists.show_id join songs on songs.artist_id = shows.artist_id`.execute(
      one,
    );
    await sql`insert into fans (name) select null
      from generate_series(1, ${Math.ceil(votes / SONGS_A_SITTING / SITTINGS_A_FAN)}::integer)`.execute(one);
    await insertVotes(one, votes);
    await sql`insert into vote_hours (show_id, hour, artist_id, votes)
      select show_id, date_trunc('hour', created_at), artist_id, count(*) from votes group by 1, 2, 3`.execute(
      one,
    );
    await sql`insert into views (kind, target_id, day, count)
      select 'artist', id, (now() at time zone 'UTC')::date - d, 1 + hashtext(slug) & 15 from artists, generate_series(0, 3) d
      union all
      select 'show', id, (now() at time zone 'UTC')::date - 1, 1 + hashtext(slug) & 7 from shows`.execute(
      one,
    );
    await sql`set session_replication_role = origin`.execute(one);
  });
  await sql`vacuum analyze`.execute(db);
}

/** A sitting is a fan, a show and an hour: ten songs get a vote each, half of them in the second ballot. */
async function insertVotes(db: Db, votes: number): Promise<void> {
  const sittings = votes / SONGS_A_SITTING;
  await sql`
    with show as (
      select setlists.id as setlist_id, setlists.show_id, shows.artist_id,
        row_number() over (order by hashtext(shows.slug)) - 1 as n
      from setlists join shows on shows.id = setlists.show_id
    ), fan as (select id, row_number() over () - 1 as n from fans), many as (select count(*) as shows from show)
    insert into votes (fan_id, setlist_song_id, ballot, show_id, artist_id, created_at)
    select fan.id, setlist_songs.id, case when setlist_songs.position % 2 = 0 then 'wish' else 'expect' end, show.show_id,
      show.artist_id, date_trunc('hour', now()) - interval '1 day' * sitting.day - interval '1 hour' * sitting.hour
    from (
      -- A few shows get most; a year, without the days that a window begins on.
      select n / ${SITTINGS_A_FAN}::integer as fan, power((n * 7919 % 100003) / 100003.0, 3) as fame, n % 24 as hour,
        case when n % 365 in (6, 7, 29, 30) then 40 else n % 365 end as day
      from generate_series(0, ${sittings - 1}::integer) n
    ) sitting
    join fan on fan.n = sitting.fan
    cross join many
    join show on show.n = floor(sitting.fame * many.shows)
    join setlist_songs on setlist_songs.setlist_id = show.setlist_id
    on conflict do nothing`.execute(db);
}
