/**
 * What is talked about right now. Scores are the guide's, of artists and of shows alike: votes of seven days × 10, coming
 * shows × 5, the artist's popularity × 2 and followers / 10,000 (100 at most), views of thirty days × 3, and 20 or 10
 * where a fan voted or looked within 7 or 30 days. What is not known counts nothing. Our own reading of the sources is
 * no activity: votes come from people, and views are counted by their browsers.
 */
import { type RawBuilder, sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { isComing, listedShow } from "./shows.ts";

/** Ranks that are kept of each kind: nobody turns to page twenty, and a row kept is a row written. */
const KEPT = 1_000;
/** A computation so long ago is what ranks are compared with; the hourly one may be some minutes early. */
const HOUR = sql`interval '50 minutes'`;
/** An advisory lock of our own: computations take their turn over all processes. */
const TURN = 7348203;

/** Of a row with an artist, what was voted and seen; what is not known counts nothing. */
const score = (shows: RawBuilder<unknown>) => sql`(
  10 * coalesce(voted.week, 0)::float8 + 5 * ${shows} + 2 * coalesce(artists.popularity, 0)
  + least(coalesce(artists.followers, 0) / 10000::float8, 100) + 3 * coalesce(seen.month, 0)
  + case when greatest(voted.newest, seen.newest) > now() - interval '7 days' then 20
         when greatest(voted.newest, seen.newest) > now() - interval '30 days' then 10 else 0 end)::real`;

/** Every coming show, and what happened to its artist and to itself, each read once and added up before they meet. */
const scored = sql`
  coming as (
    select id, artist_id, local_date from shows
    -- A day ahead of UTC is ahead everywhere: zones are looked at for the few shows of these days alone.
    where missing_since is null and status <> 'cancelled' and (local_date is null
      or local_date > (now() at time zone 'UTC')::date + 1
      or (local_date >= (now() at time zone 'UTC')::date - 2 and ${isComing}))
  ), cast_votes as (
    select show_id, artist_id, sum(votes) filter (where hour > now() - interval '7 days') as week, max(hour) as newest
    from vote_hours
    where hour > now() - interval '30 days' and votes > 0
    group by show_id, artist_id
  ), seen as (
    select kind, target_id, sum(count) as month, max(day)::timestamp at time zone 'UTC' as newest
    from views
    where day > (now() at time zone 'UTC')::date - 30
    group by kind, target_id
  ), of_artist as (
    select coming.artist_id, count(*) as shows, min(coming.local_date) as next from coming group by coming.artist_id
  ), of_artist_votes as (
    select artist_id, sum(week) as week, max(newest) as newest from cast_votes group by artist_id
  ), artist as (
    select 'artist' as kind, artists.id as target_id, of_artist.next, voted.week, seen.month,
      ${score(sql`of_artist.shows`)} as score
    from of_artist
    join artists on artists.id = of_artist.artist_id and artists.name is not null
    left join of_artist_votes voted on voted.artist_id = artists.id
    left join seen on seen.kind = 'artist' and seen.target_id = artists.id
  ), show as (
    select 'show' as kind, coming.id as target_id, coming.local_date as next, voted.week, seen.month,
      ${score(sql`1`)} as score
    from coming
    join artists on artists.id = coming.artist_id and artists.name is not null
    left join cast_votes voted on voted.show_id = coming.id
    left join seen on seen.kind = 'show' and seen.target_id = coming.id
  )`;

/** The best of a kind and their ranks; of equal scores the nearer show comes first. */
const best = (kind: "artist" | "show", kept: number) => sql`
  select kind, target_id, coalesce(week, 0)::integer as votes, coalesce(month, 0)::integer as views, score,
    (row_number() over (order by score desc, next nulls last, target_id))::integer as rank
  from (select * from ${sql.table(kind)} order by score desc, next nulls last, target_id limit ${kept}) kept`;

export type Recalculated = {
  /** how many are ranked now */
  artists: number;
  shows: number;
  /** rows that were written because something in them is new */
  written: number;
};

/**
 * Ranks artists and shows anew, in one statement; rows that stay as they are are not written. The rank that movement is
 * shown against moves on once the ranks it would take are an hour old, so a second computation a minute later compares
 * with the same ranks as the first.
 * @param kept ranks kept of each kind
 */
export async function recalculateTrends(db: Db, kept = KEPT): Promise<Recalculated> {
  return db.transaction().execute(async (trx) => {
    // Postgres would compile the statement, for its size on paper, and take ten times as long over that as over the work.
    await sql`select pg_advisory_xact_lock(${TURN}), set_config('jit', 'off', true)`.execute(trx);
    const { rows } = await sql<Recalculated>`
      with ${scored}, clock as (
        select marked_at, previous_at, marked_at <= now() - ${HOUR} as moves_on from trend_clock
      ), ranked as (
        (${best("artist", kept)}) union all (${best("show", kept)})
      ), compared as (
        select ranked.*,
          case when moves_on then old.marked_rank else old.previous_rank end as previous_rank,
          case when coalesce(moves_on, true) then ranked.rank else old.marked_rank end as marked_rank
        from ranked
        left join trends old using (kind, target_id)
        left join clock on true
      ), gone as (
        delete from trends where (kind, target_id) not in (select kind, target_id from ranked)
      ), written as (
        insert into trends as old (kind, target_id, rank, score, votes, views, previous_rank, marked_rank)
        select kind, target_id, rank, score, votes, views, previous_rank, marked_rank from compared
        on conflict (kind, target_id) do update set rank = excluded.rank, score = excluded.score,
          votes = excluded.votes, views = excluded.views, previous_rank = excluded.previous_rank,
          marked_rank = excluded.marked_rank
        where (old.rank, old.score, old.votes, old.views, old.previous_rank, old.marked_rank) is distinct from
          (excluded.rank, excluded.score, excluded.votes, excluded.views, excluded.previous_rank, excluded.marked_rank)
        returning kind
      ), tick as (
        insert into trend_clock as old (computed_at, marked_at) values (now(), now())
        on conflict (one) do update set computed_at = now(),
          marked_at = case when old.marked_at <= now() - ${HOUR} then now() else old.marked_at end,
          previous_at = case when old.marked_at <= now() - ${HOUR} then old.marked_at else old.previous_at end
      )
      select count(*) filter (where kind = 'artist')::integer as artists,
        count(*) filter (where kind = 'show')::integer as shows,
        (select count(*) from written)::integer as written
      from ranked`.execute(trx);
    return rows[0] as Recalculated;
  });
}

/** When ranks were computed last, and those they are compared with; undefined before the first computation. */
export async function findTrendClock(db: DbOrTrx) {
  return db
    .selectFrom("trend_clock")
    .select(["computed_at as computedAt", "previous_at as previousAt"])
    .executeTakeFirst();
}

const ranked = [
  "trends.rank",
  "trends.score",
  "trends.votes",
  "trends.views",
  "trends.previous_rank as previousRank",
] as const;

/** Artists by rank, with how many shows are coming. */
export async function listTrendingArtists(db: DbOrTrx, limit: number) {
  return db
    .selectFrom("trends")
    .innerJoin("artists", "artists.id", "trends.target_id")
    .where("trends.kind", "=", "artist")
    .select((eb) => [
      ...ranked,
      "artists.slug",
      sql<string>`coalesce(artists.name, '')`.as("name"),
      "artists.genre",
      eb
        .selectFrom("shows")
        .whereRef("shows.artist_id", "=", "artists.id")
        .where(isComing)
        .where("shows.status", "<>", "cancelled")
        .select((count) => count.fn.countAll<number>().as("n"))
        .as("coming"),
    ])
    .orderBy("trends.rank")
    .limit(limit)
    .execute();
}

/** Shows by rank, as lists have them. */
export async function listTrendingShows(db: DbOrTrx, limit: number) {
  return db
    .selectFrom("trends")
    .innerJoin("shows", "shows.id", "trends.target_id")
    .innerJoin("artists", "artists.id", "shows.artist_id")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .where("trends.kind", "=", "show")
    .select([...ranked, ...listedShow])
    .orderBy("trends.rank")
    .limit(limit)
    .execute();
}
