/** How right the machine was, beside the fans together and two simple rivals; and whether its odds mean what they say. */
import { sql } from "kysely";
import { CALIBRATION_BINS } from "#rules/leaderboard";
import type { Db, DbOrTrx } from "../index.ts";

export type Scorer = "machine" | "fans" | "last-show" | "last-ten";
export type ScorerRecord = {
  scorer: Scorer;
  /** shows at which it was scored; fans together only where enough of them voted */
  shows: number;
  /** mean songs right, and mean songs played */
  hits: number;
  played: number;
  /** mean share of the songs played that were among those named, 0 to 1 */
  share: number;
  /** half the width of the 95 % interval of that mean; null where one show says nothing of chance */
  shareError: number | null;
  /** mean Brier score of a show; less is better */
  brier: number;
  /** the machine's at the same shows */
  machineShare: number;
  machineBrier: number;
};

/** @param artistId undefined: over all artists */
export async function listScorerRecords(db: DbOrTrx, artistId?: string): Promise<ScorerRecord[]> {
  const ofArtist = artistId === undefined ? sql`true` : sql`one.artist_id = ${artistId}::uuid`;
  const { rows } = await sql<ScorerRecord>`
    select one.scorer, count(*)::int as shows, avg(one.hits)::float8 as hits, avg(one.played)::float8 as played,
      avg(one.hits::float8 / one.played) as share,
      1.96 * stddev_samp(one.hits::float8 / one.played) / sqrt(count(*)) as "shareError",
      avg(one.brier) as brier,
      avg(machine.hits::float8 / machine.played) as "machineShare", avg(machine.brier) as "machineBrier"
    from scores one join scores machine on machine.show_id = one.show_id and machine.scorer = 'machine'
    where one.scorer in ('machine', 'fans', 'last-show', 'last-ten') and ${ofArtist}
    group by one.scorer`.execute(db as Db);
  return rows;
}

export type CalibrationBin = {
  /** from 0: odds from bin / CALIBRATION_BINS on */
  bin: number;
  songs: number;
  /** mean odds given, 0 to 1 */
  said: number;
  /** how many of the songs were played */
  played: number;
};

/** Songs by the odds they were given, over all shows scored; those that were given none say nothing of the odds. */
export async function listCalibration(db: DbOrTrx): Promise<CalibrationBin[]> {
  // Odds are single precision: 0.7 is a little less than 7/10, and belongs above it all the same.
  const { rows } = await sql<CalibrationBin>`
    select least(${CALIBRATION_BINS - 1}::int, floor(round(probability * 1000) * ${CALIBRATION_BINS}::int / 1000))::int as bin,
      count(*)::int as songs, avg(probability) as said, count(*) filter (where played)::int as played
    from scored_songs where probability > 0
    group by 1 order by 1`.execute(db as Db);
  return rows;
}

/** Changes whenever a show has been scored, or scored again. */
export async function getRecordVersion(db: DbOrTrx): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select count(*) || ' ' || coalesce(max(scored_at)::text, '') as version from show_results`.execute(
    db as Db,
  );
  return rows[0]!.version;
}

export type ScoredShow = {
  slug: string;
  artistName: string | null;
  localDate: string;
  venueName: string | null;
  city: string | null;
  hits: number;
  played: number;
};

/**
 * Scored shows with what the machine had right: the newest first, or those where it had least.
 * @param args.artistId undefined: of all artists
 */
export async function listScoredShows(
  db: DbOrTrx,
  args: { artistId?: string; by: "date" | "least right"; limit: number },
): Promise<ScoredShow[]> {
  let query = db
    .selectFrom("scores")
    .innerJoin("shows", "shows.id", "scores.show_id")
    .innerJoin("artists", "artists.id", "scores.artist_id")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .where("scorer", "=", "machine")
    .select([
      "shows.slug",
      "artists.name as artistName",
      "scores.local_date as localDate",
      "venues.name as venueName",
      "venues.city",
      "hits",
      "played",
    ]);
  if (args.artistId !== undefined) query = query.where("scores.artist_id", "=", args.artistId);
  if (args.by === "least right") query = query.orderBy(sql`hits::float8 / played`);
  return query
    .orderBy("scores.local_date", "desc")
    .orderBy("scores.show_id", "desc")
    .limit(args.limit)
    .execute();
}
