/** What was played, as setlist.fm tells it; kept as its terms allow and shown only while freshly read. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

/**
 * The history a prediction is made from: every show with a song that is no tape, oldest first, songs in the order played.
 * @returns keys are the titles' keys: ids differ from database to database and would decide ties by chance
 */
export async function listHistory(db: DbOrTrx, artistId: string) {
  return db
    .selectFrom("past_setlists")
    .innerJoin("past_setlist_songs", "past_setlist_songs.past_setlist_id", "past_setlists.id")
    .innerJoin("songs", "songs.id", "past_setlist_songs.song_id")
    .where("past_setlists.artist_id", "=", artistId)
    .where("song_count", ">", 0)
    .select([
      "local_date as date",
      "tour",
      "venue_name as venue",
      sql<{ key: string; songId: string; encore: number | null; tape: boolean }[]>`json_agg(json_build_object(
        'key', songs.title_key, 'songId', songs.id, 'encore', encore, 'tape', tape) order by position)`.as(
        "songs",
      ),
    ])
    .groupBy("past_setlists.id")
    .orderBy("local_date")
    .orderBy("source_id")
    .execute();
}

export const PAST_SETLISTS_A_PAGE = 10;
export type PastSetlistCursor = { localDate: string; id: string };

/** Past setlists with their entries, newest first; those not read again for `keepDays` are not shown. */
export async function listPastSetlists(
  db: DbOrTrx,
  args: { artistId: string; keepDays: number; after?: PastSetlistCursor },
) {
  let query = db
    .selectFrom("past_setlists")
    .where("artist_id", "=", args.artistId)
    .where("song_count", ">", 0)
    .where("fetched_at", ">", sql<Date>`now() - make_interval(days => ${args.keepDays})`)
    .select([
      "id",
      "url",
      "local_date as localDate",
      "venue_name as venueName",
      "city",
      "country",
      "tour",
      sql<PastSetlistEntry[]>`(
        select json_agg(json_build_object('name', name, 'songId', song_id, 'setName', set_name, 'encore', encore,
          'tape', tape, 'cover', cover) order by position)
        from past_setlist_songs where past_setlist_id = past_setlists.id)`.as("songs"),
    ])
    .orderBy("local_date", "desc")
    .orderBy("id", "desc")
    .limit(PAST_SETLISTS_A_PAGE + 1);
  if (args.after) {
    query = query.where(
      sql<boolean>`(local_date, id) < (${args.after.localDate}::date, ${args.after.id}::uuid)`,
    );
  }
  return query.execute();
}

/**
 * Where the show that each song of a setlist was last played at can be read; only setlists that may still be shown, so
 * songs are missing. Of two shows of that day the later one.
 */
export async function listLastPlayed(db: DbOrTrx, args: { showId: string; keepDays: number }) {
  return db
    .selectFrom("setlists")
    .innerJoin("setlist_songs", "setlist_songs.setlist_id", "setlists.id")
    .innerJoin("past_setlist_songs", "past_setlist_songs.song_id", "setlist_songs.song_id")
    .innerJoin("past_setlists", "past_setlists.id", "past_setlist_songs.past_setlist_id")
    .where("setlists.show_id", "=", args.showId)
    .where("past_setlist_songs.tape", "=", false)
    .where("past_setlists.fetched_at", ">", sql<Date>`now() - make_interval(days => ${args.keepDays})`)
    .where(sql<boolean>`to_char(past_setlists.local_date, 'YYYY-MM-DD') = setlist_songs.facts->>'lastPlayed'`)
    .distinctOn("setlist_songs.id")
    .select(["setlist_songs.id as setlistSongId", "past_setlists.url"])
    .orderBy("setlist_songs.id")
    .orderBy("past_setlists.source_id", "desc")
    .execute();
}

export type PastSetlistEntry = {
  name: string;
  songId: string | null;
  setName: string | null;
  encore: number | null;
  tape: boolean;
  cover: string | null;
};
