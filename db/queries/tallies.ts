/** The counts that pages show, of all songs of a show at once. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type TallyOfSong = { setlistSongId: string; votes: number; wishes: number };
/** `at` is the database's moment of reading; every shown song is in it, in the setlist's order, zeros included. */
export type Tallies = { showId: string; at: Date; songs: TallyOfSong[] };

/**
 * Which rows of a setlist people see: expected, voted for or suggested, and not taken off by an administrator. Over
 * `setlist_songs` and its `tallies`, which may be null.
 */
export const isShown = sql<boolean>`(setlist_songs.hidden_at is null and (setlist_songs.probability > 0
  or coalesce(tallies.votes, 0) > 0 or coalesce(tallies.wishes, 0) > 0
  or exists (select 1 from suggestions where suggestions.setlist_song_id = setlist_songs.id)))`;

/** Both counts of every shown song of a show, in one statement; undefined when there is no such show. */
export async function readTallies(db: DbOrTrx, showId: string): Promise<Tallies | undefined> {
  const { rows } = await sql<Tallies>`
    select shows.id as "showId", clock_timestamp() as at, coalesce((
      select json_agg(json_build_object(
        'setlistSongId', setlist_songs.id,
        'votes', coalesce(tallies.votes, 0), 'wishes', coalesce(tallies.wishes, 0))
        order by setlist_songs.position, setlist_songs.id)
      from setlists
      join setlist_songs on setlist_songs.setlist_id = setlists.id
      left join tallies on tallies.setlist_song_id = setlist_songs.id
      where setlists.show_id = shows.id and ${isShown}), '[]') as songs
    from shows where shows.id = ${showId}`.execute(db as Db);
  return rows[0];
}

/** By show the title keys of songs that fans voted for or suggested: they stay on the setlist, whatever their odds. */
export async function listKeptSongs(db: DbOrTrx, artistId: string) {
  return db
    .selectFrom("shows")
    .innerJoin("setlists", "setlists.show_id", "shows.id")
    .innerJoin("setlist_songs", "setlist_songs.setlist_id", "setlists.id")
    .innerJoin("songs", "songs.id", "setlist_songs.song_id")
    .where("shows.artist_id", "=", artistId)
    .where(
      sql<boolean>`(exists (select from tallies where tallies.setlist_song_id = setlist_songs.id and votes + wishes > 0)
        or exists (select from suggestions where suggestions.setlist_song_id = setlist_songs.id))`,
    )
    .groupBy("setlists.show_id")
    .select(["setlists.show_id as showId", sql<string[]>`array_agg(songs.title_key)`.as("keys")])
    .execute();
}
