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

/** For a select from `shows`: everybody who plays, in the seller's order, with the address of those who are here. */
export const bill = sql<{ name: string; attractionId: string; slug?: string }[]>`coalesce((
  select json_agg(json_strip_nulls(json_build_object('name', show_bill.name,
    'attractionId', show_bill.attraction_id, 'slug', act.slug)) order by show_bill.position)
  from show_bill
  left join artist_sources listed on listed.source = 'ticketmaster' and listed.source_id = show_bill.attraction_id
  left join artists act on act.id = listed.artist_id
  where show_bill.show_id = shows.id), '[]')`;

/** For a select from `shows`: its artist's page at each service, the surest first. */
export const sources = sql<{ source: string; url: string }[]>`coalesce((
  select json_agg(json_build_object('source', source, 'url', url)
    order by chosen_by = 'admin' desc, score desc nulls last)
  from artist_sources where artist_sources.artist_id = shows.artist_id and url is not null), '[]')`;
