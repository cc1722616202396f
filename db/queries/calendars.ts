/** Shows as calendars want them, and the keys in the addresses of fans' own calendars. */
import { type RawBuilder, sql } from "kysely";
import type { DbOrTrx } from "../index.ts";
import { isComing } from "./shows.ts";

/** More than any tour has; calendars are read whole. */
const SHOWS_MOST = 2_000;

/** The artist's coming shows that have a date, cancelled ones too. */
export async function listArtistCalendar(db: DbOrTrx, artistId: string) {
  return listDated(db, sql<boolean>`shows.artist_id = ${artistId}::uuid`);
}

/** The same of all whom a fan follows. */
export async function listFollowsCalendar(db: DbOrTrx, fanId: string) {
  return listDated(
    db,
    sql<boolean>`shows.artist_id in (select artist_id from follows where fan_id = ${fanId}::uuid)`,
  );
}

async function listDated(db: DbOrTrx, whose: RawBuilder<boolean>) {
  return db
    .selectFrom("shows")
    .innerJoin("artists", "artists.id", "shows.artist_id")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .where(whose)
    .where(isComing)
    .where("shows.local_date", "is not", null)
    .select([
      "shows.id",
      "shows.slug",
      "shows.name",
      "artists.name as artistName",
      sql<string>`shows.local_date`.as("localDate"),
      "shows.local_time as localTime",
      "shows.starts_at as startsAt",
      "shows.timezone",
      "shows.status",
      "venues.name as venueName",
      "venues.city",
      "venues.region",
      "venues.country",
      sql<Date>`greatest(shows.updated_at, venues.updated_at)`.as("changedAt"),
      // Rises with every change of the show or its place, which is all that a calendar asks of it.
      sql<number>`extract(epoch from greatest(shows.updated_at, venues.updated_at) - shows.created_at)::int`.as(
        "sequence",
      ),
    ])
    .orderBy("shows.local_date")
    .orderBy("shows.id")
    .limit(SHOWS_MOST)
    .execute();
}

/** Whose calendar this is the key of. Nobody's once they have left or asked for another. */
export async function findCalendarOwner(db: DbOrTrx, key: string): Promise<string | undefined> {
  const row = await db.selectFrom("fans").select("id").where("calendar_key", "=", key).executeTakeFirst();
  return row?.id;
}

export async function findCalendarKey(db: DbOrTrx, fanId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("fans")
    .select("calendar_key as key")
    .where("id", "=", fanId)
    .executeTakeFirst();
  return row?.key ?? undefined;
}

/** Gives a fan this key, where they have none. @returns the one that counts */
export async function claimCalendarKey(db: DbOrTrx, fanId: string, key: string): Promise<string> {
  const row = await db
    .updateTable("fans")
    .set({ calendar_key: sql<string>`coalesce(calendar_key, ${key})` })
    .where("id", "=", fanId)
    .returning(sql<string>`calendar_key`.as("key"))
    .executeTakeFirstOrThrow();
  return row.key;
}

/** The address with the key before answers no more. */
export async function updateCalendarKey(db: DbOrTrx, fanId: string, key: string): Promise<void> {
  await db.updateTable("fans").set({ calendar_key: key }).where("id", "=", fanId).executeTakeFirstOrThrow();
}
