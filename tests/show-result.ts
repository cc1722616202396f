/** What happened at a show and how right everybody was, straight into the database: for tests of what is read of it. */
import { sql } from "kysely";
import type { Db } from "#db/index";

export type Score = {
  /** left out for a fan's */
  scorer?: "machine" | "fans" | "last-show" | "last-ten" | "usual";
  fanId?: string;
  hits: number;
  named: number;
  played: number;
  brier: number;
};
export type ScoredSong = {
  songId: string;
  setlistSongId?: string;
  probability: number;
  played: boolean;
  votes?: number;
};

/** The result of a show on its own date, with these scores and songs. */
export async function insertResult(
  db: Db,
  result: { showId: string; scores?: Score[]; songs?: ScoredSong[] },
): Promise<void> {
  const { showId, scores = [], songs = [] } = result;
  const played = scores[0]?.played ?? 1;
  await sql`insert into show_results (show_id, artist_id, source, source_id, url, played)
    select id, artist_id, 'setlistfm', slug, 'https://www.setlist.fm/setlist/' || slug, ${played}::int
    from shows where id = ${showId}`.execute(db);
  await sql`insert into scores (show_id, scorer, fan_id, artist_id, local_date, hits, named, played, brier)
    select shows.id, coalesce(s.scorer, 'fan'), s."fanId", shows.artist_id, shows.local_date, s.hits, s.named, s.played,
      s.brier
    from shows, jsonb_to_recordset(${JSON.stringify(scores)}::jsonb)
      as s(scorer text, "fanId" uuid, hits int, named int, played int, brier real)
    where shows.id = ${showId}`.execute(db);
  await sql`insert into scored_songs (show_id, song_id, setlist_song_id, probability, played, votes)
    select ${showId}, s."songId", s."setlistSongId", s.probability, s.played, coalesce(s.votes, 0)
    from jsonb_to_recordset(${JSON.stringify(songs)}::jsonb)
      as s("songId" uuid, "setlistSongId" uuid, probability real, played boolean, votes int)`.execute(db);
}
