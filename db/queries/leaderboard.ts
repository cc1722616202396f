/** Fans by how far their ballots were ahead of a simple ballot. Which, and why it is fair: docs/decisions/020. */
import { type RawBuilder, sql } from "kysely";
import { LEAST_SHOWS, PRIOR_SHOWS } from "#rules/leaderboard";
import type { Db, DbOrTrx } from "../index.ts";

export const FANS_A_PAGE = 50;

/** `key` tells equal scores apart and names nobody. */
export type RankCursor = { score: number; key: string };
export type RankedFan = {
  /** equal scores share it */
  place: number;
  /** null: the fan does not want to be named */
  name: string | null;
  /** points per 100 songs played ahead of the mean fan at equal yardsticks, drawn towards that mean; one decimal */
  score: number;
  shows: number;
  /** mean share of the songs played that were among those named, 0 to 1 */
  share: number;
  mine: boolean;
  key: string;
};
type Ranks = { fans: RankedFan[]; mine: RankedFan | null; ranked: number; mean: number | null };

const inSeason = (table: string, season: number | undefined): RawBuilder<unknown> =>
  season === undefined
    ? sql`true`
    : sql`${sql.ref(`${table}.local_date`)} between make_date(${season}::int, 1, 1) and make_date(${season}::int, 12, 31)`;

/**
 * A page of fans by score, the best first, with whoever asks, wherever they stand. Ranked are accounts with LEAST_SHOWS
 * scored shows; guests are not, or one person could try as often as they like.
 * @param args.season a year of shows' local dates; undefined: all time
 * @returns up to FANS_A_PAGE + 1 fans: the one too many says that there is more; `mean`: what the mean fan is ahead of
 *   the yardstick, in points a show
 */
export async function listRankedFans(
  db: DbOrTrx,
  args: { season?: number; fanId?: string; after?: RankCursor },
): Promise<Ranks> {
  const { season, fanId = null, after } = args;
  const beyond = after
    ? sql`(-score, key) > (-(${after.score}::float8)::numeric, ${after.key}::text)`
    : sql`true`;
  const { rows } = await sql<Ranks>`
    with per_fan as (
      select own.fan_id, count(*)::int as shows, avg(own.hits::float8 / own.played) as share,
        sum(100.0 * (usual.brier - own.brier)) as ahead
      from scores own join scores usual on usual.show_id = own.show_id and usual.scorer = 'usual'
      where own.scorer = 'fan' and ${inSeason("own", season)} and ${inSeason("usual", season)}
      group by own.fan_id
    ), accounts as (
      select per_fan.*, case when fans.is_named then fans.name end as name
      from per_fan join fans on fans.id = per_fan.fan_id
      where fans.email is not null and fans.blocked_at is null
    ), together as (
      select sum(ahead) / nullif(sum(shows), 0) as mean from accounts
    ), scored as (
      select accounts.*, md5(fan_id::text) as key,
        round(((ahead - shows * mean) / (shows + ${PRIOR_SHOWS}::int))::numeric, 1) as score
      from accounts, together where shows >= ${LEAST_SHOWS}::int
    ), ranked as (
      select (rank() over (order by score desc))::int as place, name, score, shows, share,
        fan_id is not distinct from ${fanId}::uuid as mine, key
      from scored
    )
    select
      (select coalesce(json_agg(page order by score desc, key), '[]') from (
        select * from ranked where ${beyond} order by score desc, key limit ${FANS_A_PAGE + 1}) page) as fans,
      (select to_json(ranked) from ranked where mine) as mine,
      (select count(*)::int from ranked) as ranked,
      (select mean::float8 from together) as mean`.execute(db as Db);
  return rows[0] as Ranks;
}

/** Years of the first and the last show that a fan was scored at; undefined before there is one. */
export async function findSeasons(db: DbOrTrx): Promise<{ first: number; last: number } | undefined> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select extract(year from min(local_date))::int as first, extract(year from max(local_date))::int as last
    from scores where scorer = 'fan'`.execute(db as Db);
  const { first, last } = rows[0]!;
  return first === null || last === null ? undefined : { first, last };
}
