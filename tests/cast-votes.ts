/** Votes straight into the tables with all that is counted of them, and whether the counts are still true. */
import { sql } from "kysely";
import type { Db } from "#db/index";

export type CastVote = {
  fanId: string;
  setlistSongId: string;
  ballot?: "expect" | "wish";
  /** when it was cast, in hours before now */
  hoursAgo?: number;
};

/** Writes votes, whatever voting would say to them, and counts everything anew. */
export async function castVotes(db: Db, votes: CastVote[]): Promise<void> {
  await sql`insert into votes (fan_id, setlist_song_id, ballot, show_id, artist_id, created_at)
    select v."fanId", v."setlistSongId", coalesce(v.ballot, 'expect'), setlists.show_id, shows.artist_id,
      now() - make_interval(secs => coalesce(v."hoursAgo", 0) * 3600)
    from jsonb_to_recordset(${JSON.stringify(votes)}::jsonb)
      as v("fanId" uuid, "setlistSongId" uuid, ballot text, "hoursAgo" float8)
    join setlist_songs on setlist_songs.id = v."setlistSongId"
    join setlists on setlists.id = setlist_songs.setlist_id
    join shows on shows.id = setlists.show_id`.execute(db);
  await sql`truncate tallies, ballots, vote_hours`.execute(db);
  await sql`insert into tallies (setlist_song_id, show_id, votes, wishes) ${tallies}`.execute(db);
  await sql`insert into ballots (fan_id, show_id, ballot, used) ${ballots}`.execute(db);
  await sql`insert into vote_hours (show_id, hour, artist_id, votes) ${hours}`.execute(db);
}

const tallies = sql`select setlist_song_id, show_id, count(*) filter (where ballot = 'expect')::int as votes,
  count(*) filter (where ballot = 'wish')::int as wishes from votes group by 1, 2`;
const ballots = sql`select fan_id, show_id, ballot, count(*)::smallint as used from votes group by 1, 2, 3`;
const hours = sql`select show_id, date_trunc('hour', created_at, 'UTC') as hour, artist_id, count(*)::int as votes
  from votes group by 1, 2, 3`;

/** Rows of tallies, ballots and hours that are not what counting the votes gives; a count of none may be left out. */
export async function miscounts(db: Db): Promise<unknown[]> {
  const { rows } = await sql`
    with t as (${tallies}), b as (${ballots}), h as (${hours})
    select 'tally' as count, to_jsonb(kept) as kept, to_jsonb(t) as true
      from (select setlist_song_id, show_id, votes, wishes from tallies where votes + wishes > 0) kept
      full join t using (setlist_song_id) where kept is distinct from t
    union all select 'ballot', to_jsonb(kept), to_jsonb(b)
      from (select fan_id, show_id, ballot, used from ballots where used > 0) kept
      full join b using (fan_id, show_id, ballot) where kept is distinct from b
    union all select 'hour', to_jsonb(kept), to_jsonb(h)
      from (select show_id, hour, artist_id, votes from vote_hours where votes > 0) kept
      full join h using (show_id, hour) where kept is distinct from h`.execute(db);
  return rows;
}
