/** Artists: their row, their name and their address. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { newIds } from "./ids.ts";
import { claimSlugs } from "./slugs.ts";

export type SourceName = "ticketmaster" | "spotify" | "musicbrainz" | "setlistfm";
export type ArtistRow = { id: string; slug: string; name: string | null };

/** All writes of one artist take their turn, over all processes, until the transaction ends. */
export async function lockArtist(trx: DbOrTrx, artistId: string): Promise<void> {
  await takeTurn(trx, artistId, 1);
}

/** Makers of one artist that has no id yet take their turn by the service's id. */
export async function lockSource(trx: DbOrTrx, source: SourceName, sourceId: string): Promise<void> {
  await takeTurn(trx, `${source} ${sourceId}`, 2);
}

/**
 * Whoever has the turn and is silent for 15 s has lost it: no transaction waits for the network, so its process is paused
 * or its machine gone, and Postgres would keep the locks for hours. As long as a missed heartbeat takes to be noticed.
 */
async function takeTurn(trx: DbOrTrx, key: string, kind: 1 | 2): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', '15s', true),
    pg_advisory_xact_lock(hashtextextended(${key}, ${kind}))`.execute(trx as Db);
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

/**
 * How well known an artist is, as Spotify says of whom we take them for. What it does not say this time stays: most keys
 * are told neither.
 * @param fame popularity 0 to 100; followers
 */
export async function updateFame(
  trx: DbOrTrx,
  artistId: string,
  spotifyId: string,
  fame: { popularity?: number; followers?: number },
): Promise<void> {
  const popularity = sql<number | null>`coalesce(${fame.popularity ?? null}::smallint, popularity)`;
  const followers = sql<number | null>`coalesce(${fame.followers ?? null}::integer, followers)`;
  await trx
    .updateTable("artists")
    .set({ popularity, followers })
    .where("id", "=", artistId)
    .where(sql<boolean>`(popularity, followers) is distinct from (${popularity}, ${followers})`)
    .where(
      sql<boolean>`exists (select from artist_sources where artist_id = artists.id and source = 'spotify'
        and source_id = ${spotifyId})`,
    )
    .execute();
}

/** Notes that a service was read to its end just now. */
export async function markRead(
  trx: DbOrTrx,
  artistId: string,
  what: "shows" | "songs" | "past-setlists",
): Promise<void> {
  const column = `${what === "past-setlists" ? "past_setlists" : what}_read_at` as const;
  await trx
    .updateTable("artists")
    .set({ [column]: sql`now()` })
    .where("id", "=", artistId)
    .execute();
}
