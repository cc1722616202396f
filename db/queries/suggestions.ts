/** Songs that fans miss on a show's setlist, and songs that administrators take off it. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { isShown } from "./tallies.ts";

/** So many of one fan for one show. */
export const SUGGESTIONS = 5;

export type Suggested =
  | { state: "done"; setlistSongId: string; fresh: boolean }
  | { state: "unknown" | "no-setlist" | "closed" | "hidden" | "full" };

/**
 * Puts a song of the show's artist on its setlist, at the end and without odds, as this fan's suggestion. One that people
 * see already is only found; a song that was merged into another is that other. Call in a transaction.
 */
export async function insertSuggestion(
  trx: DbOrTrx,
  args: { fanId: string; showId: string; songId: string },
): Promise<Suggested> {
  // One fan's suggestions take their turn, so that they can be counted.
  await sql`select from fans where id = ${args.fanId} for no key update`.execute(trx as Db);
  const { rows } = await sql<{
    open: boolean;
    songId: string | null;
    setlistId: string | null;
    setlistSongId: string | null;
    hidden: boolean | null;
    shown: boolean | null;
    mine: number;
  }>`
    select shows.status <> 'cancelled' and (shows.voting_closes_at is null
        or shows.voting_closes_at > clock_timestamp()) as open,
      song.id as "songId", setlists.id as "setlistId", setlist_songs.id as "setlistSongId",
      setlist_songs.hidden_at is not null as hidden, ${isShown} as shown,
      (select count(*)::int from suggestions where fan_id = ${args.fanId} and show_id = shows.id) as mine
    from shows
    left join setlists on setlists.show_id = shows.id
    left join songs named on named.id = ${args.songId} and named.artist_id = shows.artist_id
    left join songs song on song.id = coalesce(named.merged_into, named.id)
    left join setlist_songs on setlist_songs.setlist_id = setlists.id and setlist_songs.song_id = song.id
    left join tallies on tallies.setlist_song_id = setlist_songs.id
    where shows.id = ${args.showId}`.execute(trx as Db);
  const [found] = rows;
  if (!found?.songId) return { state: "unknown" };
  if (!found.setlistId) return { state: "no-setlist" };
  if (!found.open) return { state: "closed" };
  if (found.setlistSongId && found.hidden) return { state: "hidden" };
  if (found.setlistSongId && found.shown)
    return { state: "done", setlistSongId: found.setlistSongId, fresh: false };
  if (found.mine >= SUGGESTIONS) return { state: "full" };
  const written = await sql<{ id: string }>`
    with row as (
      insert into setlist_songs as old (setlist_id, song_id, position, probability)
      values (${found.setlistId}, ${found.songId}, 32000, 0)
      -- Nothing changes; the row's id is what is wanted.
      on conflict (setlist_id, song_id) do update set position = old.position
      returning id
    ), noted as (
      insert into suggestions (setlist_song_id, fan_id, show_id)
      select id, ${args.fanId}, ${args.showId} from row on conflict do nothing
    )
    select id from row`.execute(trx as Db);
  return { state: "done", setlistSongId: written.rows[0]!.id, fresh: true };
}

/** Takes a fan's own suggestion back; the song stays while somebody votes for it. @returns whether there was one */
export async function deleteSuggestion(
  db: DbOrTrx,
  args: { fanId: string; showId: string; songId: string },
): Promise<boolean> {
  const { rows } = await sql`
    delete from suggestions using setlist_songs, songs
    where suggestions.setlist_song_id = setlist_songs.id and suggestions.fan_id = ${args.fanId}
      and suggestions.show_id = ${args.showId} and songs.id = ${args.songId}
      and setlist_songs.song_id = coalesce(songs.merged_into, songs.id)
    returning 1`.execute(db as Db);
  return rows.length > 0;
}

export type SuggestableSong = { songId: string; title: string };

/**
 * Songs of a show's artist that are not on its list: those whose key holds the text first, then those spelt nearly so.
 * Within one artist's songs, a few thousand at most, so no index is asked.
 */
export async function listSuggestableSongs(
  db: DbOrTrx,
  args: { showId: string; key: string; limit: number },
): Promise<SuggestableSong[]> {
  const contains = `%${args.key.replace(/[\\%_]/g, "\\$&")}%`;
  const { rows } = await sql<SuggestableSong>`
    select songs.id as "songId", songs.title
    from shows join songs on songs.artist_id = shows.artist_id
    where shows.id = ${args.showId} and songs.merged_into is null
      and (songs.title_key like ${contains} or word_similarity(${args.key}, songs.title_key) >= 0.45)
      and not exists (
        select from setlists join setlist_songs on setlist_songs.setlist_id = setlists.id
        left join tallies on tallies.setlist_song_id = setlist_songs.id
        where setlists.show_id = shows.id and setlist_songs.song_id = songs.id
          and (${isShown} or setlist_songs.hidden_at is not null))
    order by songs.title_key not like ${contains}, word_similarity(${args.key}, songs.title_key) desc,
      length(songs.title_key), songs.title_key
    limit ${args.limit}`.execute(db as Db);
  return rows;
}

export type Hidden = { showId: string; showName: string; title: string; changed: boolean };

/**
 * Takes a song off a show's list, or puts it back; its votes stay as they are. What was hidden already stays as whoever
 * did it left it. Call in a transaction.
 * @param hiddenBy the administrator; null puts it back
 * @returns the show and whether something changed, or undefined when there is no such row
 */
export async function hideSetlistSong(
  trx: DbOrTrx,
  setlistSongId: string,
  hiddenBy: string | null,
): Promise<Hidden | undefined> {
  const { rows } = await sql<Hidden>`
    with row as (
      select setlist_songs.id, shows.id as show_id, shows.name as show_name, songs.title,
        (hidden_at is null) = (${hiddenBy}::uuid is not null) as changed
      from setlist_songs join setlists on setlists.id = setlist_songs.setlist_id
      join shows on shows.id = setlists.show_id join songs on songs.id = setlist_songs.song_id
      where setlist_songs.id = ${setlistSongId}
      for update of setlist_songs
    ), done as (
      update setlist_songs set hidden_by = ${hiddenBy}::uuid,
        hidden_at = case when ${hiddenBy}::uuid is null then null else now() end
      from row where setlist_songs.id = row.id and row.changed
    )
    select show_id as "showId", show_name as "showName", title, changed from row`.execute(trx as Db);
  return rows[0];
}
