/** How right one fan was. Where they stand among others is in leaderboard.ts. */
import { type RawBuilder, sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/** How many songs each list of calls has at most. */
export const CALLS = 5;

export type Call = {
  title: string;
  /** the odds we gave, 0 to 1 */
  probability: number;
  /** fans who said that it would be played, this one included */
  votes: number;
  /** nobody had named it at that show before */
  isFirst: boolean;
  slug: string;
  artistName: string | null;
  localDate: string | null;
};
export type FanRecord = {
  isNamed: boolean;
  shows: number;
  /** means over the shows; null before there is one */
  hits: number | null;
  played: number | null;
  share: number | null;
  /** songs named that were played, those with the lowest odds first */
  best: Call[];
  /** the next of those that nobody had named at that show before */
  first: Call[];
  /** how many those are in all */
  firsts: number;
};

/** @returns undefined when there is no such fan */
export async function findFanRecord(db: DbOrTrx, fanId: string): Promise<FanRecord | undefined> {
  const calls = (of: RawBuilder<unknown>) => sql`(
    select coalesce(json_agg(call order by probability, "localDate" desc, title), '[]') from (
      select title, probability, votes, "isFirst", slug, "artistName", "localDate" from called where ${of}
      order by probability, "localDate" desc, title limit ${CALLS}) call)`;
  const { rows } = await sql<FanRecord>`
    with called as (
      select songs.title, scored_songs.probability, scored_songs.votes, shows.slug, artists.name as "artistName",
        shows.local_date as "localDate",
        not exists (
          select from votes other where other.setlist_song_id = mine.setlist_song_id and other.ballot = 'expect'
            and (other.created_at, other.fan_id) < (mine.created_at, mine.fan_id)) as "isFirst",
        row_number() over (order by scored_songs.probability, shows.local_date desc, songs.title) as place
      from votes mine
      join scored_songs on scored_songs.setlist_song_id = mine.setlist_song_id and scored_songs.played
      join songs on songs.id = scored_songs.song_id
      join shows on shows.id = scored_songs.show_id
      join artists on artists.id = shows.artist_id
      where mine.fan_id = ${fanId}::uuid and mine.ballot = 'expect'
    ), scored as (
      select count(*)::int as shows, avg(hits)::float8 as hits, avg(played)::float8 as played,
        avg(hits::float8 / played) as share
      from scores where fan_id = ${fanId}::uuid
    )
    select fans.is_named as "isNamed", scored.*, ${calls(sql`true`)} as best, ${calls(sql`"isFirst" and place > ${CALLS}::int`)} as first,
      (select count(*)::int from called where "isFirst") as firsts
    from fans, scored where fans.id = ${fanId}::uuid`.execute(db as Db);
  return rows[0];
}
