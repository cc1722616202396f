/** Artists as pages read them, and whose setlists are due. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";
import { isComing } from "./shows.ts";

/** An artist by any address it ever had; `slug` is the canonical one. One statement with all that its page shows. */
export async function findArtistBySlug(db: DbOrTrx, slug: string, keepDays: number) {
  return db
    .selectFrom("slugs")
    .innerJoin("artists", "artists.id", "slugs.target_id")
    .where("slugs.kind", "=", "artist")
    .where("slugs.slug", "=", slug)
    .select((eb) => [
      "artists.id",
      "artists.slug",
      "artists.name",
      "artists.genre",
      "artists.image_url as imageUrl",
      "artists.source_url as url",
      "artists.shows_read_at as showsReadAt",
      "artists.songs_read_at as songsReadAt",
      "artists.past_setlists_read_at as pastSetlistsReadAt",
      eb
        .selectFrom("past_setlists")
        .whereRef("past_setlists.artist_id", "=", "artists.id")
        .where("song_count", ">", 0)
        .where("fetched_at", ">", sql<Date>`now() - make_interval(days => ${keepDays})`)
        .select((count) => count.fn.countAll<number>().as("n"))
        .as("pastSetlists"),
      eb
        .selectFrom("songs")
        .whereRef("songs.artist_id", "=", "artists.id")
        .where("kind", "=", "studio")
        .where("merged_into", "is", null)
        .select((count) => count.fn.countAll<number>().as("n"))
        .as("songs"),
    ])
    .executeTakeFirst();
}

/** Artists whose name begins with, or contains, the key; exact first, then beginnings, then the rest by name. */
export async function searchArtists(db: DbOrTrx, nameKey: string, limit: number) {
  const literal = nameKey.replace(/[\\%_]/g, "\\$&");
  return db
    .selectFrom("artists")
    .innerJoin("artist_sources", (join) =>
      join.onRef("artist_sources.artist_id", "=", "artists.id").on("source", "=", "ticketmaster"),
    )
    .select([
      "artists.slug",
      "artists.name",
      "artists.genre",
      "image_url as imageUrl",
      "source_id as tmAttractionId",
    ])
    .where("artists.name", "is not", null)
    .where("name_key", "like", `%${literal}%`)
    .orderBy(
      sql`case when name_key = ${nameKey} then 0 when name_key like ${`${literal}%`} then 1 else 2 end`,
    )
    .orderBy("artists.name")
    .limit(limit)
    .execute();
}

/** Lately imported artists with what a list shows of them, newest import first. */
export async function listRecentArtists(db: DbOrTrx, limit: number, keepDays: number) {
  // The few that are shown first, by the index on the start; what hangs on them after.
  const newest = db
    .selectFrom("imports")
    .innerJoin("artists", "artists.id", "imports.artist_id")
    .select(["imports.artist_id", "imports.started_at", "imports.completed_at"])
    .where("imports.kind", "=", "import")
    .where("artists.name", "is not", null)
    .where(
      sql<boolean>`not exists (select from imports newer where newer.artist_id = imports.artist_id
        and newer.kind = 'import' and (newer.started_at, newer.id) > (imports.started_at, imports.id) offset 0)`,
    )
    .orderBy("imports.started_at", "desc")
    .orderBy("imports.id", "desc")
    .limit(limit);
  return db
    .selectFrom(newest.as("newest"))
    .innerJoin("artists", "artists.id", "newest.artist_id")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("shows")
          .leftJoin("venues", "venues.id", "shows.venue_id")
          .whereRef("shows.artist_id", "=", "artists.id")
          .where(isComing)
          .where("shows.local_date", "is not", null)
          .select(["shows.local_date", "venues.city", "venues.name as venue_name"])
          .orderBy("shows.local_date")
          .orderBy("shows.id")
          .limit(1)
          .as("next"),
      (join) => join.onTrue(),
    )
    .select((eb) => [
      "artists.slug",
      "artists.name",
      "artists.genre",
      sql<boolean>`newest.completed_at is null`.as("importing"),
      "next.local_date as nextDate",
      "next.city as nextCity",
      "next.venue_name as nextVenue",
      eb
        .selectFrom("shows")
        .whereRef("shows.artist_id", "=", "artists.id")
        .where(isComing)
        .select((count) => count.fn.countAll<number>().as("n"))
        .as("coming"),
      eb
        .selectFrom("past_setlists")
        .whereRef("past_setlists.artist_id", "=", "artists.id")
        .where("song_count", ">", 0)
        .where("fetched_at", ">", sql<Date>`now() - make_interval(days => ${keepDays})`)
        .select((count) => count.fn.countAll<number>().as("n"))
        .as("pastSetlists"),
    ])
    .orderBy("newest.started_at", "desc")
    .execute();
}

/** not tried again sooner, so that a quiet artist costs four readings a day at most */
const AGAIN_AFTER = sql`interval '6 hours'`;
/** By the run and not by what it read: an artist whom setlist.fm does not know would stay first in line for ever. */
const lastTry = sql<Date | null>`(select max(imports.started_at) from imports where imports.artist_id = artists.id)`;

/**
 * Artists with a coming or just played show whose setlists were not asked for lately: those who played since the last
 * try first, then whoever waits longest. Artists with a live import are left to it.
 */
export async function listArtistsDueForSetlists(db: DbOrTrx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("artists")
    .select("artists.id")
    .where("artists.name", "is not", null)
    .where(sql<boolean>`coalesce(${lastTry} < now() - ${AGAIN_AFTER}, true)`)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("shows")
          .whereRef("shows.artist_id", "=", "artists.id")
          .where(sql<boolean>`(shows.local_date is null or shows.local_date > now() - interval '3 days')`)
          .select("shows.id"),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("imports")
            .whereRef("imports.artist_id", "=", "artists.id")
            .where("completed_at", "is", null)
            .select("imports.id"),
        ),
      ),
    )
    .orderBy(
      sql`exists (select 1 from shows where shows.artist_id = artists.id and shows.voting_closes_at
        between coalesce(${lastTry}, '-infinity') and now())`,
      "desc",
    )
    .orderBy(lastTry, (order) => order.asc().nullsFirst())
    .orderBy("artists.id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
