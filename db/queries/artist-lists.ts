/** Artists as pages read them. Who is due to be read again: due-syncs.ts. */
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
