/**
 * Votes of many fans in one statement: judged by the database's clock, stored, and counted in ballots, tallies and hours.
 * Rows that others may want are locked in one order everywhere: limits, a fan's ballots, votes, tallies, hours, each by
 * key. Two processes that count the same fan's votes at once can break the check on `ballots`, or find a fan or song gone:
 * the statement then changes nothing and is to be sent again (isRaceLost). How votes are taken back: vote-retractions.ts.
 */
import { type RawBuilder, sql } from "kysely";
import { type Ballot, caps } from "#rules/voting";
import type { Db, DbOrTrx } from "../index.ts";
import { prepared } from "../prepared.ts";

export type AskedVote = {
  fanId: string;
  setlistSongId: string;
  ballot: Ballot;
  /** under what it counts as one of the fan's and of the address' votes of this minute; null where nothing is limited */
  fanKey: string | null;
  addressKey: string | null;
};
export type Refusal = "fan" | "limit" | "cancelled" | "closed" | "hidden" | "cap";
/** What became of an asked vote; there is none for a song that is on no setlist. */
export type JudgedVote = {
  /** its place among the asked */
  place: number;
  showId: string;
  refusal: Refusal | null;
  /** both counts of the song and both votes of the fan, as this statement leaves them */
  votes: number;
  wishes: number;
  myVote: boolean;
  myWish: boolean;
  /** whether the song's counts were changed by this statement */
  moved: boolean;
  /** a moment before the commit, by the database's clock */
  at: Date;
  closesAt: Date | null;
  localTime: string | null;
  timezone: string | null;
  /** until the limit's minute is over */
  waitMs: number | null;
};

/** Votes a minute; one address may stand for a stadium (contract, "Limits on people"). */
export const voteLimits = { fan: 60, address: 3_000 };
const MINUTE_MS = 60_000;
const clock = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/**
 * The common beginning of casting and retracting: `asked` (the votes), `points` (limits), `known` (each with its show, the
 * fan's votes on the song and why it is refused) and `locked` (the fans' ballots).
 * @param votes no two of one fan and song
 * @param hidden whether songs off the list are refused
 */
export function known(votes: AskedVote[], hidden: boolean): RawBuilder<unknown> {
  const column = (name: keyof AskedVote) => votes.map((vote) => vote[name]);
  return sql`asked as materialized (
    select * from unnest(${column("fanId")}::uuid[], ${column("setlistSongId")}::uuid[], ${column("ballot")}::text[],
      ${column("fanKey")}::text[], ${column("addressKey")}::text[])
      with ordinality as t (fan_id, setlist_song_id, ballot, fan_key, address_key, place)
  ), points as (
    insert into people_limits as kept (key, points, expire)
    select key, count(*), ${clock} + ${sql.lit(MINUTE_MS)}
    from asked, lateral (values (fan_key), (address_key)) as keys (key) where key is not null group by key order by key
    on conflict (key) do update set
      points = case when kept.expire <= ${clock} then 0 else kept.points end + excluded.points,
      expire = case when kept.expire <= ${clock} then excluded.expire else kept.expire end
    returning key, points, expire
  ), within as (
    select asked.*,
      case when fan.points - count(fan_key) over (partition by fan_key)
          + row_number() over (partition by fan_key order by place) > ${sql.lit(voteLimits.fan)} then fan.expire
        when address.points - count(address_key) over (partition by address_key)
          + row_number() over (partition by address_key order by place) > ${sql.lit(voteLimits.address)} then address.expire
      end - ${clock} as wait
    from asked left join points fan on fan.key = fan_key left join points address on address.key = address_key
  ), known as materialized (
    select within.*, setlists.show_id, shows.artist_id, shows.voting_closes_at, shows.local_time, shows.timezone,
      exists (select from votes where votes.fan_id = within.fan_id
        and votes.setlist_song_id = within.setlist_song_id and votes.ballot = 'expect') as my_vote,
      exists (select from votes where votes.fan_id = within.fan_id
        and votes.setlist_song_id = within.setlist_song_id and votes.ballot = 'wish') as my_wish,
      case when fans.id is null then 'fan'
        when within.wait is not null then 'limit'
        when shows.status = 'cancelled' then 'cancelled'
        when shows.voting_closes_at <= clock_timestamp() then 'closed'
        when ${sql.lit(hidden)} and setlist_songs.hidden_at is not null then 'hidden'
      end as refusal
    from within
    join setlist_songs on setlist_songs.id = within.setlist_song_id
    join setlists on setlists.id = setlist_songs.setlist_id
    join shows on shows.id = setlists.show_id
    left join fans on fans.id = within.fan_id and fans.deleted_at is null
  ), locked as materialized (
    select ballots.fan_id, ballots.show_id, ballots.ballot from ballots
    join (select distinct fan_id, show_id, ballot from known where refusal is null) mine
      on mine.fan_id = ballots.fan_id and mine.show_id = ballots.show_id and mine.ballot = ballots.ballot
    order by 1, 2, 3 for no key update of ballots
  )`;
}

