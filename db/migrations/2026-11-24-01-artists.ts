import { type Kysely, sql } from "kysely";

/** Someone we import, where we know them from, and every address ever shown. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // uuid v7 by RFC 9562: 48 bits of Unix milliseconds, version and variant bits, the rest random. Built in only from 18.
  await sql`
    create function uuid_v7() returns uuid language sql volatile parallel safe as $$
      select encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid())
            placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
            from 1 for 6),
          52, 1), 53, 1), 'hex')::uuid
    $$`.execute(db);

  await sql`
    create table slugs (
      kind text not null check (kind in ('artist', 'venue', 'show')),
      slug text not null check (length(slug) between 1 and 200),
      target_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (kind, slug)
    )`.execute(db);
  await sql`create index slugs_target on slugs (target_id)`.execute(db);

  await sql`
    create table artists (
      id uuid primary key default uuid_v7(),
      slug text not null unique,
      -- null until Ticketmaster has told us; the page then says so instead of inventing a name
      name text check (length(name) between 1 and 300),
      name_key text,
      genre text,
      image_url text,
      source_url text,
      shows_read_at timestamptz,
      past_setlists_read_at timestamptz,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  // Search as a prefix of the comparison key; typo tolerance (trigrams) comes with its issue.
  await sql`create index artists_name_key on artists (name_key text_pattern_ops)`.execute(db);

  await sql`
    create table artist_sources (
      source text not null check (source in ('ticketmaster', 'spotify', 'musicbrainz', 'setlistfm')),
      source_id text not null,
      artist_id uuid not null references artists on delete cascade,
      name text,
      url text,
      score real check (score between 0 and 1),
      evidence jsonb not null default '[]',
      chosen_by text not null default 'machine' check (chosen_by in ('machine', 'admin')),
      runners_up jsonb not null default '[]',
      fetched_at timestamptz not null default now(),
      primary key (source, source_id)
    )`.execute(db);
  await sql`create index artist_sources_artist on artist_sources (artist_id, source)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table artist_sources, artists, slugs`.execute(db);
  await sql`drop function uuid_v7()`.execute(db);
}
