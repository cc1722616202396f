import { type Kysely, sql } from "kysely";

/** One run of an import and its steps. The row is the truth; a NOTIFY only says "look again". */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence import_revision as bigint`.execute(db);
  await sql`
    create table imports (
      id uuid primary key default uuid_v7(),
      artist_id uuid not null references artists on delete cascade,
      kind text not null default 'import' check (kind in ('import', 'sync')),
      stage text not null default 'initializing' check (stage in (
        'initializing', 'syncing-identifiers', 'importing-shows', 'importing-songs', 'creating-setlists',
        'completed', 'partial', 'failed', 'cancelled')),
      percentage smallint not null default 0 check (percentage between 0 and 100),
      message text not null,
      error text,
      -- raised whenever a handler starts; every write names it, so a worker thought dead cannot write late
      attempt integer not null default 0,
      -- real failures only, interruptions never: three end the import
      failures integer not null default 0,
      revision bigint not null default nextval('import_revision'),
      phase_timings jsonb not null default '{}',
      started_at timestamptz not null default now(),
      updated_at timestamptz not null default now(),
      completed_at timestamptz,
      check ((completed_at is null) = (stage not in ('completed', 'partial', 'failed', 'cancelled')))
    )`.execute(db);
  await sql`
    create unique index imports_one_live on imports (artist_id, kind) where completed_at is null`.execute(db);
  await sql`create index imports_artist on imports (artist_id, started_at desc)`.execute(db);
  await sql`create index imports_started on imports (started_at desc, id desc)`.execute(db);

  await sql`
    create table import_steps (
      import_id uuid not null references imports on delete cascade,
      step text not null check (step in ('identity', 'shows', 'songs', 'past-setlists', 'predictions')),
      state text not null check (state in ('done', 'skipped', 'failed')),
      read integer not null default 0,
      new integer not null default 0,
      changed integer not null default 0,
      unchanged integer not null default 0,
      skipped integer not null default 0,
      missing text,
      reason text,
      upstream text check (upstream in ('ticketmaster', 'spotify', 'setlistfm', 'musicbrainz')),
      duration_ms integer not null default 0,
      finished_at timestamptz not null default now(),
      primary key (import_id, step)
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table import_steps, imports`.execute(db);
  await sql`drop sequence import_revision`.execute(db);
}