/** The columns of a JudgedVote over `judged`, `tallied` and `tallies`; its own vote as the statement leaves it. */
export function judgedColumns(stored: boolean): RawBuilder<JudgedVote> {
  const mine = (ballot: Ballot, column: string) =>
    sql`case when judged.ballot = ${sql.lit(ballot)} and judged.refusal is null then ${sql.lit(stored)}
      else ${sql.ref(`judged.${column}`)} end`;
  return sql`(judged.place - 1)::int as place, judged.show_id as "showId", judged.refusal,
    coalesce(tallied.votes, tallies.votes, 0) as votes, coalesce(tallied.wishes, tallies.wishes, 0) as wishes,
    ${mine("expect", "my_vote")} as "myVote", ${mine("wish", "my_wish")} as "myWish",
    tallied.setlist_song_id is not null as moved, clock_timestamp() as at, judged.voting_closes_at as "closesAt",
    judged.local_time as "localTime", judged.timezone, judged.wait::int as "waitMs"`;
}

/** Casts votes. One that is stored already is as good as cast. @param votes as for `known` */
export async function castVotes(db: DbOrTrx, votes: AskedVote[]): Promise<JudgedVote[]> {
  const cap = sql`case known.ballot when 'expect' then ${sql.lit(caps.expect)} else ${sql.lit(caps.wish)} end`;
  const has = sql`case known.ballot when 'expect' then my_vote else my_wish end`;
  const { rows } = await sql<JudgedVote>`${prepared} with ${known(votes, true)}, judged as materialized (
    -- By the statement's snapshot, which may be older than the lock: too many of them break the check, and nothing else.
    select known.place, known.fan_id, known.setlist_song_id, known.ballot, known.show_id, known.artist_id,
      known.voting_closes_at, known.local_time, known.timezone, known.wait, known.my_vote, known.my_wish,
      case when known.refusal is null and not ${has} and coalesce(ballots.used, 0)
          + count(*) filter (where known.refusal is null and not ${has})
            over (partition by known.fan_id, known.show_id, known.ballot order by known.place) > ${cap}
        then 'cap' else known.refusal end as refusal
    from known left join ballots on ballots.fan_id = known.fan_id and ballots.show_id = known.show_id
      and ballots.ballot = known.ballot
  ), stored as (
    insert into votes (fan_id, setlist_song_id, ballot, show_id, artist_id)
    select fan_id, setlist_song_id, ballot, show_id, artist_id from judged
    where refusal is null and (select count(*) from locked) >= 0 order by 1, 2, 3
    on conflict do nothing returning fan_id, setlist_song_id, ballot, show_id, artist_id
  ), used as (
    insert into ballots as kept (fan_id, show_id, ballot, used)
    select fan_id, show_id, ballot, count(*) from stored group by 1, 2, 3 order by 1, 2, 3
    on conflict (fan_id, show_id, ballot) do update set used = kept.used + excluded.used returning 1
  ), tallied as (
    insert into tallies as kept (setlist_song_id, show_id, votes, wishes)
    select setlist_song_id, show_id, count(*) filter (where ballot = 'expect'), count(*) filter (where ballot = 'wish')
    from stored where (select count(*) from used) >= 0 group by 1, 2 order by 1
    on conflict (setlist_song_id) do update set votes = kept.votes + excluded.votes,
      wishes = kept.wishes + excluded.wishes
    returning setlist_song_id, votes, wishes
  ), counted as (
    insert into vote_hours as kept (show_id, hour, artist_id, votes)
    select show_id, date_trunc('hour', now(), 'UTC'), artist_id, count(*)
    from stored where (select count(*) from tallied) >= 0 group by 1, 3 order by 1
    on conflict (show_id, hour) do update set votes = kept.votes + excluded.votes
  )
  select ${judgedColumns(true)} from judged
  left join tallied on tallied.setlist_song_id = judged.setlist_song_id
  left join tallies on tallies.setlist_song_id = judged.setlist_song_id`.execute(db as Db);
  return rows;
}
