/** Addresses worth finding for a search engine: artists that were imported, their coming shows, and where these are. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import { isComing } from "./shows.ts";

export type SitemapEntry = {
  kind: "artist" | "show" | "venue";
  slug: string;
  /** when what the page shows was last read; null: unknown */
  changedAt: Date | null;
};

/** @param limit of each kind: artists and venues with the most recently read first, shows by date */
export async function listSitemap(db: DbOrTrx, limit: number): Promise<SitemapEntry[]> {
  const { rows } = await sql<SitemapEntry>`
    with coming as materialized (
      select shows.slug, shows.venue_id, shows.local_date, artists.shows_read_at
      from shows join artists on artists.id = shows.artist_id where ${isComing}
    )
    (select 'artist' as kind, slug, greatest(shows_read_at, songs_read_at, past_setlists_read_at) as "changedAt"
      from artists where name is not null and shows_read_at is not null
      order by shows_read_at desc, id limit ${limit})
    union all
    (select 'show', slug, shows_read_at from coming order by local_date nulls last, slug limit ${limit})
    union all
    (select 'venue', venues.slug, max(coming.shows_read_at)
      from venues join coming on coming.venue_id = venues.id
      group by venues.id order by max(coming.shows_read_at) desc nulls last, venues.slug limit ${limit})`.execute(
    db as Db,
  );
  return rows;
}
