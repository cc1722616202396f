import { type Kysely, sql } from "kysely";

/**
 * Limits on us, shared by all processes: spaced slots and the day's count, breakers and refusals, short-lived answers.
 * Keyed by the key's hash where a limit belongs to a key, so that a new key starts afresh.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table upstream_budgets (
      upstream text not null check (upstream in ('ticketmaster', 'spotify', 'setlistfm', 'musicbrainz')),
      key_hash text not null,
      -- the next moment a request may start; taking a slot moves it on by 1 / rate
      next_slot_at timestamptz not null default now(),
      -- the service's day starts with the key's first call and lasts 24 hours (Ticketmaster: Rate-Limit-Reset; setlist.fm: a rolling day)
      day_started_at timestamptz not null default now(),
      used integer not null default 0,
      primary key (upstream, key_hash)
    ) with (fillfactor = 50)`.execute(db);

  await sql`
    create table upstream_state (
      upstream text not null check (upstream in ('ticketmaster', 'spotify', 'setlistfm', 'musicbrainz')),
      key_hash text not null,
      -- failed tries in a row, by weight; any answer sets it back
      failures integer not null default 0,
      -- how often it was closed without an answer in between: each closing is twice as long, 5 minutes at most
      closings integer not null default 0,
      closed_until timestamptz,
      refused boolean not null default false,
      last_error text,
      last_error_at timestamptz,
      updated_at timestamptz not null default now(),
      primary key (upstream, key_hash)
    )`.execute(db);

  await sql`
    create table upstream_cache (
      upstream text not null check (upstream in ('ticketmaster', 'spotify', 'setlistfm', 'musicbrainz')),
      -- path and query without any key
      request text not null,
      body bytea not null,
      fetched_at timestamptz not null default now(),
      expires_at timestamptz not null,
      primary key (upstream, request)
    )`.execute(db);
  await sql`create index upstream_cache_expires on upstream_cache (expires_at)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table upstream_cache, upstream_state, upstream_budgets`.execute(db);
}
