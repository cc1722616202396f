/** Artists and the services' ids for them. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { newIds } from "./ids.ts";
import { isComing } from "./shows.ts";
import { claimSlugs } from "./slugs.ts";

export type SourceName = "ticketmaster" | "spotify" | "musicbrainz" | "setlistfm";
export type ArtistRow = { id: string; slug: string; name: string | null };

/** All writes of one artist take their turn, over all processes, until the transaction ends. */
export async function lockArtist(trx: DbOrTrx, artistId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${artistId}, 1))`.execute(trx as Db);
}

/** Makers of one artist that has no id yet take their turn by the service's id. */
export async function lockSource(trx: DbOrTrx, source: SourceName, sourceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${source} ${sourceId}`}, 2))`.execute(trx as Db);
}

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

export async function findArtist(db: DbOrTrx, artistId: string): Promise<ArtistRow | undefined> {
  return db
    .selectFrom("artists")
    .select(["id", "slug", "name"])
    .where("id", "=", artistId)
    .executeTakeFirst();
}

export async function artistExists(db: DbOrTrx, artistId: string): Promise<boolean> {
  return (
    (await db.selectFrom("artists").select("id").where("id", "=", artistId).executeTakeFirst()) !== undefined
  );
}

export type NewArtist = {
  tmAttractionId: string;
  /** undefined when Ticketmaster did not answer in time: the identity step names the artist */
  facts?: ArtistFacts;
  /** addresses in order of preference */
  slugBases: string[];
};
export type ArtistFacts = { name: string; nameKey: string; genre?: string; imageUrl?: string; url?: string };

/** Makes an artist with its Ticketmaster id and its address. The caller holds `lockSource`. */
export async function insertArtist(trx: DbOrTrx, artist: NewArtist): Promise<ArtistRow> {
  const [id = ""] = await newIds(trx, 1);
  const slug = (await claimSlugs(trx, "artist", [{ id, bases: artist.slugBases }])).get(id) ?? "";
  await trx
    .insertInto("artists")
    .values({ id, slug, ...factColumns(artist.facts) })
    .execute();
  await trx
    .insertInto("artist_sources")
    .values({
      source: "ticketmaster",
      source_id: artist.tmAttractionId,
      artist_id: id,
      name: artist.facts?.name ?? null,
      url: artist.facts?.url ?? null,
      score: 1,
    })
    .execute();
  return { id, slug, name: artist.facts?.name ?? null };
}

const factColumns = (facts?: ArtistFacts) => ({
  name: facts?.name ?? null,
  name_key: facts?.nameKey ?? null,
  genre: facts?.genre ?? null,
  image_url: facts?.imageUrl ?? null,
  source_url: facts?.url ?? null,
});

/**
 * Stores what Ticketmaster says of an artist. The first name gives the permanent address; the random one it had until
 * then stays in `slugs` and answers 301. A later name changes no address.
 */
export async function updateArtistFacts(
  trx: DbOrTrx,
  artistId: string,
  facts: ArtistFacts,
  slugBases: string[],
): Promise<void> {
  const before = await trx
    .selectFrom("artists")
    .select("name")
    .where("id", "=", artistId)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable("artists")
    .set({ ...factColumns(facts), updated_at: sql`now()` })
    .where("id", "=", artistId)
    .where(
      sql<boolean>`(name, name_key, genre, image_url, source_url) is distinct from
        (${facts.name}, ${facts.nameKey}, ${facts.genre ?? null}, ${facts.imageUrl ?? null}, ${facts.url ?? null})`,
    )
    .execute();
  if (before.name !== null) return;
  const slug = (await claimSlugs(trx, "artist", [{ id: artistId, bases: slugBases }])).get(artistId);
  if (slug) await trx.updateTable("artists").set({ slug }).where("id", "=", artistId).execute();
}

export type Match = {
  source: SourceName;
  sourceId: string;
  name?: string;
  url?: string;
  score: number;
  evidence: unknown[];
  runnersUp: unknown[];
};

/**
 * Stores which artist of a service ours is. A choice made by an admin stays; so does an id that another of our artists
 * already has (two listings of one band): the caller is told.
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
  return stored !== undefined;
}

/** The services' ids of one artist, the surest first. */
export async function listSources(
  db: DbOrTrx,
  artistId: string,
): Promise<
  { source: SourceName; sourceId: string; name: string | null; url: string | null; score: number | null }[]
> {
  const rows = await db
    .selectFrom("artist_sources")
    .select(["source", "source_id as sourceId", "name", "url", "score"])
    .where("artist_id", "=", artistId)
    .orderBy(sql`chosen_by = 'admin'`, "desc")
    .orderBy("score", (order) => order.desc().nullsLast())
    .orderBy("fetched_at", "desc")
    .execute();
  return rows as {
    source: SourceName;
    sourceId: string;
    name: string | null;
    url: string | null;
    score: number | null;
  }[];
}

/** An artist by any address it ever had; `slug` is the canonical one. One statement with all its page shows. */
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

/** Lately imported artists with what a list shows of them, newest import first. */
export async function listRecentArtists(db: DbOrTrx, limit: number, keepDays: number) {
  return db
    .selectFrom("artists")
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom("imports")
          .whereRef("imports.artist_id", "=", "artists.id")
          .where("kind", "=", "import")
          .select(["started_at", "completed_at"])
          .orderBy("started_at", "desc")
          .limit(1)
          .as("newest"),
      (join) => join.onTrue(),
    )
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
    .where("artists.name", "is not", null)
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
    .limit(limit)
    .execute();
}

/** Notes that a service was read to its end just now. */
export async function markRead(
  trx: DbOrTrx,
  artistId: string,
  what: "shows" | "past-setlists",
): Promise<void> {
  const column = what === "shows" ? "shows_read_at" : "past_setlists_read_at";
  await trx
    .updateTable("artists")
    .set({ [column]: sql`now()` })
    .where("id", "=", artistId)
    .execute();
}

/** not read again sooner, so that a quiet artist costs four readings a day at most */
const AGAIN_AFTER = sql`interval '6 hours'`;

/**
 * Artists with a coming or just played show whose setlists were not read lately: those who played since the last reading
 * first, then whoever waits longest. Artists with a live import are left to it.
 */
export async function listArtistsDueForSetlists(db: DbOrTrx, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("artists")
    .select("artists.id")
    .where("artists.name", "is not", null)
    .where(sql<boolean>`coalesce(artists.past_setlists_read_at < now() - ${AGAIN_AFTER}, true)`)
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
        between coalesce(artists.past_setlists_read_at, '-infinity') and now())`,
      "desc",
    )
    .orderBy("artists.past_setlists_read_at", (order) => order.asc().nullsFirst())
    .orderBy("artists.id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
