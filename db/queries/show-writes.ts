/**
 * How an import writes an artist's shows: a handful of statements over the whole set, whatever its size, and no row
 * version where nothing changed. Which listing is which show was decided before (rules/events.ts).
 */
import { sql } from "kysely";
import type { KnownShow, PlannedShow, ShowStatus } from "#rules/events";
import { showSlugs } from "#rules/slugs";
import { zoneAt } from "#rules/zones";
import type { Db, DbOrTrx } from "../index.ts";
import { newIds } from "./ids.ts";
import { upsertListings, writeBill } from "./show-listings.ts";
import { claimSlugs } from "./slugs.ts";
import { todayAt } from "./shows.ts";
import { upsertVenues } from "./venues.ts";

/** The artist's shows as `planShows` wants to know them. */
export async function listKnownShows(db: DbOrTrx, artistId: string): Promise<KnownShow[]> {
  const rows = await db
    .selectFrom("shows")
    .leftJoin("venues", "venues.id", "shows.venue_id")
    .where("artist_id", "=", artistId)
    .select([
      "shows.id",
      "venues.source_id as venueSourceId",
      "venues.name as venueName",
      "venues.city as venueCity",
      "local_date as localDate",
      "local_time as localTime",
      "slot",
      "tm_event_id as listingId",
      sql<ShowStatus>`shows.status`.as("status"),
      sql<boolean>`coalesce(shows.local_date >= ${todayAt("shows")}, true)`.as("coming"),
      sql<boolean>`shows.missing_since is not null`.as("missing"),
      sql<string[]>`coalesce((select array_agg(source_id order by source_id) from show_sources
        where show_sources.show_id = shows.id), '{}')`.as("listingIds"),
    ])
    .orderBy("shows.id")
    .execute();
  return rows.map(({ missing, ...row }) => ({
    ...row,
    gone: missing && row.coming,
    venueSourceId: row.venueSourceId ?? undefined,
    venueName: row.venueName ?? undefined,
    venueCity: row.venueCity ?? undefined,
    localDate: row.localDate ?? undefined,
    localTime: row.localTime ?? undefined,
  }));
}

export type ShowCounts = { new: number; changed: number; unchanged: number };

/** Writes venues, shows, their listings and their bill. The caller holds the artist's lock. */
export async function writeShows(
  trx: DbOrTrx,
  artist: { id: string; slug: string },
  planned: PlannedShow[],
): Promise<ShowCounts> {
  if (planned.length === 0) return { new: 0, changed: 0, unchanged: 0 };
  const venues = new Map(
    planned.flatMap((show) => (show.venue ? [[show.venue.id, show.venue] as const] : [])),
  );
  await upsertVenues(trx, [...venues.values()]);

  const fresh = planned.filter((show) => !show.knownId);
  const ids = await newIds(trx, fresh.length);
  const idOf = new Map<PlannedShow, string>();
  planned.forEach((show) => idOf.set(show, show.knownId ?? ids.shift() ?? ""));
  const slugs = await claimSlugs(
    trx,
    "show",
    fresh.map((show) => ({
      id: idOf.get(show) ?? "",
      bases: showSlugs({
        artistSlug: artist.slug,
        city: show.venue?.city ?? show.venue?.name,
        localDate: show.localDate,
        localTime: show.localTime,
      }),
    })),
  );
  const rows = JSON.stringify(
    planned.map((show) => ({
      id: idOf.get(show),
      slug: slugs.get(idOf.get(show) ?? "") ?? null,
      venue: show.venue?.id ?? null,
      local_date: show.localDate ?? null,
      local_time: show.localTime ?? null,
      slot: show.slot,
      starts_at: show.startsAt ?? null,
      timezone: show.timezone ?? null,
      zone_there: zoneAt(show.venue ?? {}) ?? null,
      name: show.name,
      status: show.status,
      initial_local_date: show.initialLocalDate ?? null,
      tm_event_id: show.listingId,
      ticket_url: show.url ?? null,
      price_min: show.price?.min ?? null,
      price_max: show.price?.max ?? null,
      price_currency: show.price?.currency ?? null,
    })),
  );
  // First those that move: a new show may stand where one of them stood.
  const changed = fresh.length < planned.length ? await updateShows(trx, rows) : 0;
  if (fresh.length > 0) await insertShows(trx, artist.id, rows);
  await upsertListings(trx, artist.id, planned, idOf);
  await writeBill(trx, planned, idOf);
  return { new: fresh.length, changed, unchanged: planned.length - fresh.length - changed };
}

