/**
 * What casting votes (votes.ts) and taking them back (vote-retractions.ts) have in common: how a batch is asked, judged and
 * answered, in one statement.
 *
 * Rows are locked in one order, each kind by key: limits, fans, ballots, votes, tallies, hours. Each step asks for a count of the
 * one before it, because nothing else orders the parts of a statement. So processes wait for each other, never in a circle.
 *
 * What grows with the votes is looked up vote by vote (subselects, lateral): a plan made while a table was small must not
 * read all of it once it is large. Postgres plans anew only after the next autoanalyze.
 */
import { type RawBuilder, sql } from "kysely";
import { type Ballot, perMinute } from "#rules/voting";

/** A vote to be cast or taken back. */
export type AskedVote = {
  fanId: string;
  setlistSongId: string;
  ballot: Ballot;
  /** under what it counts in this minute, for the fan and for their address; null where nothing is limited */
  fanKey: string | null;
  addressKey: string | null;
};

/** `done` also where there was nothing to do; the others are reasons why nothing was changed. */
export type VoteState = "done" | "unknown" | "limited" | "hidden" | "closed" | "cancelled" | "full";

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
  /** whether the song's counts moved */
  moved: boolean;
  /** for the sentence of a refusal */
  closesAt: Date | null;
  localTime: string | null;
  timezone: string | null;
  limit: "fan" | "address" | null;
  /** until the limit's minute is over */
  waitMs: number | null;
};

const MINUTE_MS = 60_000;
const clock = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** The parameters of a batch, in the order in which `known` names them first. */
export function batchOf(votes: AskedVote[]): unknown[] {
  const column = (name: keyof AskedVote) => votes.map((vote) => vote[name]);
  const [fanKeys, addressKeys] = [column("fanKey"), column("addressKey")];
  return [
    ...[column("fanId"), column("setlistSongId"), column("ballot")],
    ...[fanKeys, laterOnes(fanKeys), addressKeys, laterOnes(addressKeys)],
  ];
}

/** For each key how often it comes again. */
function laterOnes(keys: (string | null)[]): number[] {
  const seen = new Map<string | null, number>();
  const counts = keys.toReversed().map((key) => {
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return count;
  });
  return counts.reverse();
}

/**
 * How casting and retracting begin: `points` (limits), `known` (each vote with its show, the fan's votes on the song, and
 * whether anything speaks against it) and `locked` (the fans, whose ballots may not exist yet).
 * @param cast songs off the list take no votes; one may take them back
 */
export function known(cast: boolean): RawBuilder<unknown> {
  const given = null;
  // No `exists`: the planner may answer it by hashing all votes there are. Of a limit of one it cannot.
  const mine = (ballot: Ballot) => sql`coalesce((select true from votes where votes.fan_id = within.fan_id
    and votes.setlist_song_id = within.setlist_song_id and votes.ballot = ${ballot}::text limit 1), false)`;
  // As subselects, so that the planner knows no more of one batch than of another, and plans once a connection.
  return sql`asked as materialized (
    select * from unnest((select ${given}::uuid[]), (select ${given}::uuid[]), (select ${given}::text[]),
      (select ${given}::text[]), (select ${given}::int[]), (select ${given}::text[]), (select ${given}::int[]))
      with ordinality as t (fan_id, setlist_song_id, ballot, fan_key, fan_later, address_key, address_later, place)
  ), points as (
    insert into people_limits as kept (key, points, expire)
    select key, count(*), ${clock} + ${MINUTE_MS}::int from asked, lateral (values (fan_key), (address_key)) as t (key)
    where key is not null group by key order by key
    on conflict (key) do update set
      points = case when kept.expire <= ${clock} then 0 else kept.points end + excluded.points,
      expire = case when kept.expire <= ${clock} then excluded.expire else kept.expire end
    returning key, points, greatest(expire - ${clock}, 1) as ms
  ), within as (
    -- What is used with this vote: those after it in the batch have taken their points too.
    select asked.*, case when fan.points - fan_later > ${perMinute.fan}::int then 'fan'
        when address.points - address_later > ${perMinute.address}::int then 'address' end as over,
      fan.ms as fan_ms, address.ms as address_ms
    from asked left join points fan on fan.key = fan_key left join points address on address.key = address_key
  ), known as materialized (
    select place, within.fan_id, within.setlist_song_id, ballot, over,
      setlists.show_id, shows.artist_id, shows.voting_closes_at, shows.local_time, shows.timezone,
      ${mine("expect")} as my_vote, ${mine("wish")} as my_wish,
      case over when 'fan' then fan_ms when 'address' then address_ms end as wait,
      case when over is not null then 'limited'
        when setlist_songs.id is null then 'unknown'
        when shows.status = 'cancelled' then 'cancelled'
        when shows.voting_closes_at <= clock_timestamp() then 'closed'
        when ${cast}::boolean and setlist_songs.hidden_at is not null then 'hidden'
        else 'done' end as state
    from within
    left join setlist_songs on setlist_songs.id = within.setlist_song_id
    left join setlists on setlists.id = setlist_songs.setlist_id
    left join shows on shows.id = setlists.show_id
  ), locked as materialized (
    select row.id from (select distinct fan_id from known where state = 'done' order by 1) theirs,
      lateral (select id from fans where fans.id = theirs.fan_id for no key update) row
  )`;
}

/** The columns of a result, over `judged`, `tallied` and `tallies`; those that were done stand as `cast` says. */
export function result(cast: boolean): RawBuilder<VoteResult> {
  const mine = (
    ballot: Ballot,
    before: string,
  ) => sql`case when judged.ballot = ${ballot}::text and judged.state = 'done'
    then ${cast}::boolean else ${sql.ref(before)} end`;
  return sql`judged.state, judged.show_id as "showId",
    coalesce(tallied.votes, tallies.votes, 0) as votes, coalesce(tallied.wishes, tallies.wishes, 0) as wishes,
    ${mine("expect", "my_vote")} as "myVote", ${mine("wish", "my_wish")} as "myWish", clock_timestamp() as at,
    tallied.setlist_song_id is not null as moved, judged.voting_closes_at as "closesAt",
    judged.local_time as "localTime", judged.timezone, judged.over as "limit", judged.wait as "waitMs"
  from judged left join tallied on tallied.setlist_song_id = judged.setlist_song_id
  left join lateral (select votes, wishes from tallies
    where tallies.setlist_song_id = judged.setlist_song_id limit 1) tallies on true
  order by judged.place`;
}
