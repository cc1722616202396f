/** What a show is judged by: what was played, the odds as they stood, the votes, and the shows before. */
import { sql } from "kysely";
import type { ShowFacts } from "#rules/results/judge";
import type { Db, DbOrTrx } from "../index.ts";

/** Fewer songs are a television spot or half remembered: no show to be repeated. */
const WHOLE_SHOW = 3;
/** As many as the rivals look back. */
const BEFORE = 10;

/** Of those of these shows that have a result. Nothing changes a setlist once its show has begun (listShowsToPredict). */
export async function listShowFacts(
  db: DbOrTrx,
  showIds: string[],
): Promise<(ShowFacts & { showId: string })[]> {
  const { rows } = await sql<ShowFacts & { showId: string }>`
    select result.show_id as "showId",
      (select coalesce(json_agg(json_build_object('songId', song_id, 'tape', tape, 'encore', encore) order by position), '[]')
        from past_setlist_songs where past_setlist_id = p.id) as entries,
      (select coalesce(json_agg(json_build_object('songId', row.song_id, 'setlistSongId', row.id,
          'probability', row.probability) order by row.probability desc, row.position, row.id), '[]')
        from setlist_songs row where row.setlist_id = setlists.id) as odds,
      (select coalesce(json_agg(json_build_object('songId', row.song_id, 'votes', said.votes, 'firstAt', said.first_at)), '[]')
        from setlist_songs row, lateral (
          select count(*)::int as votes, extract(epoch from min(created_at)) * 1000 as first_at
          from votes where votes.setlist_song_id = row.id and votes.ballot = 'expect') said
        where row.setlist_id = setlists.id and said.votes > 0) as said,
      (select count(*)::int from ballots where ballots.show_id = result.show_id and ballot = 'expect' and used > 0) as voters,
      (select coalesce(json_agg(before.songs order by before.nth), '[]') from (
        select row_number() over (order by h.local_date desc, h.place, h.source_id desc) as nth,
          (select json_agg(song_id order by first) from (
            select song_id, min(position) as first from past_setlist_songs
            where past_setlist_id = h.id and not tape and song_id is not null group by song_id) played) as songs
        from past_setlists h
        where h.artist_id = p.artist_id and h.song_count >= ${WHOLE_SHOW}
          and (h.local_date < p.local_date or (h.local_date = p.local_date and h.place > p.place))
        order by nth limit ${BEFORE}) before where before.songs is not null) as history
    from show_results result
    join past_setlists p on p.source = result.source and p.source_id = result.source_id
    left join setlists on setlists.show_id = result.show_id
    where result.show_id = any(${showIds}::uuid[])
    order by result.show_id`.execute(db as Db);
  return rows.map((row) => ({ ...row, odds: row.odds?.length ? row.odds : null }));
}
