import { type Kysely, sql } from "kysely";

/** Places, performances, their listings and their bill. A show is one artist's performance. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A name from outside may be a zone elsewhere and none in this server's tzdata; one such name must not stop an import.
  await sql`
    create function known_zone(zone text) returns text language plpgsql stable as $$
    begin
      perform now() at time zone zone;
      return zone;
    exception when invalid_parameter_value then
      return null;
    end $$`.execute(db);

  await sql`
    create table venues (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      source text not null check (source in ('ticketmaster')),
      source_id text not null,
      name text not null check (length(name) between 1 and 300),
      city text,
      region text,
      country text,
      timezone text,
      latitude double precision check (latitude between -90 and 90),
      longitude double precision check (longitude between -180 and 180),
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      unique (source, source_id)
    )`.execute(db);

  await sql`
    create table shows (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      artist_id uuid not null references artists on delete cascade,
      venue_id uuid references venues,
      local_date date,
      local_time time,
      -- tells an early from a late show of one evening
      slot smallint not null default 0 check (slot >= 0),
      starts_at timestamptz,
      timezone text,
      name text not null check (length(name) between 1 and 300),
      status text not null check (status in ('onsale', 'offsale', 'cancelled', 'postponed', 'rescheduled')),
      -- when we saw it change; null while it is what it was when first read
      status_since timestamptz,
      -- the date it was first announced for, when it was moved
      initial_local_date date,
      tm_event_id text not null,
      ticket_url text,
      price_min numeric(12, 2),
      price_max numeric(12, 2),
      price_currency text,
      missing_since timestamptz,
      -- 20:00 where no time is known; UTC+14 where no zone is, so that voting never outlives the show anywhere.
      -- Null, so open, while there is no date.
      voting_closes_at timestamptz generated always as (
        (local_date + coalesce(local_time, '20:00'::time)) at time zone coalesce(timezone, 'Pacific/Kiritimati')
      ) stored,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      -- checked at the end of a statement: two shows may change places in one
      unique (artist_id, venue_id, local_date, slot) deferrable initially immediate,
      check ((price_min is null) = (price_currency is null))
    )`.execute(db);
  await sql`create index shows_artist_date on shows (artist_id, local_date, id)`.execute(db);
  await sql`create index shows_date on shows (local_date, id)`.execute(db);
  await sql`create index shows_venue_date on shows (venue_id, local_date, id)`.execute(db);

  await sql`
    create table show_sources (
      source text not null check (source in ('ticketmaster')),
      source_id text not null,
      artist_id uuid not null references artists on delete cascade,
      show_id uuid not null references shows on delete cascade,
      url text,
      first_seen_at timestamptz not null default now(),
      primary key (source, source_id, artist_id)
    )`.execute(db);
  await sql`create index show_sources_show on show_sources (show_id)`.execute(db);

  await sql`
    create table show_bill (
      show_id uuid not null references shows on delete cascade,
      position smallint not null,
      name text not null,
      attraction_id text not null,
      primary key (show_id, position)
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table show_bill, show_sources, shows, venues`.execute(db);
  await sql`drop function known_zone(text)`.execute(db);
}
