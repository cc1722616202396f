/** Which past setlist each show that has begun became, and whether it still changes. The caller holds the artist's lock. */
import { sql } from "kysely";
import type { BegunShow, WrittenSetlist } from "#rules/results/match";
import type { Db, DbOrTrx } from "../index.ts";

/** Shows that have begun and that nobody called off, with the past setlist each of them is so far. */
export async function listBegunShows(
  db: DbOrTrx,
  artistId: string,
): Promise<(BegunShow & { pastSetlistId: string | null })[]> {
  return db
    .selectFrom("shows")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .leftJoin("show_results as result", "result.show_id", "shows.id")
    .leftJoin("past_setlists", (join) =>
      join
        .onRef("past_setlists.source", "=", "result.source")
        .onRef("past_setlists.source_id", "=", "result.source_id"),
    )
    .where("shows.artist_id", "=", artistId)
    .where("shows.missing_since", "is", null)
    .where("shows.status", "not in", ["cancelled", "postponed"])
    .where("shows.voting_closes_at", "<=", sql<Date>`now()`)
    .select([
      "shows.id",
      sql<string>`shows.local_date`.as("localDate"),
      "shows.local_time as localTime",
      "shows.slot",
      sql<Date>`shows.voting_closes_at`.as("beganAt"),
      "venues.name as venueName",
      "venues.city",
      "venues.country",
      "past_setlists.id as pastSetlistId",
    ])
    .orderBy("shows.id")
    .execute();
}

/** Past setlists with a song that counts, of the days from `from` to `to`. */
export async function listWrittenSetlists(
  db: DbOrTrx,
  artistId: string,
  days: { from: string; to: string },
): Promise<WrittenSetlist[]> {
  return db
    .selectFrom("past_setlists")
    .where("artist_id", "=", artistId)
    .where(sql<boolean>`local_date between ${days.from}::date - 1 and ${days.to}::date + 1`)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("past_setlist_songs as entry")
          .select("entry.position")
          .whereRef("entry.past_setlist_id", "=", "past_setlists.id")
          .where("entry.song_id", "is not", null)
          .where("entry.tape", "=", false),
      ),
    )
    .select([
      "id",
      "local_date as localDate",
      "place",
      "song_count as songs",
      "source_updated_at as updatedAt",
      "venue_name as venueName",
      "city",
      "country",
    ])
    .orderBy("id")
    .execute();
}

/** A show is over by then, and whoever writes along has written on. */
const OVER = sql`interval '4 hours'`;
/** Two readings closer together than the hourly check are one look at a setlist that somebody may be writing. */
const APART = sql`interval '50 minutes'`;
/** Whatever was read until then, that is what was played. */
const SETTLED = sql`interval '72 hours'`;

/**
 * Makes the results of an artist's shows exactly these. A result has settled when two readings after the show found the
 * same version, or 72 hours after it began; a new version within them unsettles it.
 * @returns shows to be scored: new or changed results, those that had not settled, and those of which it is known anew
 *   which songs were played
 */
export async function writeMatches(
  trx: DbOrTrx,
  artistId: string,
  matches: ReadonlyMap<string, string>,
): Promise<string[]> {
  const pairs = JSON.stringify(
    [...matches].map(([show_id, past_setlist_id]) => ({ show_id, past_setlist_id })),
  );
  const wanted = sql`(select m.show_id, p.*
    from jsonb_to_recordset(${pairs}::jsonb) as m (show_id uuid, past_setlist_id uuid)
    join past_setlists p on p.id = m.past_setlist_id)`;
  // Also whose setlist is another show's now: it may have only one.
  await sql`delete from show_results result where artist_id = ${artistId} and not exists (
    select from ${wanted} w where w.show_id = result.show_id
      and (w.source, w.source_id) = (result.source, result.source_id))`.execute(trx as Db);
  const { rows: stale } = await sql<{ showId: string }>`
    select w.show_id as "showId" from ${wanted} w
    left join show_results result on result.show_id = w.show_id
    where result.settled_at is null or result.version is distinct from w.version
      or exists (
        (select distinct song_id from past_setlist_songs where past_setlist_id = w.id and not tape and song_id is not null
          except select song_id from scored_songs where scored_songs.show_id = w.show_id and played)
        union all
        (select song_id from scored_songs where scored_songs.show_id = w.show_id and played
          except select song_id from past_setlist_songs where past_setlist_id = w.id and not tape))
    order by 1`.execute(trx as Db);
  const same = sql`old.version is not distinct from reading.version`;
  const counts = sql`(reading.read_at >= old.read_at + ${APART} and old.read_at >= shows.voting_closes_at + ${OVER})`;
  await sql`
    insert into show_results (show_id, artist_id, source, source_id, version, url, played, read_at)
    select show_id, artist_id, source, source_id, version, url, greatest(song_count, 1), fetched_at from ${wanted} w
    order by show_id
    on conflict (show_id) do nothing`.execute(trx as Db);
  await sql`
    update show_results old set
      version = reading.version, url = reading.url,
      readings = case when not ${same} then 1 when ${counts} then old.readings + 1 else old.readings end,
      read_at = case when ${same} and old.read_at >= shows.voting_closes_at + ${OVER} and not ${counts} then old.read_at
        else reading.read_at end
    from (select show_id, version, url, fetched_at as read_at from ${wanted} w) reading
    join shows on shows.id = reading.show_id
    where old.show_id = reading.show_id and old.artist_id = ${artistId}`.execute(trx as Db);
  await sql`
    update show_results result set settled_at = case
      when readings > 1 or shows.voting_closes_at + ${SETTLED} <= now() then coalesce(settled_at, now()) end
    from shows where shows.id = result.show_id and result.artist_id = ${artistId}
      and (settled_at is null) = (readings > 1 or shows.voting_closes_at + ${SETTLED} <= now())`.execute(
    trx as Db,
  );
  return stale.map(({ showId }) => showId);
}
