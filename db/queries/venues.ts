/** Places as the ticket seller names them. */
import { sql } from "kysely";
import type { ListedVenue } from "#rules/events";
import { venueSlugs } from "#rules/slugs";
import { nameKey } from "#rules/text";
import type { Db, DbOrTrx } from "../index.ts";
import { newIds } from "./ids.ts";
import { claimSlugs } from "./slugs.ts";

/** Places by the seller's id; a fact that is missing this time has not been taken back. */
export async function upsertVenues(trx: DbOrTrx, venues: ListedVenue[]): Promise<void> {
  if (venues.length === 0) return;
  // Two imports may meet at one new venue: makers of venues take their turn, for the few ms of this transaction.
  await sql`select pg_advisory_xact_lock(7348202)`.execute(trx as Db);
  const known = await trx
    .selectFrom("venues")
    .select("source_id as id")
    .where("source", "=", "ticketmaster")
    .where(
      "source_id",
      "in",
      venues.map((venue) => venue.id),
    )
    .execute();
  const have = new Set(known.map((row) => row.id));
  const fresh = venues.filter((venue) => !have.has(venue.id));
  const ids = await newIds(trx, fresh.length);
  const idOf = new Map(fresh.map((venue, index) => [venue.id, ids[index] ?? ""]));
  const slugs = await claimSlugs(
    trx,
    "venue",
    fresh.map((venue) => ({ id: idOf.get(venue.id) ?? "", bases: venueSlugs(venue, Math.random) })),
  );
  const rows = JSON.stringify(
    venues.map((venue) => ({
      id: idOf.get(venue.id) ?? null,
      slug: slugs.get(idOf.get(venue.id) ?? "") ?? null,
      source_id: venue.id,
      name: venue.name,
      name_key: nameKey(venue.name),
      city: venue.city ?? null,
      city_key: venue.city ? nameKey(venue.city) : null,
      region: venue.region ?? null,
      country: venue.country ?? null,
      timezone: venue.timezone ?? null,
      latitude: venue.latitude ?? null,
      longitude: venue.longitude ?? null,
    })),
  );
  const record = sql`jsonb_to_recordset(${rows}::jsonb) as t (
    id uuid, slug text, source_id text, name text, name_key text, city text, city_key text, region text, country text, timezone text,
    latitude double precision, longitude double precision)`;
  if (fresh.length > 0)
    await sql`
    insert into venues (id, slug, source, source_id, name, name_key, city, city_key, region, country, timezone,
      latitude, longitude)
    select id, slug, 'ticketmaster', source_id, name, name_key, city, city_key, region, country, known_zone(timezone),
      latitude, longitude
    from ${record} where id is not null`.execute(trx as Db);
  if (fresh.length < venues.length)
    await sql`
    update venues as old set name = t.name, name_key = t.name_key, city = coalesce(t.city, old.city),
      city_key = coalesce(t.city_key, old.city_key), region = coalesce(t.region, old.region),
      country = coalesce(t.country, old.country), timezone = coalesce(known_zone(t.timezone), old.timezone),
      latitude = coalesce(t.latitude, old.latitude), longitude = coalesce(t.longitude, old.longitude), updated_at = now()
    from ${record}
    where t.id is null and old.source = 'ticketmaster' and old.source_id = t.source_id
      and (old.name, old.name_key, old.city, old.city_key, old.region, old.country, old.timezone, old.latitude,
        old.longitude) is distinct from (
        t.name, t.name_key, coalesce(t.city, old.city), coalesce(t.city_key, old.city_key),
        coalesce(t.region, old.region), coalesce(t.country, old.country),
        coalesce(known_zone(t.timezone), old.timezone), coalesce(t.latitude, old.latitude), coalesce(t.longitude, old.longitude))`.execute(
      trx as Db,
    );
}

/** Keys of venues that were stored before there were any. @returns how many got theirs, at most `limit` */
export async function fillVenueKeys(db: DbOrTrx, limit: number): Promise<number> {
  const venues = await db
    .selectFrom("venues")
    .select(["id", "name", "city"])
    .where("name_key", "is", null)
    .orderBy("id")
    .limit(limit)
    .execute();
  if (venues.length === 0) return 0;
  const keys = JSON.stringify(
    venues.map(({ id, name, city }) => ({
      id,
      name_key: nameKey(name),
      city_key: city === null ? null : nameKey(city),
    })),
  );
  await sql`
    update venues set name_key = t.name_key, city_key = t.city_key
    from jsonb_to_recordset(${keys}::jsonb) as t (id uuid, name_key text, city_key text)
    where venues.id = t.id and venues.name_key is null`.execute(db as Db);
  return venues.length;
}

/** A venue by any address it ever had; `slug` is the canonical one. */
export async function findVenueBySlug(db: DbOrTrx, slug: string) {
  return db
    .selectFrom("slugs")
    .innerJoin("venues", "venues.id", "slugs.target_id")
    .where("slugs.kind", "=", "venue")
    .where("slugs.slug", "=", slug)
    .select([
      "venues.id",
      "venues.slug",
      "venues.name",
      "venues.city",
      "venues.region",
      "venues.country",
      "venues.timezone",
      // Its shows are as old as what was read longest ago of those who play there.
      sql<Date | null>`(select min(artists.shows_read_at) from shows join artists on artists.id = shows.artist_id
        where shows.venue_id = venues.id)`.as("readAt"),
    ])
    .executeTakeFirst();
}
