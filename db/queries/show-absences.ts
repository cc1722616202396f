/** Shows that the ticket seller no longer lists. They are never deleted: votes and addresses outlive a listing. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/**
 * After a complete read of all of an artist's listings: coming shows without one of these are absent since now, and a
 * day after the first such read they leave the lists. `writeShows` takes both back when a show is listed again. A show
 * of today is no longer sold, not gone; where no zone is known, today is the latest one anywhere.
 * @param listingIds those that belong to a show by the plan; one that became parking is none
 * @returns how many shows left the lists
 */
export async function recordAbsences(trx: DbOrTrx, artistId: string, listingIds: string[]): Promise<number> {
  const { rows } = await sql<{ left: boolean }>`
    update shows set
      absent_since = coalesce(absent_since, now()),
      missing_since = case when absent_since <= now() - interval '1 day' then now() end,
      updated_at = case when absent_since <= now() - interval '1 day' then now() else updated_at end
    where artist_id = ${artistId}::uuid and missing_since is null
      and (absent_since is null or absent_since <= now() - interval '1 day')
      and (local_date is null or local_date > (now() at time zone coalesce(timezone, 'Pacific/Kiritimati'))::date)
      and not exists (select from show_sources
        where show_sources.show_id = shows.id and show_sources.source_id = any(${listingIds}::text[]))
    returning missing_since is not null as left`.execute(trx as Db);
  return rows.filter(({ left }) => left).length;
}
