import { type Kysely, sql } from "kysely";

/** People, guests too; how they are signed in; whom they follow; and how much one of them may do. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table fans (
      id uuid primary key default uuid_v7(),
      -- null: a guest, or somebody who has left
      email text check (length(email) between 3 and 254),
      name text check (length(name) between 1 and 60),
      password_hash text,
      role text not null default 'fan' check (role in ('fan', 'admin')),
      blocked_at timestamptz,
      -- left: nothing personal stands here any more, votes of past shows stay true
      deleted_at timestamptz,
      -- in the address of the calendar of all they follow, which has no other lock
      calendar_key text unique,
      created_at timestamptz not null default now(),
      check ((email is null) = (password_hash is null)),
      check (deleted_at is null or (email is null and name is null and calendar_key is null)),
      check (role = 'fan' or email is not null)
    )`.execute(db);
  await sql`create unique index fans_email on fans (lower(email)) where email is not null`.execute(db);

  await sql`
    create table sessions (
      id uuid primary key default uuid_v7(),
      -- SHA-256; the token itself is in the cookie only
      token_hash bytea not null unique,
      fan_id uuid not null references fans on delete cascade,
      user_agent text not null default '' check (length(user_agent) <= 500),
      created_at timestamptz not null default now(),
      -- to the hour or so: not every request writes
      seen_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index sessions_fan on sessions (fan_id)`.execute(db);
  await sql`create index sessions_seen on sessions (seen_at)`.execute(db);

  await sql`
    create table follows (
      fan_id uuid not null references fans on delete cascade,
      artist_id uuid not null references artists on delete cascade,
      created_at timestamptz not null default now(),
      primary key (fan_id, artist_id)
    )`.execute(db);
  await sql`create index follows_artist on follows (artist_id)`.execute(db);

  // Points used under a key, until a moment in Unix milliseconds by the database's clock.
  await sql`
    create table people_limits (
      key varchar(255) primary key,
      points integer not null default 0,
      expire bigint
    )`.execute(db);
  await sql`create index people_limits_expire on people_limits (expire)`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table people_limits, follows, sessions, fans`.execute(db);
}
