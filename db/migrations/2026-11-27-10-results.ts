import { type Kysely, sql } from "kysely";

/**
 * After the show: which past setlist a show became, how every song's odds turned out, and how right the machine, the
 * fans and the simple rivals were. What is kept here is ours: it stays when the source's text may not be shown any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table show_results (
      show_id uuid primary key references shows on delete cascade,
      artist_id uuid not null references artists on delete cascade,
      -- which setlist it is, and the version that was scored
      source text not null,
      source_id text not null,
      version text,
      url text not null,
      -- songs played, without tapes, each once
      played integer not null check (played > 0),
      -- readings in a row that found this version, and when the setlist was read for the last one that counts
      readings integer not null default 1 check (readings > 0),
      read_at timestamptz not null default clock_timestamp(),
      first_seen_at timestamptz not null default clock_timestamp(),
      -- null: it is read again
      settled_at timestamptz,
      scored_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  // One setlist is never two shows.
  await sql`create unique index show_results_source on show_results (source, source_id)`.execute(db);
  await sql`create index show_results_artist on show_results (artist_id, scored_at)`.execute(db);

  // Every song that was given odds or was played, as it stood when the show began.
  await sql`
    create table scored_songs (
      show_id uuid not null references show_results on delete cascade,
      song_id uuid not null references songs on delete cascade,
      setlist_song_id uuid references setlist_songs on delete set null,
      -- 0: played, and nobody had thought of it
      probability real not null check (probability between 0 and 1),
      played boolean not null,
      -- among the songs the machine named: its likeliest, as many as were played
      named boolean not null default false,
      is_encore boolean not null default false,
      -- fans who said it would be played
      votes integer not null default 0 check (votes >= 0),
      -- odds of the rivals: was it played at the last show, at how many of the last ten
      last_show real not null default 0 check (last_show between 0 and 1),
      last_ten real not null default 0 check (last_ten between 0 and 1),
      primary key (show_id, song_id)
    )`.execute(db);
  await sql`create index scored_songs_setlist_song on scored_songs (setlist_song_id)`.execute(db);
  await sql`create index scored_songs_song on scored_songs (song_id)`.execute(db);

  await sql`
    create table scores (
      show_id uuid not null references show_results on delete cascade,
      -- usual: yes to what was played at more than half of the last ten shows, the yardstick of fans
      scorer text not null check (scorer in ('machine', 'fans', 'last-show', 'last-ten', 'usual', 'fan')),
      -- whose votes; null but for a fan
      fan_id uuid references fans on delete cascade,
      check ((scorer = 'fan') = (fan_id is not null)),
      artist_id uuid not null references artists on delete cascade,
      -- the show's, by which seasons are told apart
      local_date date not null,
      -- of so many songs played, so many among those named
      hits integer not null check (hits between 0 and named),
      named integer not null,
      played integer not null check (played > 0),
      -- Brier score of the show: squared errors over all songs considered, divided by the songs played; less is better
      brier real not null check (brier >= 0),
      unique nulls not distinct (show_id, scorer, fan_id)
    )`.execute(db);
  await sql`create index scores_fan on scores (fan_id, local_date) where fan_id is not null`.execute(db);
  await sql`create index scores_artist on scores (artist_id, scorer, local_date)`.execute(db);
  await sql`create index scores_scorer on scores (scorer, local_date)`.execute(db);

  // Place in the source's list, the newest first: what tells an early show from a late one of the same day.
  await sql`alter table past_setlists add column place integer`.execute(db);

  // Whether a fan's name stands on the leaderboard; the place stays either way.
  await sql`alter table fans add column is_named boolean not null default true`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table fans drop column is_named`.execute(db);
  await sql`alter table past_setlists drop column place`.execute(db);
  await sql`drop table scores, scored_songs, show_results`.execute(db);
}
