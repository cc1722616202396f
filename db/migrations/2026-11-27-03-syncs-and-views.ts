import { type Kysely, sql } from "kysely";

/** Syncs of one step each with what came of the last try, and views counted without knowing whose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Null for an import, which does all of them.
  await sql`alter table imports add column step text
    check (step in ('identity', 'shows', 'songs', 'past-setlists'))`.execute(db);
  await sql`update imports set step = 'past-setlists' where kind = 'sync'`.execute(db);
  await sql`drop index imports_one_live`.execute(db);
  // Two steps of one artist may be synced at once; a step of it only once.
  await sql`create unique index imports_one_live on imports (artist_id, kind, step) nulls not distinct
    where completed_at is null`.execute(db);
  // How many syncs of a step a day has seen, and the old ones that go.
  await sql`create index imports_syncs on imports (step, started_at) where kind = 'sync'`.execute(db);
  // What is missing because of which service: looked for every minute.
  await sql`create index import_steps_upstream on import_steps (upstream, import_id) where upstream is not null`.execute(
    db,
  );

  await sql`
    create table sync_tries (
      artist_id uuid not null references artists on delete cascade,
      step text not null check (step in ('identity', 'shows', 'songs', 'past-setlists')),
      tried_at timestamptz not null default now(),
      -- tries in a row of which none was whole; the one that is running counts until it is
      failures integer not null,
      primary key (artist_id, step)
    )`.execute(db);

  await sql`
    create table views (
      kind text not null check (kind in ('artist', 'show')),
      target_id uuid not null,
      -- of UTC
      day date not null,
      count integer not null default 1,
      primary key (kind, target_id, day)
    )`.execute(db);
  // Who was here today, as a hash that nobody can compute again once the day's salt is gone.
  await sql`create table view_salts (day date primary key, salt bytea not null)`.execute(db);
  await sql`
    create table view_marks (
      day date not null,
      mark bytea not null,
      primary key (day, mark)
    )`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`drop table view_marks, view_salts, views, sync_tries`.execute(db);
  // The older code knows one live sync an artist, and no step of it.
  await sql`delete from imports older using imports newer
    where older.kind = 'sync' and newer.kind = 'sync' and older.artist_id = newer.artist_id
    and older.completed_at is null and newer.completed_at is null and older.id < newer.id`.execute(db);
  await sql`drop index imports_one_live, imports_syncs, import_steps_upstream`.execute(db);
  await sql`alter table imports drop column step`.execute(db);
  await sql`create unique index imports_one_live on imports (artist_id, kind) where completed_at is null`.execute(
    db,
  );
}
