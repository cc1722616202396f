/** Which artist of each service ours is. */
import { sql } from "kysely";
import type { Evidence } from "#rules/artists";
import type { Db, DbOrTrx } from "../index.ts";
import type { ArtistRow, SourceName } from "./artists.ts";
import type { ReviewCandidate } from "./match-reviews.ts";

export async function findArtistBySource(
  db: DbOrTrx,
  source: SourceName,
  sourceId: string,
): Promise<ArtistRow | undefined> {
  return db
    .selectFrom("artist_sources")
    .innerJoin("artists", "artists.id", "artist_sources.artist_id")
    .select(["artists.id", "artists.slug", "artists.name"])
    .where("source", "=", source)
    .where("source_id", "=", sourceId)
    .executeTakeFirst();
}

export type Match = {
  source: SourceName;
  sourceId: string;
  name?: string;
  url?: string;
  score: number;
  evidence: unknown[];
  runnersUp: unknown[];
  /** ids that were merged into this one: their rows stay, behind it, so that they still lead here */
  formerIds?: string[];
};

/**
 * Stores which artist of a service ours is, in place of whom the machine chose there before. An id that an admin chose
 * stays as it is; so does one that another of our artists already has (two listings of one band): the caller is told.
 * @returns false when that id belongs to somebody else
 */
export async function upsertMatch(trx: DbOrTrx, artistId: string, match: Match): Promise<boolean> {
  const stored = await trx
    .insertInto("artist_sources")
    .values({
      artist_id: artistId,
      source: match.source,
      source_id: match.sourceId,
      name: match.name ?? null,
      url: match.url ?? null,
      score: match.score,
      evidence: JSON.stringify(match.evidence),
      runners_up: JSON.stringify(match.runnersUp),
    })
    .onConflict((conflict) =>
      conflict
        .columns(["source", "source_id"])
        .doUpdateSet((eb) => ({
          name: eb.ref("excluded.name"),
          url: eb.ref("excluded.url"),
          score: eb.ref("excluded.score"),
          evidence: eb.ref("excluded.evidence"),
          runners_up: eb.ref("excluded.runners_up"),
          fetched_at: sql`now()`,
        }))
        .whereRef("artist_sources.artist_id", "=", "excluded.artist_id"),
    )
    .returning("artist_id")
    .executeTakeFirst();
  if (!stored) return false;
  await retireMatches(trx, artistId, match);
  return true;
}

/** Whom the machine chose before goes, and with them what was read there as ours: somebody else played it. */
async function retireMatches(trx: DbOrTrx, artistId: string, match: Match): Promise<void> {
  const formerIds = match.formerIds ?? [];
  await sql`
    with gone as (
      delete from artist_sources
      where artist_id = ${artistId} and source = ${match.source} and chosen_by = 'machine'
        and source_id <> ${match.sourceId} and source_id <> all(${formerIds}::text[])
      returning source
    ), unread as (
      -- Their releases go when the walk over the new one's begins (release-walks.ts).
      delete from past_setlists where artist_id = ${artistId} and source in (select source from gone)
    )
    update artist_sources set score = 0
    where artist_id = ${artistId} and source = ${match.source} and chosen_by = 'machine'
      and source_id <> ${match.sourceId} and source_id = any(${formerIds}::text[]) and score is distinct from 0`.execute(
    trx as Db,
  );
}

/** What a service calls an artist whose id there is known; nothing is written where nothing changed. */
export async function updateSource(
  trx: DbOrTrx,
  source: SourceName,
  sourceId: string,
  facts: { name: string; url?: string },
): Promise<void> {
  const { name, url = null } = facts;
  await trx
    .updateTable("artist_sources")
    .set({ name, url, fetched_at: sql`now()` })
    .where("source", "=", source)
    .where("source_id", "=", sourceId)
    .where(sql<boolean>`(name, url) is distinct from (${name}, ${url})`)
    .execute();
}

export type SourceRow = {
  source: SourceName;
  sourceId: string;
  name: string | null;
  url: string | null;
  score: number | null;
  chosenBy: "machine" | "admin";
};

/** The services' ids of one artist, the surest first. */
export async function listSources(db: DbOrTrx, artistId: string): Promise<SourceRow[]> {
  const rows = await db
    .selectFrom("artist_sources")
    .select(["source", "source_id as sourceId", "name", "url", "score", "chosen_by as chosenBy"])
    .where("artist_id", "=", artistId)
    .orderBy(sql`chosen_by = 'admin'`, "desc")
    .orderBy("score", (order) => order.desc().nullsLast())
    .orderBy("fetched_at", "desc")
    .execute();
  return rows as SourceRow[];
}

export type TakenRow = SourceRow & {
  evidence: Evidence[];
  runnersUp: ReviewCandidate[];
  fetchedAt: Date;
};

/** The same with what was said for each, and who else was considered then. */
export async function listSourcesWithEvidence(db: DbOrTrx, artistId: string): Promise<TakenRow[]> {
  const rows = await db
    .selectFrom("artist_sources")
    .select([
      "source",
      "source_id as sourceId",
      "name",
      "url",
      "score",
      "chosen_by as chosenBy",
      "evidence",
      "runners_up as runnersUp",
      "fetched_at as fetchedAt",
    ])
    .where("artist_id", "=", artistId)
    .orderBy(sql`chosen_by = 'admin'`, "desc")
    .orderBy("score", (order) => order.desc().nullsLast())
    .orderBy("fetched_at", "desc")
    .execute();
  return rows as unknown as TakenRow[];
}

/** Which of these Ticketmaster ids we know, for merging an upstream answer with ours. */
export async function listArtistsByTicketmaster(db: DbOrTrx, ids: string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom("artist_sources")
    .innerJoin("artists", "artists.id", "artist_sources.artist_id")
    .select(["artists.slug", "artists.name", "source_id as tmAttractionId"])
    .where("source", "=", "ticketmaster")
    .where("source_id", "in", ids)
    .execute();
}

/** Artists whose name is written so but for case, accents and punctuation; one with two ids at Ticketmaster is one. */
export async function listArtistsByNameKey(
  db: DbOrTrx,
  keys: string[],
): Promise<{ key: string; name: string; tmAttractionId: string }[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom("artists")
    .innerJoin("artist_sources", "artist_sources.artist_id", "artists.id")
    .distinctOn("artists.id")
    .select(["artists.id", "name_key as key", "artists.name", "source_id as tmAttractionId"])
    .where("artists.name_key", "=", sql<string>`any(${keys}::text[])`)
    .where("source", "=", "ticketmaster")
    .orderBy("artists.id")
    .orderBy("fetched_at")
    .execute();
  return rows.map(({ key, name, tmAttractionId }) => ({ key: key ?? "", name: name ?? "", tmAttractionId }));
}
