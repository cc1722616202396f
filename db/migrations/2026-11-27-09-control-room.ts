import { type Kysely, sql } from "kysely";

/**
 * What an administrator sees and presses: paused queues, edited schedules, who did what; what jobs did and who does
 * them; where the time of an import went; how the services answered, minute by minute.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // A row: that queue is paused.
  await sql`
    create table queue_controls (
      queue text primary key,
      paused_at timestamptz not null default clock_timestamp(),
      paused_by uuid references fans on delete set null,
      reason text check (length(reason) between 1 and 300)
    )`.execute(db);
  // A row: an administrator changed what the code declares. The declared cron stands where ours is null.
  await sql`
    create table schedule_controls (
      name text primary key,
      cron text check (length(cron) <= 100),
      enabled boolean not null default true,
      changed_at timestamptz not null default clock_timestamp(),
      changed_by uuid references fans on delete set null
    )`.execute(db);

  await sql`
    create table audit_log (
      id uuid primary key default uuid_v7(),
      at timestamptz not null default clock_timestamp(),
      -- null: the command line, or an administrator who has left
      actor uuid references fans on delete set null,
      -- noun.verb, as the procedure is called
      action text not null,
      subject_kind text not null,
      subject_id text not null,
      -- what was done, as a sentence for people; no personal data
      summary text not null check (length(summary) <= 500),
      details jsonb not null default '{}'
    )`.execute(db);
  await sql`create index audit_log_subject on audit_log (subject_kind, subject_id, id desc)`.execute(db);
  await sql`create index audit_log_actor on audit_log (actor, id desc)`.execute(db);

  // Jobs in hand. A row whose worker is silent was left by a process that died.
  await sql`
    create table job_runs (
      job_id uuid primary key,
      queue text not null,
      -- pg-boss's instance
      worker uuid not null,
      attempt integer not null,
      started_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index job_runs_worker on job_runs (worker)`.execute(db);
  // pg-boss keeps the newest error of a job only.
  await sql`
    create table job_failures (
      id uuid primary key default uuid_v7(),
      job_id uuid not null,
      queue text not null,
      attempt integer not null,
      worker uuid,
      error text not null check (length(error) <= 2000),
      -- the error without what differs from job to job, by which failures are grouped
      error_key text not null check (length(error_key) <= 300),
      stack text check (length(stack) <= 8000),
      -- told to stop, or its process died: no failure of the work
      interrupted boolean not null default false,
      failed_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`create index job_failures_job on job_failures (job_id, failed_at)`.execute(db);
  await sql`create index job_failures_time on job_failures (failed_at)`.execute(db);
  await sql`create index job_failures_group on job_failures (queue, error_key, failed_at desc)`.execute(db);

  // Where the time of an import went: written while it runs, a row a step.
  await sql`
    create table import_traces (
      import_id uuid not null references imports on delete cascade,
      step text not null check (step in ('identity', 'shows', 'songs', 'past-setlists', 'predictions')),
      attempt integer not null default 1,
      began_at timestamptz not null default clock_timestamp(),
      ended_at timestamptz,
      -- requests sent, answers that were kept already, and ms spent waiting for a turn or a rest
      calls integer not null default 0,
      cached integer not null default 0,
      waited_ms integer not null default 0,
      -- [{kind: wait | failed, upstream, fromMs, toMs, why}], ms since began_at, the longest ones only
      spans jsonb not null default '[]',
      -- when somebody last worked at it: what lies between two attempts is nobody's work
      updated_at timestamptz not null default clock_timestamp(),
      primary key (import_id, step)
    )`.execute(db);
  await sql`
    alter table imports
      -- who asked: null for a visitor, the clock, or somebody who has left
      add column started_by uuid references fans on delete set null,
      add column origin text not null default 'visitor'
        check (origin in ('visitor', 'fan', 'admin', 'schedule', 'command'))`.execute(db);
  await sql`create index imports_kind on imports (kind, started_at desc, id desc)`.execute(db);
  await sql`create index imports_state on imports (kind, stage, started_at desc, id desc)`.execute(db);
  await sql`
    create index imports_text on imports using gin ((message || ' ' || coalesce(error, '')) gin_trgm_ops)
    where completed_at is not null`.execute(db);
  await sql`create index imports_started_by on imports (started_by) where started_by is not null`.execute(db);

  // One bar a minute on the dashboard, and what the metrics count.
  await sql`
    create table upstream_minutes (
      minute timestamptz not null,
      upstream text not null check (upstream in ('ticketmaster', 'spotify', 'setlistfm', 'musicbrainz')),
      answered integer not null default 0,
      -- of those, the ones that took longer than 2 s
      slow integer not null default 0,
      -- told to wait, or that the day is spent
      limited integer not null default 0,
      failed integer not null default 0,
      ms_total bigint not null default 0,
      ms_most integer not null default 0,
      primary key (minute, upstream)
    )`.execute(db);
  // Who an artist is at a service, as an administrator reviews it; what was taken is in artist_sources.
  await sql`
    create table match_reviews (
      artist_id uuid not null references artists on delete cascade,
      source text not null check (source in ('spotify', 'musicbrainz', 'setlistfm')),
      -- why that one, or why nobody: a sentence
      reason text check (length(reason) <= 1000),
      -- everybody who was considered, the likeliest first: [{id, name, score, evidence, disambiguation?, url?}]
      candidates jsonb not null default '[]',
      -- 0: nothing to look at; 1: nobody was taken (rules/artists/doubt.ts)
      doubt real not null check (doubt between 0 and 1),
      -- an administrator said that nobody there is this artist
      refused boolean not null default false,
      judged_at timestamptz not null default clock_timestamp(),
      primary key (artist_id, source)
    )`.execute(db);
  // What was taken before anybody could review it.
  await sql`
    insert into match_reviews (artist_id, source, candidates, doubt)
    select distinct on (artist_id, source) artist_id, source,
      jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('id', source_id, 'name', coalesce(name, ''), 'url', url,
        'score', coalesce(score, 0), 'evidence', evidence))) || runners_up,
      case when chosen_by = 'admin' then 0 else 1 - coalesce(score, 0) end
    from artist_sources where source <> 'ticketmaster'
    order by artist_id, source, chosen_by = 'admin' desc, score desc nulls last`.execute(db);

  // Fans newest first, which is by id (uuid v7): accounts among many guests, the few administrators and blocked ones.
  await sql`create index fans_accounts on fans (id desc) where email is not null`.execute(db);
  await sql`create index fans_admins on fans (id desc) where role = 'admin'`.execute(db);
  await sql`create index fans_blocked on fans (id desc) where blocked_at is not null`.execute(db);
  await sql`create index fans_email_prefix on fans (lower(email) text_pattern_ops)`.execute(db);
  await sql`create index fans_name_prefix on fans (lower(name) text_pattern_ops)`.execute(db);
  await sql`create index suggestions_time on suggestions (created_at desc, setlist_song_id desc, fan_id desc)`.execute(
    db,
  );
  await sql`create index setlist_songs_hidden on setlist_songs (id) where hidden_at is not null`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`
    drop index setlist_songs_hidden, suggestions_time, fans_name_prefix, fans_email_prefix, fans_blocked, fans_admins,
      fans_accounts`.execute(db);
  await sql`drop table match_reviews`.execute(db);
  await sql`drop table upstream_minutes`.execute(db);
  await sql`drop index imports_started_by, imports_text, imports_state, imports_kind`.execute(db);
  await sql`alter table imports drop column origin, drop column started_by`.execute(db);
  await sql`drop table import_traces, job_failures, job_runs, audit_log, schedule_controls, queue_controls`.execute(
    db,
  );
}
