import { type Kysely, sql } from "kysely";

/** The catalogue: releases and recordings as the services list them, which song each is, and names that mean the same. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table releases (
      id uuid primary key default uuid_v7(),
      artist_id uuid not null references artists on delete cascade,
      source text not null check (source in ('spotify', 'musicbrainz')),
      source_id text not null,
      title text not null check (length(title) between 1 and 500),
      type text check (type in ('album', 'single', 'compilation', 'ep')),
      -- as the services write it: YYYY, YYYY-MM or YYYY-MM-DD
      released text,
      -- MusicBrainz: Live, Compilation, Remix, Demo …
      secondary_types text[] not null default '{}',
      track_count smallint,
      -- null: not read yet. With the walk below this is the cursor: a walk goes on where it was interrupted.
      tracks_read_at timestamptz,
      -- why its tracks are not asked for, where they are not
      skipped text,
      seen_at timestamptz not null default now(),
      -- two imported artists may share one
      unique (artist_id, source, source_id)
    )`.execute(db);

  // How far the list of an artist's releases is read; pages are asked again from here after a ban of a day.
  await sql`
    create table release_walks (
      artist_id uuid not null references artists on delete cascade,
      source text not null check (source in ('spotify', 'musicbrainz')),
      source_artist_id text not null,
      next_offset integer not null default 0,
      started_at timestamptz not null default now(),
      listed_at timestamptz,
      primary key (artist_id, source)
    )`.execute(db);

  await sql`
    create table recordings (
      id uuid primary key default uuid_v7(),
      artist_id uuid not null references artists on delete cascade,
      release_id uuid references releases on delete cascade,
      source text not null check (source in ('spotify', 'musicbrainz')),
      source_id text not null,
      title text not null check (length(title) between 1 and 500),
      track_number smallint,
      duration_ms integer check (duration_ms > 0),
      isrc text,
      artists text[] not null default '{}',
      explicit boolean,
      video boolean,
      popularity smallint check (popularity between 0 and 100),
      -- Spotify's audio features, 0 to 1, for the few keys that still get them
      liveness real,
      instrumentalness real,
      speechiness real,
      -- null until judged
      verdict text check (verdict in ('kept', 'folded', 'dropped')),
      reason text,
      song_id uuid references songs on delete set null,
      fetched_at timestamptz not null default now(),
      -- one recording, two imported artists: each judges it as its own
      unique (source, source_id, artist_id)
    )`.execute(db);
  await sql`create index recordings_artist on recordings (artist_id)`.execute(db);
  await sql`create index recordings_release on recordings (release_id)`.execute(db);
  await sql`create index recordings_song on recordings (song_id)`.execute(db);

  await sql`
    alter table songs
      add column merged_into uuid references songs,
      -- the recording that stands for a studio song: its album, length and links are that one's
      add column recording_id uuid references recordings on delete set null,
      add constraint songs_not_own_heir check (merged_into <> id)`.execute(db);
  await sql`create index songs_merged_into on songs (merged_into) where merged_into is not null`.execute(db);
  await sql`create index songs_recording on songs (recording_id) where recording_id is not null`.execute(db);
  await sql`create index songs_studio on songs (artist_id, title, id) where kind = 'studio' and merged_into is null`.execute(
    db,
  );

  await sql`
    create table song_aliases (
      artist_id uuid not null references artists on delete cascade,
      title_key text not null check (length(title_key) between 1 and 300),
      song_id uuid not null references songs on delete cascade,
      chosen_by text not null default 'machine' check (chosen_by in ('machine', 'admin')),
      created_at timestamptz not null default now(),
      primary key (artist_id, title_key)
    )`.execute(db);
  await sql`create index song_aliases_song on song_aliases (song_id)`.execute(db);
  await sql`alter table artists add column songs_read_at timestamptz`.execute(db);

  // What a key does not get, asked once and remembered: audio features, popularity, a page of 50.
  await sql`
    create table upstream_closed (
      upstream text not null check (upstream in ('ticketmaster', 'spotify', 'setlistfm', 'musicbrainz')),
      key_hash text not null,
      feature text not null,
      reason text not null,
      closed_until timestamptz not null,
      primary key (upstream, key_hash, feature)
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table upstream_closed, song_aliases`.execute(db);
  await sql`alter table artists drop column songs_read_at`.execute(db);
  await sql`alter table songs drop column recording_id, drop column merged_into`.execute(db);
  await sql`drop table recordings, release_walks, releases`.execute(db);
}
