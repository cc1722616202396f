import { type Kysely, sql } from "kysely";

/** Search that forgives typing errors, and what is talked about right now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db);
  await sql`create extension if not exists fuzzystrmatch`.execute(db);
  // pg_trgm drops what the database's locale does not call a letter, which under C is all that is not ASCII. So each such
  // letter is spelt by its code point before: ö is x00f6, and names of every script are found under every locale.
  await sql`
    create function ascii_key(key text) returns text language sql immutable strict parallel safe as $$
      select case when key ~ '^[ -~]*$' then key else (
        select string_agg(case when ascii(letter) < 128 then letter else 'x' || lpad(to_hex(ascii(letter)), 4, '0') end, ''
          order by at)
        from regexp_split_to_table(key, '') with ordinality as letters (letter, at)) end
    $$`.execute(db);
  await sql`create index artists_name_trigrams on artists using gin (ascii_key(name_key) gin_trgm_ops)`.execute(
    db,
  );
  await sql`create index songs_title_key on songs (artist_id, title_key text_pattern_ops)`.execute(db);

  // As our key of the name has it; filled by whoever writes a venue.
  await sql`alter table venues add column name_key text, add column city_key text`.execute(db);
  await sql`create index venues_name_trigrams on venues using gin (ascii_key(name_key) gin_trgm_ops)`.execute(
    db,
  );
  await sql`create index venues_city_trigrams on venues using gin (ascii_key(city_key) gin_trgm_ops)`.execute(
    db,
  );
  // Rows from before there were keys: few or none, looked for every minute.
  await sql`create index venues_without_key on venues (id) where name_key is null`.execute(db);

  // Null unless a key is told: most of Spotify's are not.
  await sql`alter table artists
    add column popularity smallint check (popularity between 0 and 100),
    add column followers integer check (followers >= 0)`.execute(db);

  await sql`
    create table trends (
      kind text not null check (kind in ('artist', 'show')),
      target_id uuid not null,
      rank integer not null check (rank > 0),
      score real not null,
      -- what of the score is said in words: votes of seven days, views of thirty
      votes integer not null,
      views integer not null,
      -- at trend_clock.previous_at; null: was not in the list then
      previous_rank integer,
      -- at trend_clock.marked_at: what previous_rank becomes once that is an hour ago
      marked_rank integer,
      primary key (kind, target_id)
    )`.execute(db);
  await sql`
    create table trend_clock (
      one boolean primary key default true check (one),
      computed_at timestamptz not null,
      marked_at timestamptz not null,
      -- null: there is nothing yet to compare with
      previous_at timestamptz
    )`.execute(db);
  await sql`create index trends_rank on trends (kind, rank)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table trend_clock, trends`.execute(db);
  await sql`alter table artists drop column followers, drop column popularity`.execute(db);
  await sql`alter table venues drop column city_key, drop column name_key`.execute(db);
  await sql`drop index songs_title_key, artists_name_trigrams`.execute(db);
  await sql`drop function ascii_key(text)`.execute(db);
  await sql`drop extension fuzzystrmatch`.execute(db);
  await sql`drop extension pg_trgm`.execute(db);
}
