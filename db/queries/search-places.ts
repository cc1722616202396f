/** Venues and cities with coming shows, by comparison keys. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { isComing } from "./shows.ts";
import {
  beginsWith,
  distanceTo,
  hasWord,
  isNear,
  isSimilar,
  setSimilarity,
  wordSimilarity,
} from "./similarity.ts";

/** Venues that are named under a city: those with most shows. */
const VENUES_OF_CITY = 6;

export type FoundVenue = {
  slug: string;
  name: string;
  city: string | null;
  country: string | null;
  /** coming ones, at least one */
  shows: number;
};
export type FoundCity = {
  name: string;
  country: string | null;
  shows: number;
  venueCount: number;
  /** the first of them, most shows first */
  venues: { slug: string; name: string; shows: number }[];
};
export type FoundPlaces = { venues: FoundVenue[]; cities: FoundCity[] };

/** What begins with the key, or one of whose words does; what resembles it where there is none. */
export async function searchPlaces(db: Db, key: string, limit: number): Promise<FoundPlaces> {
  if (key === "") return { venues: [], cities: [] };
  const [venues, cities] = await Promise.all([
    listVenues(db, key, "begins", limit),
    listCities(db, key, "begins", limit),
  ]);
  if (venues.length + cities.length > 0) return { venues, cities };
  return db.transaction().execute(async (trx) => {
    await setSimilarity(trx, key);
    return {
      venues: await listVenues(trx, key, "resembles", limit),
      cities: await listCities(trx, key, "resembles", limit),
    };
  });
}

type How = "begins" | "resembles";
type KeyColumn = "name_key" | "city_key";

/** Venues where something comes, by one of their keys. */
function matched(db: DbOrTrx, column: KeyColumn, key: string, how: How) {
  const of = sql<string | null>`${sql.ref(`venues.${column}`)}`;
  const query = db
    .selectFrom("venues")
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom("shows")
          .innerJoin("artists", "artists.id", "shows.artist_id")
          .whereRef("shows.venue_id", "=", "venues.id")
          .where(isComing)
          .where("shows.status", "<>", "cancelled")
          .where("artists.name", "is not", null)
          .select((count) => count.fn.countAll<number>().as("shows"))
          .as("coming"),
      (join) => join.on("coming.shows", ">", 0),
    )
    .select([
      "venues.id",
      "venues.slug",
      "venues.name",
      "venues.city",
      "venues.country",
      "venues.city_key",
      "coming.shows",
      sql<boolean>`${of} is not distinct from ${key}`.as("exact"),
    ]);
  return how === "begins"
    ? query
        .select([sql<number>`0`.as("distance"), sql<number>`1`.as("similarity")])
        .where(sql<boolean>`(${beginsWith(key, of)} or ${hasWord(key, of)})`)
    : query
        .select([distanceTo(key, of).as("distance"), wordSimilarity(key, of).as("similarity")])
        .where(isSimilar(key, of));
}

async function listVenues(db: DbOrTrx, key: string, how: How, limit: number): Promise<FoundVenue[]> {
  return db
    .selectFrom(matched(db, "name_key", key, how).as("found"))
    .select(["slug", "name", "city", "country", "shows"])
    .where(isNear(key))
    .orderBy("exact", "desc")
    .orderBy("distance")
    .orderBy("shows", "desc")
    .orderBy("name")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** Two cities of one name in two countries are two. */
async function listCities(db: DbOrTrx, key: string, how: How, limit: number): Promise<FoundCity[]> {
  return db
    .selectFrom(matched(db, "city_key", key, how).as("found"))
    .select([
      sql<string>`min(city)`.as("name"),
      "country",
      sql<number>`sum(shows)::integer`.as("shows"),
      sql<number>`count(*)::integer`.as("venueCount"),
      sql<
        FoundCity["venues"]
      >`to_json((array_agg(json_build_object('slug', slug, 'name', name, 'shows', shows)
        order by shows desc, name, id))[1:${VENUES_OF_CITY}::integer])`.as("venues"),
    ])
    .where(isNear(key))
    .groupBy(["city_key", "country"])
    .orderBy(sql`bool_or(exact)`, "desc")
    .orderBy(sql`min(distance)`)
    .orderBy(sql`sum(shows)`, "desc")
    .orderBy("city_key")
    .limit(limit)
    .execute();
}
