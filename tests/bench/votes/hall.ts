/** What the benches of votes vote on: fans, shows and songs whose ids follow from a number, so that pgbench makes them too. */
import { type RawBuilder, sql } from "kysely";
import type { Db } from "#db/index";

export const FANS = 20_000;
/** further fans, who have sessions */
export const HTTP_FANS = 1_500;
export const SHOWS = 20;
export const SONGS = 25;

/** An id of ours by its number; `kind` tells fans, shows and songs apart. */
export function idOf(kind: "fan" | "show" | "song", n: number): string {
  return `${kinds[kind]}-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;
}
const kinds = { fan: "00000001", show: "00000002", song: "00000003" };
/** The same as an expression of SQL. @param n an expression too */
export const sqlId = (kind: keyof typeof kinds, n: string) =>
  `('${kinds[kind]}-0000-7000-8000-' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`;

/** The vote with this number: each is new, and those that follow each other are of different fans. */
export function voteOf(n: number): { fanId: string; setlistSongId: string } {
  const fan = n % FANS;
  return {
    fanId: idOf("fan", fan),
    setlistSongId: idOf("song", (fan % SHOWS) * SONGS + Math.floor(n / FANS)),
  };
}

/** The same for those who have sessions, counted on their own. @returns `fan` from 0 */
export function httpVoteOf(n: number): { fan: number; setlistSongId: string } {
  const fan = n % HTTP_FANS;
  return { fan, setlistSongId: idOf("song", (fan % SHOWS) * SONGS + Math.floor(n / HTTP_FANS)) };
}

/** @param hot further shows, of one song each, that all fans may vote for: songs of `SHOWS * SONGS` and above */
export async function fill(db: Db, hot: number): Promise<void> {
  const id = (kind: keyof typeof kinds, n: RawBuilder<unknown>) =>
    sql<string>`(${kinds[kind]}::text || '-0000-7000-8000-' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`;
  await sql`insert into fans (id) select ${id("fan", sql`n`)} from generate_series(0, ${FANS + HTTP_FANS}::int - 1) n`.execute(
    db,
  );
  await sql`with artist as (
      insert into artists (slug, name, name_key) values ('bench', 'Bench', 'bench') returning id
    ), shows as (
      insert into shows (id, artist_id, slug, tm_event_id, name, local_date, slot, timezone, status)
      select ${id("show", sql`n`)}, artist.id, 'bench-' || n, 'bench-' || n, 'Bench', current_date + 30, n, 'Europe/London', 'onsale'
      from artist, generate_series(0, ${SHOWS + hot}::int - 1) n returning id, slot
    ), lists as (
      insert into setlists (show_id, basis, model, expected_songs, shows_known)
      select id, 'history', 'bench', 25, 30 from shows returning id, show_id
    ), titles as (
      insert into songs (artist_id, title, title_key, kind)
      select id, 'Song ' || n, 'song ' || n, 'studio' from artist, generate_series(0, ${SONGS}::int - 1) n returning id, title_key
    )
    insert into setlist_songs (id, setlist_id, song_id, position, probability)
    select ${id(
      "song",
      sql`case when slot < ${SHOWS}::int then slot * ${SONGS}::int + split_part(title_key, ' ', 2)::int
        else ${SHOWS * SONGS}::int + slot - ${SHOWS}::int end`,
    )}, lists.id, titles.id, split_part(title_key, ' ', 2)::int, 0.5
    from lists join shows on shows.id = lists.show_id join titles on slot < ${SHOWS}::int or title_key = 'song 0'`.execute(
    db,
  );
  // Not the tables of the votes: as in a new database, nobody knows yet how large they will be.
  await sql`analyze fans, artists, shows, setlists, songs, setlist_songs`.execute(db);
}
