import { type Kysely, sql } from "kysely";

/** Votes on two ballots, what limits them, the counts that are shown, and songs that fans suggested. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table votes (
      fan_id uuid not null references fans on delete cascade,
      setlist_song_id uuid not null references setlist_songs on delete cascade,
      -- expect: will play, scored after the show; wish: want
      ballot text not null check (ballot in ('expect', 'wish')),
      show_id uuid not null references shows on delete cascade,
      artist_id uuid not null references artists on delete cascade,
      created_at timestamptz not null default now(),
      primary key (fan_id, setlist_song_id, ballot)
    )`.execute(db);
  // With the fan behind, here and on ballots: whatever the planner thinks of a table that was empty a moment ago, no index
  // leads it through all votes of a song that everybody votes for.
  await sql`create index votes_song on votes (setlist_song_id, fan_id)`.execute(db);
  await sql`create index votes_fan_show on votes (fan_id, show_id)`.execute(db);
  await sql`create index votes_artist on votes (artist_id, created_at)`.execute(db);

  // How many of a ballot a fan has used on a show: the check is the cap.
  await sql`
    create table ballots (
      fan_id uuid not null references fans on delete cascade,
      show_id uuid not null references shows on delete cascade,
      ballot text not null check (ballot in ('expect', 'wish')),
      used smallint not null,
      primary key (fan_id, show_id, ballot),
      constraint ballots_cap check (used between 0 and case ballot when 'expect' then 25 else 5 end)
    )`.execute(db);
  await sql`create index ballots_show on ballots (show_id, fan_id)`.execute(db);

  await sql`
    create table tallies (
      setlist_song_id uuid primary key references setlist_songs on delete cascade,
      show_id uuid not null references shows on delete cascade,
      votes integer not null default 0 check (votes >= 0),
      wishes integer not null default 0 check (wishes >= 0)
    ) with (fillfactor = 70)`.execute(db);
  await sql`create index tallies_show on tallies (show_id)`.execute(db);

  // Both ballots, by the hour a vote was cast; a vote taken back leaves the hour it was cast in.
  await sql`
    create table vote_hours (
      show_id uuid not null references shows on delete cascade,
      hour timestamptz not null,
      artist_id uuid not null references artists on delete cascade,
      votes integer not null check (votes >= 0),
      primary key (show_id, hour)
    ) with (fillfactor = 70)`.execute(db);
  await sql`create index vote_hours_artist on vote_hours (artist_id, hour)`.execute(db);
  await sql`create index vote_hours_hour on vote_hours (hour)`.execute(db);

  await sql`
    create table suggestions (
      setlist_song_id uuid not null references setlist_songs on delete cascade,
      fan_id uuid not null references fans on delete cascade,
      show_id uuid not null references shows on delete cascade,
      created_at timestamptz not null default now(),
      primary key (setlist_song_id, fan_id)
    )`.execute(db);
  await sql`create index suggestions_fan_show on suggestions (fan_id, show_id)`.execute(db);

  // A song that an administrator took off a show's list; its votes stay.
  await sql`alter table setlist_songs
    add column hidden_at timestamptz,
    add column hidden_by uuid references fans on delete set null`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table setlist_songs drop column hidden_by, drop column hidden_at`.execute(db);
  await sql`drop table suggestions, vote_hours, tallies, ballots, votes`.execute(db);
}
