/** Trending as the guide does it: one statement that joins an artist's shows, setlist songs and votes and counts distinct. */
import { sql } from "kysely";
import type { Db } from "#db/index";

export type Scores = Map<string, number>;

/** Its weights with our corrections, so that the scores can be compared: what is measured is the way to them. */
export async function guideScores(db: Db): Promise<Scores> {
  const { rows } = await sql<{ id: string; score: number }>`
    select artists.id, (
      10 * count(distinct votes.ctid) filter (where votes.created_at > now() - interval '7 days')
      + 5 * count(distinct shows.id) filter (where shows.local_date >= current_date)
      + 2 * coalesce(artists.popularity, 0) + least(coalesce(artists.followers, 0) / 10000.0, 100)
      + 3 * coalesce(seen.month, 0)
      + case when greatest(max(votes.created_at), seen.newest) > now() - interval '7 days' then 20
             when greatest(max(votes.created_at), seen.newest) > now() - interval '30 days' then 10 else 0 end
      )::real as score
    from artists
    left join shows on shows.artist_id = artists.id
    left join setlists on setlists.show_id = shows.id
    left join setlist_songs on setlist_songs.setlist_id = setlists.id
    left join votes on votes.setlist_song_id = setlist_songs.id
    left join (
      select target_id, sum(count) as month, max(day)::timestamp at time zone 'UTC' as newest from views
      where kind = 'artist' and day > (now() at time zone 'UTC')::date - 30 group by target_id
    ) seen on seen.target_id = artists.id
    group by artists.id, seen.month, seen.newest
    having count(shows.id) filter (where shows.local_date >= current_date) > 0`.execute(db);
  return new Map(rows.map(({ id, score }) => [id, score]));
}
