/**
 * Votes: the fact, and all that is counted from it. A batch of many fans' votes is one statement, which looks whether
 * the show is open, holds the caps, stores, and counts; so a count is `count(*)` by construction and nothing is ever half
 * done.
 */
import { sql } from "kysely";
import { caps } from "#rules/voting";
import type { Db, DbOrTrx } from "../index.ts";

export type Ballot = "expect" | "wish";

/** One wish of one fan. `cast` false takes the vote back. */
export type VoteWish = { fanId: string; setlistSongId: string; ballot: Ballot; cast: boolean };

/** `done` also where there was nothing to do; the others are reasons why nothing was stored. */
export type VoteState = "done" | "unknown" | "hidden" | "closed" | "cancelled" | "full";

export type VoteResult = {
  state: VoteState;
  showId: string | null;
  /** counts after this batch */
  votes: number;
  wishes: number;
  /** how this fan's ballots stand on this song after this batch */
  myVote: boolean;
  myWish: boolean;
  /** a moment before the commit, by the database's clock: counts read earlier are without it */
  at: Date;
  /** whether the counts moved */
  moved: boolean;
  /** for the sentence of a refusal */
  closesAt: Date | null;
  timezone: string | null;
};

type Row = VoteResult & { n: number };

/**
 * Carries out a batch: every wish alone, all in one statement and one commit. The caller sees to it that no fan names
 * the same song and ballot twice in it, and that a fan's votes are in one batch at a time; what other processes do
 * meanwhile is fenced by keys and checks. When a cap was crossed by two processes at once the whole statement fails with
 * a race (db/errors.ts) and may be tried again.
 * @returns a result a wish, in their order
 */
