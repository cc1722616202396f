/**
 * Votes: the fact, and all that is counted from it. A batch of many fans' votes is one statement, which looks whether
 * each show is open, holds limits and caps, stores, and counts; so a count is `count(*)` by construction and nothing is
 * ever half done.
 */
import { sql } from "kysely";
import { type Ballot, caps } from "#rules/voting";
import type { DbOrTrx } from "../index.ts";
import { preparedStatement } from "../prepared.ts";
import { type AskedVote, batchOf, known, result, type VoteResult } from "./vote-batches.ts";

const casting = preparedStatement<VoteResult>(() => {
  const had = sql`case known.ballot when 'expect' then my_vote else my_wish end`;
  const fresh = sql`known.state = 'done' and not ${had}`;
  const used = sql`coalesce((select used from ballots where ballots.fan_id = known.fan_id
    and ballots.show_id = known.show_id and ballots.ballot = known.ballot), 0)`;
  const most = sql`case known.ballot when 'expect' then ${caps.expect}::int else ${caps.wish}::int end`;
  return sql<VoteResult>`with ${known(true)}, judged as materialized (
    -- By the snapshot of this statement, as what is fresh is, whatever the statement has waited for: so a vote that
    -- another process stores at this moment is none too many. The check on ballots holds the cap all the same.
    select known.place, known.fan_id, known.setlist_song_id, known.ballot, known.show_id, known.artist_id,
      voting_closes_at, local_time, timezone, my_vote, my_wish, over, wait,
      case when ${fresh} and ${most} < ${used} + count(*) filter (where ${fresh})
          over (partition by known.fan_id, known.show_id, known.ballot order by place)
        then 'full' else state end as state
    from known
  ), stored as (
    insert into votes (fan_id, setlist_song_id, ballot, show_id, artist_id)
    select fan_id, setlist_song_id, ballot, show_id, artist_id from judged
    where state = 'done' and (select count(*) from locked) >= 0 order by 1, 2, 3
    on conflict do nothing returning fan_id, setlist_song_id, ballot, show_id, artist_id
  ), used as (
    insert into ballots as kept (fan_id, show_id, ballot, used)
    select fan_id, show_id, ballot, count(*) from stored group by 1, 2, 3 order by 1, 2, 3
    on conflict (fan_id, show_id, ballot) do update set used = kept.used + excluded.used returning 1
  ), tallied as (
    insert into tallies as kept (setlist_song_id, show_id, votes, wishes)
    select setlist_song_id, show_id, count(*) filter (where ballot = 'expect'), count(*) filter (where ballot = 'wish')
    from stored where (select count(*) from used) >= 0 group by 1, 2 order by 1
    on conflict (setlist_song_id) do update
      set votes = kept.votes + excluded.votes, wishes = kept.wishes + excluded.wishes
    returning setlist_song_id, votes, wishes
  ), counted as (
    insert into vote_hours as kept (show_id, hour, artist_id, votes)
    select show_id, date_trunc('hour', now(), 'UTC'), artist_id, count(*)
    from stored where (select count(*) from tallied) >= 0 group by 1, 3 order by 1
    on conflict (show_id, hour) do update set votes = kept.votes + excluded.votes
  ) select ${result(true)}`;
});

/**
 * Casts a batch of votes; one that is stored already is as good as cast. What other processes do meanwhile is fenced by
 * keys and checks: when a cap was crossed by two at once, the whole statement fails as a race (db/errors.ts) and may be
 * tried again.
 * @param votes no two of one fan and song; a fan's votes are in one batch at a time
 * @returns a result a vote, in their order
 */
export function castVotes(db: DbOrTrx, votes: AskedVote[]): Promise<VoteResult[]> {
  return casting(db, batchOf(votes));
}

/** What a fan has voted for on a show. */
export async function listVotes(db: DbOrTrx, fanId: string, showId: string) {
  return db
    .selectFrom("votes")
    .select(["setlist_song_id as setlistSongId", sql<Ballot>`ballot`.as("ballot")])
    .where("fan_id", "=", fanId)
    .where("show_id", "=", showId)
    .orderBy("created_at")
    .orderBy("setlist_song_id")
    .execute();
}
