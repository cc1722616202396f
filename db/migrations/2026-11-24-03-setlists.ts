import { type Kysely, sql } from "kysely";

/** Songs, what was played (past setlists) and what will be (setlists). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table songs (
      id uuid primary key default uuid_v7(),
      artist_id uuid not null references artists on delete cascade,
      title text not null check (length(title) between 1 and 300),
      title_key text not null check (length(title_key) between 1 and 300),
      -- 'setlist' is a cover or live-only song seen in past setlists; a catalogue hit makes it 'studio', same id
      kind text not null check (kind in ('studio', 'setlist')),
      created_at timestamptz not null default now(),
      unique (artist_id, title_key)
    )`.execute(db);

  await sql`
    create table past_setlists (
      id uuid primary key default uuid_v7(),
      artist_id uuid not null references artists on delete cascade,
      source text not null check (source in ('setlistfm')),
      source_id text not null,
      version text,
      url text not null,
      local_date date not null,
      venue_name text,
      city text,
      country text,
      tour text,
      -- songs played, tapes left out; 0 is an announced or unknown show, never "they played nothing"
      song_count smallint not null,
      source_updated_at timestamptz,
      fetched_at timestamptz not null default now(),
      unique (source, source_id)
    )`.execute(db);
  await sql`create index past_setlists_artist_date on past_setlists (artist_id, local_date desc, id desc)`.execute(
    db,
  );

  await sql`
    create table past_setlist_songs (
      past_setlist_id uuid not null references past_setlists on delete cascade,
      position smallint not null,
      name text not null,
      song_id uuid references songs,
      set_name text,
      encore smallint,
      tape boolean not null default false,
      cover text,
      guest text,
      primary key (past_setlist_id, position)
    )`.execute(db);
  await sql`create index past_setlist_songs_song on past_setlist_songs (song_id)`.execute(db);

  await sql`
    create table setlists (
      id uuid primary key default uuid_v7(),
      show_id uuid not null unique references shows on delete cascade,
      basis text not null check (basis in ('history', 'popularity', 'catalogue')),
      model text not null,
      expected_songs smallint not null check (expected_songs >= 0),
      -- how many past shows the odds were counted from, and the share of a show repeated from the one before
      shows_known integer not null,
      repeat_rate real,
      made_at timestamptz not null default now()
    )`.execute(db);

  await sql`
    create table setlist_songs (
      id uuid primary key default uuid_v7(),
      setlist_id uuid not null references setlists on delete cascade,
      song_id uuid not null references songs,
      position smallint not null,
      is_encore boolean not null default false,
      probability real not null check (probability between 0 and 1),
      -- what the sentence beside the odds is made of; true and countable (rules/odds.ts)
      facts jsonb not null default '{}',
      unique (setlist_id, song_id)
    )`.execute(db);
  await sql`create index setlist_songs_song on setlist_songs (song_id)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table setlist_songs, setlists, past_setlist_songs, past_setlists, songs`.execute(db);
}