export async function writeVotes(db: DbOrTrx, wishes: VoteWish[]): Promise<VoteResult[]> {
  if (wishes.length === 0) return [];
  const { rows } = await sql<Row>`
    with wanted as materialized (
      select n::int as n, fan_id, setlist_song_id, ballot, cast_it
      from unnest(${wishes.map(({ fanId }) => fanId)}::uuid[], ${wishes.map((wish) => wish.setlistSongId)}::uuid[],
        ${wishes.map(({ ballot }) => ballot)}::text[], ${wishes.map(({ cast }) => cast)}::boolean[])
        with ordinality as t (fan_id, setlist_song_id, ballot, cast_it, n)
    ), looked as materialized (
      select wanted.*, setlists.show_id, shows.artist_id, shows.voting_closes_at, shows.timezone,
        case when setlist_songs.id is null then 'unknown'
          when shows.status = 'cancelled' then 'cancelled'
          when shows.voting_closes_at <= clock_timestamp() then 'closed'
          when setlist_songs.hidden_at is not null and wanted.cast_it then 'hidden'
          else 'open' end as state,
        exists (select from votes where votes.fan_id = wanted.fan_id
          and votes.setlist_song_id = wanted.setlist_song_id and votes.ballot = wanted.ballot) as had
      from wanted
      left join setlist_songs on setlist_songs.id = wanted.setlist_song_id
      left join setlists on setlists.id = setlist_songs.setlist_id
      left join shows on shows.id = setlists.show_id
    ), held as materialized (
      -- In one order everywhere: two processes wait for each other, never in a circle.
      select fan_id, show_id, ballot, used from ballots
      where (fan_id, show_id, ballot) in (select fan_id, show_id, ballot from looked where state = 'open')
      order by fan_id, show_id, ballot for update
    ), placed as materialized (
      select looked.*, coalesce(held.used, 0) + row_number() over (
        partition by looked.fan_id, looked.show_id, looked.ballot order by looked.n) as place
      from looked left join held using (fan_id, show_id, ballot)
      where looked.state = 'open' and looked.cast_it and not looked.had
    ), stored as (
      insert into votes (fan_id, setlist_song_id, ballot, show_id, artist_id)
      select fan_id, setlist_song_id, ballot, show_id, artist_id from placed
      where place <= case ballot when 'expect' then ${caps.expect}::int else ${caps.wish}::int end
      order by setlist_song_id, fan_id, ballot
      on conflict do nothing
      returning fan_id, setlist_song_id, ballot, show_id, artist_id, created_at
    ), taken_back as (
      delete from votes using looked
      where looked.state = 'open' and not looked.cast_it and votes.fan_id = looked.fan_id
        and votes.setlist_song_id = looked.setlist_song_id and votes.ballot = looked.ballot
      returning votes.fan_id, votes.setlist_song_id, votes.ballot, votes.show_id, votes.artist_id, votes.created_at
    ), moves as materialized (
      select *, 1 as by from stored union all select *, -1 from taken_back
    ), used as (
      select fan_id, show_id, ballot, sum(by)::int as by from moves group by 1, 2, 3
    ), ballots_more as (
      insert into ballots as b (fan_id, show_id, ballot, used)
      select fan_id, show_id, ballot, by from used where by > 0 order by 1, 2, 3
      on conflict (fan_id, show_id, ballot) do update set used = b.used + excluded.used
    ), ballots_less as (
      update ballots set used = ballots.used + used.by from used
      where used.by < 0 and ballots.fan_id = used.fan_id and ballots.show_id = used.show_id
        and ballots.ballot = used.ballot
    ), sums as materialized (
      select setlist_song_id, show_id, coalesce(sum(by) filter (where ballot = 'expect'), 0)::int as votes,
        coalesce(sum(by) filter (where ballot = 'wish'), 0)::int as wishes
      from moves group by 1, 2 having bool_or(true) order by 1
    ), tallies_more as (
      insert into tallies as t (setlist_song_id, show_id, votes, wishes)
      select setlist_song_id, show_id, votes, wishes from sums where votes >= 0 and wishes >= 0 order by 1
      on conflict (setlist_song_id) do update
        set votes = t.votes + excluded.votes, wishes = t.wishes + excluded.wishes
      returning setlist_song_id, votes, wishes
    ), tallies_less as (
      update tallies as t set votes = t.votes + sums.votes, wishes = t.wishes + sums.wishes from sums
      where (sums.votes < 0 or sums.wishes < 0) and t.setlist_song_id = sums.setlist_song_id
      returning t.setlist_song_id, t.votes, t.wishes
    ), counted as (
      select * from tallies_more union all select * from tallies_less
    ), hours as (
      select show_id, artist_id, date_trunc('hour', created_at, 'UTC') as hour, sum(by)::int as by
      from moves group by 1, 2, 3
    ), hours_more as (
      insert into vote_hours as h (show_id, artist_id, hour, votes)
      select show_id, artist_id, hour, by from hours where by > 0 order by 1, 3
      on conflict (show_id, hour) do update set votes = h.votes + excluded.votes
    ), hours_less as (
      update vote_hours as h set votes = h.votes + hours.by from hours
      where hours.by < 0 and h.show_id = hours.show_id and h.hour = hours.hour
    )
    select looked.n, looked.show_id as "showId", looked.voting_closes_at as "closesAt", looked.timezone,
      case when looked.state <> 'open' then looked.state
        when looked.cast_it and not looked.had and stored.fan_id is null and placed.place > case looked.ballot
          when 'expect' then ${caps.expect}::int else ${caps.wish}::int end then 'full'
        else 'done' end as state,
      moved.by is not null as moved,
      coalesce(counted.votes, tallies.votes, 0) as votes,
      coalesce(counted.wishes, tallies.wishes, 0) as wishes,
      ${standing("expect")} as "myVote",
      ${standing("wish")} as "myWish",
      clock_timestamp() as at
    from looked
    left join placed using (n)
    left join stored on stored.fan_id = looked.fan_id and stored.setlist_song_id = looked.setlist_song_id
      and stored.ballot = looked.ballot
    left join moves moved on moved.fan_id = looked.fan_id and moved.setlist_song_id = looked.setlist_song_id
      and moved.ballot = looked.ballot
    left join counted on counted.setlist_song_id = looked.setlist_song_id
    left join tallies on tallies.setlist_song_id = looked.setlist_song_id
    order by looked.n`.execute(db as Db);
  return rows.map(({ n: _n, ...result }) => result);
}

/** Whether a fan's ballot names the song after the statement: what this one moved, else what stood before it. */
const standing = (ballot: Ballot) => sql`coalesce(
  (select by > 0 from moves where moves.fan_id = looked.fan_id and moves.setlist_song_id = looked.setlist_song_id
    and moves.ballot = ${ballot}),
  exists (select from votes where votes.fan_id = looked.fan_id and votes.setlist_song_id = looked.setlist_song_id
    and votes.ballot = ${ballot}))`;

/** What a fan has voted for on a show. */
export async function listVotes(db: DbOrTrx, fanId: string, showId: string) {
  const rows = await db
    .selectFrom("votes")
    .select(["setlist_song_id as setlistSongId", sql<Ballot>`ballot`.as("ballot")])
    .where("fan_id", "=", fanId)
    .where("show_id", "=", showId)
    .orderBy("created_at")
    .orderBy("setlist_song_id")
    .execute();
  return rows;
}
