/** Votes that their fans take back: the other half of votes.ts. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";
import { preparedStatement } from "../prepared.ts";
import { type AskedVote, batchOf, known, result, type VoteResult } from "./vote-batches.ts";

const retracting = preparedStatement<VoteResult>(
  () => sql<VoteResult>`with ${known(false)}, judged as (select * from known), gone as (
    delete from votes using known
    where known.state = 'done' and (select count(*) from locked) >= 0 and votes.fan_id = known.fan_id
      and votes.setlist_song_id = known.setlist_song_id and votes.ballot = known.ballot
    returning votes.fan_id, votes.setlist_song_id, votes.ballot, votes.show_id, votes.created_at
  ), used as (
    update ballots set used = ballots.used - less.votes
    from (select fan_id, show_id, ballot, count(*) as votes from gone group by 1, 2, 3) less
    where ballots.fan_id = less.fan_id and ballots.show_id = less.show_id and ballots.ballot = less.ballot
    returning 1
  ), less as materialized (
    select setlist_song_id, count(*) filter (where ballot = 'expect') as votes,
      count(*) filter (where ballot = 'wish') as wishes
    from gone where (select count(*) from used) >= 0 group by 1
  ), locked_tallies as materialized (
    select tallies.setlist_song_id from less join tallies on tallies.setlist_song_id = less.setlist_song_id
    order by 1 for no key update of tallies
  ), tallied as (
    update tallies set votes = tallies.votes - less.votes, wishes = tallies.wishes - less.wishes
    from less where tallies.setlist_song_id = less.setlist_song_id and (select count(*) from locked_tallies) >= 0
    returning tallies.setlist_song_id, tallies.votes, tallies.wishes
  ), less_hours as materialized (
    select show_id, date_trunc('hour', created_at, 'UTC') as hour, count(*) as votes
    from gone where (select count(*) from tallied) >= 0 group by 1, 2
  ), locked_hours as materialized (
    select vote_hours.show_id from less_hours less
    join vote_hours on vote_hours.show_id = less.show_id and vote_hours.hour = less.hour
    order by vote_hours.show_id, vote_hours.hour for no key update of vote_hours
  ), counted as (
    update vote_hours set votes = vote_hours.votes - less.votes
    from less_hours less where vote_hours.show_id = less.show_id and vote_hours.hour = less.hour
      and (select count(*) from locked_hours) >= 0
  ) select ${result(false)}`,
);

/**
 * Takes a batch of votes back, off the hour in which each was cast too; one that is not stored is as good as taken back.
 * @param votes no two of one fan and song; a fan's votes are in one batch at a time
 * @returns a result a vote, in their order
 */
export function retractVotes(db: DbOrTrx, votes: AskedVote[]): Promise<VoteResult[]> {
  return retracting(db, batchOf(votes));
}