/**
 * Incoming shows with what the database knows better. Zone: the event's, the venue's, another show's at that venue, that of
 * its coordinates. The wall clock is the truth; the instant follows from it where the zone is known, else it is what the seller said.
 */
const incoming = (rows: string) => sql`
  with t as materialized (
    select * from jsonb_to_recordset(${rows}::jsonb) as t (
      id uuid, slug text, venue text, local_date date, local_time time, slot smallint, starts_at timestamptz,
      timezone text, zone_there text, name text, status text, initial_local_date date, tm_event_id text, ticket_url text,
      price_min numeric, price_max numeric, price_currency text)
  ), zones as materialized (
    -- Each name is looked at once: there are few, and a try costs a sub-transaction.
    select said, known_zone(said) as name from (
      select timezone as said from t union select zone_there from t) as names where said is not null
  )
  select t.id, t.slug, venues.id as venue_id, t.local_date, t.local_time, t.slot, zone.name as timezone, t.name, t.status,
    t.initial_local_date, t.tm_event_id, t.ticket_url, t.price_min, t.price_max, t.price_currency,
    coalesce((t.local_date + t.local_time) at time zone zone.name, t.starts_at) as starts_at
  from t
  left join venues on venues.source = 'ticketmaster' and venues.source_id = t.venue
  left join zones event on event.said = t.timezone
  left join zones there on there.said = t.zone_there
  cross join lateral (select coalesce(event.name, venues.timezone, (
    select other.timezone from shows other where other.venue_id = venues.id and other.timezone is not null limit 1),
    there.name) as name) zone`;

async function insertShows(trx: DbOrTrx, artistId: string, rows: string): Promise<void> {
  await sql`
    insert into shows (id, slug, artist_id, venue_id, local_date, local_time, slot, starts_at, timezone, name, status,
      initial_local_date, tm_event_id, ticket_url, price_min, price_max, price_currency)
    select id, slug, ${artistId}::uuid, venue_id, local_date, local_time, slot, starts_at, timezone, name, status,
      initial_local_date, tm_event_id, ticket_url, price_min, price_max, price_currency
    from (${incoming(rows)}) as incoming where slug is not null`.execute(trx as Db);
}

/** @returns how many shows really changed */
async function updateShows(trx: DbOrTrx, rows: string): Promise<number> {
  // A seller that no longer says a price, a zone or a first date has not taken it back.
  const { rows: changed } = await sql`
    update shows set
      venue_id = new.venue_id, local_date = new.local_date, local_time = new.local_time, slot = new.slot,
      starts_at = new.starts_at, timezone = new.timezone, name = new.name, status = new.status,
      status_since = case when shows.status = new.status then shows.status_since else now() end,
      initial_local_date = new.initial_local_date, tm_event_id = new.tm_event_id, ticket_url = new.ticket_url,
      price_min = new.price_min, price_max = new.price_max, price_currency = new.price_currency, missing_since = null,
      absent_since = null, updated_at = now()
    from (
      select incoming.id, coalesce(incoming.venue_id, known.venue_id) as venue_id, incoming.local_date, incoming.local_time,
        incoming.slot, incoming.starts_at, coalesce(incoming.timezone, known.timezone) as timezone, incoming.name,
        incoming.status,
        coalesce(incoming.initial_local_date, known.initial_local_date,
          case when known.local_date is distinct from incoming.local_date then known.local_date end) as initial_local_date,
        incoming.tm_event_id, coalesce(incoming.ticket_url, known.ticket_url) as ticket_url,
        coalesce(incoming.price_min, known.price_min) as price_min,
        coalesce(incoming.price_max, known.price_max) as price_max,
        coalesce(incoming.price_currency, known.price_currency) as price_currency
      from (${incoming(rows)}) as incoming join shows known on known.id = incoming.id
      where incoming.slug is null) as new
    where shows.id = new.id
      and (shows.venue_id, shows.local_date, shows.local_time, shows.slot, shows.starts_at, shows.timezone, shows.name,
        shows.status, shows.initial_local_date, shows.tm_event_id, shows.ticket_url, shows.price_min, shows.price_max,
        shows.price_currency, shows.missing_since, shows.absent_since)
      is distinct from (new.venue_id, new.local_date, new.local_time, new.slot, new.starts_at, new.timezone, new.name,
        new.status, new.initial_local_date, new.tm_event_id, new.ticket_url, new.price_min, new.price_max,
        new.price_currency, null, null)
    returning shows.id`.execute(trx as Db);
  return changed.length;
}
