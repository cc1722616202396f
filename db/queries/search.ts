/**
 * Search by comparison keys (`nameKey`), cheapest first: names that begin with the key by the prefix index, then names that
 * hold or resemble it by the trigram index. Nothing here reads a whole table.
 */
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import type { DB } from "../types.ts";
import {
  distanceTo,
  editsBetween,
  hasWord,
  isNear,
  isSimilar,
  literal,
  setSimilarity,
  wordSimilarity,
} from "./similarity.ts";

/** Fewer names that begin with the key than this, and names that resemble it are looked for too. */
const ENOUGH = 10;

export type ArtistHit = {
  slug: string;
  name: string;
  genre: string | null;
  imageUrl: string | null;
  tmAttractionId: string;
  /** edits between the words asked for and the nearest words of the name; 0: it holds them all */
  distance: number;
};

const hit = (distance: RawBuilder<number>) =>
  [
    "artists.id",
    "artists.slug",
    sql<string>`coalesce(artists.name, '')`.as("name"),
    "artists.genre",
    "artists.image_url as imageUrl",
    "artist_sources.source_id as tmAttractionId",
    distance.as("distance"),
  ] as const;

/**
 * Artists by name: those that begin with the key, then those that hold it, then those that resemble it, the nearest
 * first. One edit (a letter changed, missing, too many, or two swapped) in a word of five letters or more is always found.
 */
export async function searchArtists(db: Db, key: string, limit: number): Promise<ArtistHit[]> {
  if (key === "") return [];
  const beginning = await listArtistsByPrefix(db, key, limit);
  if (beginning.length >= Math.min(limit, ENOUGH)) return withoutIds(merge(beginning, [], limit));
  const alike = await db.transaction().execute((trx) => listSimilarArtists(trx, key, limit));
  return withoutIds(merge(beginning, alike, limit));
}

/**
 * The same for somebody who is still typing: the last word may be half there, so names that hold the key are enough; only
 * where there is none is an error of typing thought of.
 */
export async function suggestArtists(db: Db, key: string, limit: number): Promise<ArtistHit[]> {
  if (key === "") return [];
  const beginning = await listArtistsByPrefix(db, key, limit);
  if (beginning.length >= limit) return withoutIds(merge(beginning, [], limit));
  const found = merge(beginning, await listArtistsByWord(db, key, limit), limit);
  if (found.length > 0) return withoutIds(found);
  return withoutIds(
    merge(await db.transaction().execute((trx) => listSimilarArtists(trx, key, limit)), [], limit),
  );
}

type WithId = ArtistHit & { id: string };

function merge(first: WithId[], others: WithId[], limit: number): WithId[] {
  const byId = new Map<string, WithId>();
  // An artist with two listings at Ticketmaster is one artist.
  for (const hit of [...first, ...others]) if (!byId.has(hit.id)) byId.set(hit.id, hit);
  return [...byId.values()].slice(0, limit);
}

const withoutIds = (hits: WithId[]): ArtistHit[] => hits.map(({ id: _id, ...rest }) => rest);

function listArtistsByPrefix(db: DbOrTrx, key: string, limit: number): Promise<WithId[]> {
  return (
    artistHits(db, sql<number>`0`)
      .where("artists.name_key", "like", `${literal(key)}%`)
      // In the index' own order, so that a single letter costs no more than a whole name.
      .orderBy(sql`artists.name_key using ~<~`)
      .orderBy("artists.id")
      .limit(limit)
      .execute()
  );
}

/** Where a later word of the name begins with the key. Below three letters there is no trigram to look for. */
async function listArtistsByWord(db: DbOrTrx, key: string, limit: number): Promise<WithId[]> {
  if (key.length < 3) return [];
  return artistHits(db, sql<number>`0`)
    .where(hasWord(key, sql`artists.name_key`))
    .orderBy("artists.name_key")
    .orderBy("artists.id")
    .limit(limit)
    .execute();
}

/** Inside a transaction: how alike is enough holds until its end. */
async function listSimilarArtists(trx: Transaction<DB>, key: string, limit: number): Promise<WithId[]> {
  await setSimilarity(trx, key);
  const alike = artistHits(trx, distanceTo(key, sql`artists.name_key`))
    .select([wordSimilarity(key, sql`artists.name_key`).as("similarity"), "artists.name_key"])
    .where(isSimilar(key, sql`artists.name_key`));
  const hits = await trx
    .selectFrom(alike.as("alike"))
    .selectAll()
    .where(isNear(key))
    .orderBy("distance")
    // Of names that are as near by a word, the one that is nearest as a whole: not a longer one that holds it.
    .orderBy(editsBetween(key, sql`name_key`))
    .orderBy("similarity", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
  return hits.map(({ similarity: _similarity, name_key: _key, ...rest }) => rest);
}

function artistHits(db: DbOrTrx, distance: RawBuilder<number>) {
  return db
    .selectFrom("artists")
    .innerJoin("artist_sources", (join) =>
      join.onRef("artist_sources.artist_id", "=", "artists.id").on("source", "=", "ticketmaster"),
    )
    .where("artists.name", "is not", null)
    .select(hit(distance));
}
