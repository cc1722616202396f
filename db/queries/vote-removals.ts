/** Votes that go without their fan taking them back: whose owner leaves, or becomes somebody who has voted already. */
import { type RawBuilder, sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

export type VoteKey = { fan_id: string; setlist_song_id: string; ballot: string };

/**
 * Takes the turn of fans of whom votes will go, in the order in which a vote is cast (vote-batches.ts): the fans, their
 * ballots, tallies. From here on their new votes wait.
 * @param shows a select of the shows that are concerned
 * @returns those of them who have not left
 */
export async function lockVoters(
  trx: DbOrTrx,
  fanIds: string[],
  shows: RawBuilder<{ show_id: string }>,
): Promise<{ id: string; guest: boolean }[]> {
  const { rows } = await sql<{ id: string; guest: boolean }>`select id, email is null as guest from fans
    where id = any(${fanIds}::uuid[]) and deleted_at is null order by id for update`.execute(trx as Db);
  await sql`select 1 from ballots where fan_id = any(${fanIds}::uuid[]) and show_id in (${shows})
    order by fan_id, show_id, ballot for update`.execute(trx as Db);
  await sql`select 1 from tallies where setlist_song_id in (
      select setlist_song_id from votes where fan_id = any(${fanIds}::uuid[]) and show_id in (${shows}))
    order by setlist_song_id for no key update`.execute(trx as Db);
  return rows;
}

/**
 * Deletes votes and takes them out of every count that is kept of them: ballots, tallies and hours. The caller tells the
 * shows' pages (channels.tally).
 * @param which a select of the votes' keys; asked several times, so the caller must have their fans' turn
 * @returns the shows whose counts have changed
 */
export async function deleteVotes(trx: DbOrTrx, which: RawBuilder<VoteKey>): Promise<{ showIds: string[] }> {
  // In the order of songs and then of hours, as everybody who locks several of them.
  await sql`select 1 from tallies where setlist_song_id in (select w.setlist_song_id from (${which}) w)
    order by setlist_song_id for no key update`.execute(trx as Db);
  await sql`select 1 from vote_hours where (show_id, hour) in (
      select votes.show_id, date_trunc('hour', votes.created_at, 'UTC') from votes
      join (${which}) w using (fan_id, setlist_song_id, ballot))
    order by show_id, hour for no key update`.execute(trx as Db);
  const { rows } = await sql<{ showId: string }>`
    with gone as (
      delete from votes using (${which}) w
      where votes.fan_id = w.fan_id and votes.setlist_song_id = w.setlist_song_id and votes.ballot = w.ballot
      returning votes.fan_id, votes.setlist_song_id, votes.ballot, votes.show_id, votes.created_at
    ), less_tallies as (
      update tallies set votes = tallies.votes - less.votes, wishes = tallies.wishes - less.wishes
      from (select setlist_song_id, count(*) filter (where ballot = 'expect') as votes,
        count(*) filter (where ballot = 'wish') as wishes from gone group by 1) less
      where tallies.setlist_song_id = less.setlist_song_id
    ), less_hours as (
      update vote_hours set votes = vote_hours.votes - less.votes
      from (select show_id, date_trunc('hour', created_at, 'UTC') as hour, count(*) as votes from gone group by 1, 2) less
      where vote_hours.show_id = less.show_id and vote_hours.hour = less.hour
    ), less_ballots as (
      update ballots set used = ballots.used - less.votes
      from (select fan_id, show_id, ballot, count(*) as votes from gone group by 1, 2, 3) less
      where ballots.fan_id = less.fan_id and ballots.show_id = less.show_id and ballots.ballot = less.ballot
    )
    select distinct show_id as "showId" from gone`.execute(trx as Db);
  return { showIds: rows.map((row) => row.showId) };
}
