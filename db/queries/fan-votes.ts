/** What one fan has voted, as their own page reads it. Casting and counting are in votes.ts. */
import { sql } from "kysely";
import type { Ballot } from "#rules/voting";
import type { DbOrTrx } from "../index.ts";
import { status, type ShowCursor } from "./shows.ts";

/** How many shows a page of one's votes has. */
export const VOTED_SHOWS_A_PAGE = 20;

type VotedSong = { title: string; ballot: Ballot };

/**
 * The shows a fan voted on, the newest first and those without a date before them, each with its songs by title.
 * @returns up to VOTED_SHOWS_A_PAGE + 1 rows: the one too many says that there is more
 */
export async function listVotedShows(db: DbOrTrx, { fanId, after }: { fanId: string; after?: ShowCursor }) {
  let query = db
    .selectFrom("shows")
    .innerJoin("artists", "artists.id", "shows.artist_id")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .select([
      "shows.id",
      "shows.slug",
      "artists.name as artistName",
      "shows.local_date as localDate",
      "venues.name as venueName",
      "venues.city",
      status.as("status"),
      // At most 30 a show: the caps of the ballots.
      sql<VotedSong[]>`(
        select json_agg(json_build_object('title', songs.title, 'ballot', votes.ballot)
          order by votes.ballot, songs.title_key)
        from votes
        join setlist_songs on setlist_songs.id = votes.setlist_song_id
        join songs on songs.id = setlist_songs.song_id
        where votes.fan_id = ${fanId}::uuid and votes.show_id = shows.id)`.as("songs"),
    ])
    .where("shows.id", "in", db.selectFrom("votes").select("votes.show_id").where("votes.fan_id", "=", fanId))
    .orderBy(sql`coalesce(shows.local_date, 'infinity'::date)`, "desc")
    .orderBy("shows.id", "desc")
    .limit(VOTED_SHOWS_A_PAGE + 1);
  if (after) {
    query = query.where(
      sql<boolean>`(coalesce(shows.local_date, 'infinity'::date), shows.id)
        < (${after.localDate ?? "infinity"}::date, ${after.id}::uuid)`,
    );
  }
  return query.execute();
}
