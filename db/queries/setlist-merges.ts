/** Two songs turn out to be one: where both stand on a setlist, their rows become one, and so do their votes. */
import { sql } from "kysely";
import { channels, notify } from "../channels.ts";
import type { Db, DbOrTrx } from "../index.ts";
import { scoreShows } from "./result-scores.ts";
import { deleteVotes, type VoteKey } from "./vote-removals.ts";

export type SongMerge = { from: string; into: string };
type RowMerge = { loser: string; keeper: string; showId: string };

/**
 * Gives every setlist the heir's song in place of those that were merged into it. A fan who voted for both has one vote;
 * suggestions move too. The row of the heir stays where there is one, else the oldest; who follows such a show is told. Shows
 * that were scored with one of the songs are scored again: the past setlists name the heir already.
 */
export async function mergeSetlistSongs(trx: DbOrTrx, merges: SongMerge[]): Promise<void> {
  const songs = JSON.stringify(merges);
  const rows = await listRowMerges(trx, songs);
  if (rows.length > 0) await mergeRows(trx, rows);
  await sql`update setlist_songs set song_id = t."into"
    from jsonb_to_recordset(${songs}::jsonb) as t ("from" uuid, "into" uuid)
    where song_id = t."from"`.execute(trx as Db);
  const { rows: scored } = await sql<{ showId: string }>`
    select distinct show_id as "showId" from scored_songs
    where song_id in (select t."from" from jsonb_to_recordset(${songs}::jsonb) as t ("from" uuid))`.execute(
    trx as Db,
  );
  await scoreShows(
    trx,
    scored.map(({ showId }) => showId),
  );
  for (const showId of new Set(rows.map((row) => row.showId))) await notify(trx, channels.tally, showId);
}

/** Rows that have to go, each with the one that stays. Locked: a vote on its way to one waits, and then finds it gone. */
async function listRowMerges(trx: DbOrTrx, songs: string): Promise<RowMerge[]> {
  const { rows } = await sql<RowMerge>`
    with t as (
      select * from jsonb_to_recordset(${songs}::jsonb) as t ("from" uuid, "into" uuid)
    ), standing as (
      select setlist_songs.id, setlist_id, first_value(setlist_songs.id) over (
        partition by setlist_id, coalesce(t."into", song_id) order by t."into" is null desc, setlist_songs.id) as keeper
      from setlist_songs left join t on t."from" = song_id
      where song_id in (select "from" from t union select "into" from t)
    )
    select standing.id as loser, keeper, setlists.show_id as "showId"
    from standing join setlists on setlists.id = setlist_id join setlist_songs row on row.id = standing.id
    where standing.id <> keeper
    order by standing.id for update of row`.execute(trx as Db);
  return rows;
}

async function mergeRows(trx: DbOrTrx, rows: RowMerge[]): Promise<void> {
  const merged = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m (loser uuid, keeper uuid)`;
  // What a fan said of the row that stays comes first, then what was said first.
  const doubles = sql<VoteKey>`
    select fan_id, setlist_song_id, ballot from (
      select votes.fan_id, votes.setlist_song_id, votes.ballot, row_number() over (
        partition by votes.fan_id, votes.ballot, coalesce(m.keeper, votes.setlist_song_id)
        order by m.loser is null desc, votes.created_at, votes.setlist_song_id) as place
      from votes left join ${merged} on m.loser = votes.setlist_song_id
      where votes.setlist_song_id in (select loser from ${merged} union select keeper from ${merged})) said
    where place > 1`;
  await deleteVotes(trx, doubles);
  await sql`update votes set setlist_song_id = m.keeper from ${merged}
    where votes.setlist_song_id = m.loser`.execute(trx as Db);
  await sql`
    insert into tallies as t (setlist_song_id, show_id, votes, wishes)
    select m.keeper, lost.show_id, sum(lost.votes), sum(lost.wishes)
    from tallies lost join ${merged} on m.loser = lost.setlist_song_id
    group by m.keeper, lost.show_id order by m.keeper
    on conflict (setlist_song_id) do update
      set votes = t.votes + excluded.votes, wishes = t.wishes + excluded.wishes`.execute(trx as Db);
  await sql`
    insert into suggestions (setlist_song_id, fan_id, show_id, created_at)
    select m.keeper, fan_id, show_id, min(created_at)
    from suggestions join ${merged} on m.loser = setlist_song_id
    group by m.keeper, fan_id, show_id
    on conflict do nothing`.execute(trx as Db);
  await sql`delete from setlist_songs using ${merged} where setlist_songs.id = m.loser`.execute(trx as Db);
}
