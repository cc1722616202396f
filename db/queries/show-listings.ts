/** What belongs to a show as the ticket seller lists it: its listings and its bill. */
import { sql } from "kysely";
import type { PlannedShow } from "#rules/events";
import type { Db, DbOrTrx } from "../index.ts";

/** Remembers which listing is which show, so that a moved one keeps its show. */
export async function upsertListings(
  trx: DbOrTrx,
  artistId: string,
  planned: PlannedShow[],
  idOf: Map<PlannedShow, string>,
): Promise<void> {
  const listings = planned.flatMap((show) =>
    show.listingIds.map((id) => ({
      source_id: id,
      show_id: idOf.get(show),
      url: id === show.listingId ? (show.url ?? null) : null,
    })),
  );
  await sql`
    insert into show_sources as old (source, source_id, artist_id, show_id, url)
    select 'ticketmaster', source_id, ${artistId}::uuid, show_id, url
    from jsonb_to_recordset(${JSON.stringify(listings)}::jsonb) as t (source_id text, show_id uuid, url text)
    on conflict (source, source_id, artist_id) do update set show_id = excluded.show_id, url = coalesce(excluded.url, old.url)
    where (old.show_id, old.url) is distinct from (excluded.show_id, coalesce(excluded.url, old.url))`.execute(
    trx as Db,
  );
}

/** Who else plays, in the seller's order. */
export async function writeBill(
  trx: DbOrTrx,
  planned: PlannedShow[],
  idOf: Map<PlannedShow, string>,
): Promise<void> {
  const bill = JSON.stringify(
    planned.flatMap((show) =>
      show.bill.map((act, index) => ({
        show_id: idOf.get(show),
        position: index + 1,
        name: act.name,
        attraction_id: act.id,
      })),
    ),
  );
  const shows = JSON.stringify([...idOf.values()]);
  await sql`
    insert into show_bill as old (show_id, position, name, attraction_id)
    select show_id, position, name, attraction_id
    from jsonb_to_recordset(${bill}::jsonb) as t (show_id uuid, position smallint, name text, attraction_id text)
    on conflict (show_id, position) do update set name = excluded.name, attraction_id = excluded.attraction_id
    where (old.name, old.attraction_id) is distinct from (excluded.name, excluded.attraction_id)`.execute(
    trx as Db,
  );
  await sql`
    delete from show_bill
    where show_id in (select (value #>> '{}')::uuid from jsonb_array_elements(${shows}::jsonb))
      and not exists (
        select 1 from jsonb_to_recordset(${bill}::jsonb) as t (show_id uuid, position smallint)
        where t.show_id = show_bill.show_id and t.position = show_bill.position)`.execute(trx as Db);
}

/** Everybody who plays, in the seller's order, with the address of those who are here. */
export async function listBill(db: DbOrTrx, showId: string) {
  return db
    .selectFrom("show_bill")
    .leftJoin("artist_sources", (join) =>
      join
        .on("artist_sources.source", "=", "ticketmaster")
        .onRef("artist_sources.source_id", "=", "show_bill.attraction_id"),
    )
    .leftJoin("artists", "artists.id", "artist_sources.artist_id")
    .where("show_bill.show_id", "=", showId)
    .select(["show_bill.name", "show_bill.attraction_id as attractionId", "artists.slug"])
    .orderBy("show_bill.position")
    .execute();
}
