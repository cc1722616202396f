/** A product that has been at work for long: a million finished jobs and what goes with them, made in SQL. */
import { sql } from "kysely";
import type { Db } from "#db/index";
import { insertQueueCounts } from "#db/queries/queue-counts";

export type Volume = {
  artists: number;
  imports: number;
  finished: number;
  waiting: number;
  failed: number;
  audits: number;
  fans: number;
};
export const whole: Volume = {
  artists: 2_000,
  imports: 200_000,
  finished: 1_000_000,
  waiting: 50_000,
  failed: 3_000,
  audits: 10_000,
  fans: 50_000,
};

/** Share of the finished jobs, by queue. */
const shares = sql`(values ('setlist-sync', 0.0, 0.35), ('artist-import', 0.35, 0.55), ('catalog-sync', 0.55, 0.7),
  ('ticketmaster-sync', 0.7, 0.84), ('spotify-sync', 0.84, 0.95), ('scheduled-sync', 0.95, 0.99),
  ('trending-calc', 0.99, 0.995), ('cleanup', 0.995, 1.0)) shares(queue, low, high)`;

/** Fills an empty database. Most things happened within the last week, errors repeat, and names are words and numbers. */
export async function fill(db: Db, volume: Volume): Promise<void> {
  await db.connection().execute(async (one) => {
    // Made right, so that checking a million references proves nothing.
    await sql`set session_replication_role = replica`.execute(one);
    await sql`set synchronous_commit = off`.execute(one);
    await fillPeople(one, volume);
    await fillImports(one, volume);
    await fillBatch(one);
    await fillJobs(one, volume);
    await fillSeries(one);
  });
  await sql`vacuum analyze`.execute(db);
}

async function fillPeople(db: Db, { artists, fans, audits }: Volume): Promise<void> {
  await sql`insert into artists (slug, name, name_key)
    select 'band-' || n, 'Band ' || n || ' of ' || md5(n::text), 'band ' || n || ' of ' || md5(n::text)
    from generate_series(1, ${artists}::int) n`.execute(db);
  await sql`insert into artist_sources (artist_id, source, source_id, score)
    select id, source, md5(id::text || source), 0.4 + abs(hashtext(slug || source)) % 60 / 100.0
    from artists, unnest(array['ticketmaster', 'spotify', 'musicbrainz', 'setlistfm']) source`.execute(db);
  await sql`insert into match_reviews (artist_id, source, reason, doubt)
    select id, source, 'They share a name and 3 of 40 titles', abs(hashtext(source || slug)) % 100 / 100.0
    from artists, unnest(array['spotify', 'musicbrainz', 'setlistfm']) source`.execute(db);
  await sql`insert into fans (email, name, password_hash, role, created_at)
    select 'fan' || n || '@example.org', 'Fan ' || n, 'none', case when n <= 5 then 'admin' else 'fan' end,
      now() - n * interval '1 minute'
    from generate_series(1, ${fans}::int) n`.execute(db);
  await sql`insert into songs (artist_id, title, title_key, kind)
    select id, 'Song ' || n, 'song ' || n, 'studio' from artists, generate_series(1, 40) n`.execute(db);
  await sql`insert into shows (artist_id, slug, tm_event_id, name, local_date, timezone, status, slot)
    select id, slug || '-show', slug, name, current_date + 30, 'Europe/London', 'onsale', 1 from artists`.execute(
    db,
  );
  await sql`insert into setlists (show_id, basis, model, expected_songs, shows_known)
    select id, 'history', 'bench', 10, 10 from shows`.execute(db);
  await sql`insert into setlist_songs (setlist_id, song_id, position, probability)
    select setlists.id, songs.id, row_number() over (partition by setlists.id), 0.5
    from setlists join shows on shows.id = setlists.show_id join songs on songs.artist_id = shows.artist_id`.execute(
    db,
  );
  await sql`insert into suggestions (setlist_song_id, fan_id, show_id, created_at)
    select ss.id, f.id, s.show_id, now() - f.n * interval '3 minutes'
    from (select id, row_number() over (order by id) as n from fans) f
    join (select id, setlist_id, row_number() over (order by id) as n from setlist_songs) ss on ss.n = f.n
    join setlists s on s.id = ss.setlist_id`.execute(db);
  await sql`insert into audit_log (at, actor, action, subject_kind, subject_id, summary)
    select now() - n * interval '5 minutes', (select id from fans where role = 'admin' order by id offset n % 5 limit 1),
      (array['admin.pauseQueue', 'admin.retryJobs', 'artist.import'])[1 + n % 3],
      (array['queue', 'job', 'import'])[1 + n % 3], 'subject-' || n % 500, 'Did number ' || n
    from generate_series(1, ${audits}::int) n`.execute(db);
}

/** One in four is an import, the others syncs; one in six ended as partial; each artist has at most one that runs. */
async function fillImports(db: Db, { imports, artists }: Volume): Promise<void> {
  await sql`insert into imports (artist_id, kind, step, stage, percentage, message, error, started_at, updated_at, completed_at)
    select a.id, kind, step, stage, 100, 'Read what could be read', error, started, started + interval '40 seconds',
      started + interval '40 seconds'
    from (
      select n, case when n % 4 = 0 then 'import' else 'sync' end as kind,
        case when n % 4 > 0 then (array['identity', 'shows', 'songs', 'past-setlists'])[1 + n / 4 % 4] end as step,
        case when n % 6 = 0 then 'partial' when n % 97 = 0 then 'failed' when n % 501 = 0 then 'cancelled'
          else 'completed' end as stage,
        case when n % 6 = 0 then 'setlist.fm has no calls left for this day' when n % 97 = 0
          then 'Ticketmaster knows no artist ' || n end as error,
        now() - n * interval '13 seconds' as started
      from generate_series(1, ${imports}::int) n
    ) made join (select id, row_number() over (order by id) as n from artists) a on a.n = 1 + made.n % ${artists}::int`.execute(
    db,
  );
  await sql`insert into imports (artist_id, kind, stage, percentage, message)
    select id, 'import', 'importing-songs', 60, 'Reading albums' from artists order by id limit 40`.execute(
    db,
  );
  await sql`insert into import_steps (import_id, step, state, read, new, reason, upstream, duration_ms, finished_at)
    select i.id, steps.name, case when i.stage = 'partial' and steps.name = 'past-setlists' then 'failed' else 'done' end, 40, 2,
      case when i.stage = 'partial' and steps.name = 'past-setlists' then i.error end,
      case when i.stage = 'partial' and steps.name = 'past-setlists' then 'setlistfm' end, 4000, i.updated_at
    from imports i, unnest(array['identity', 'shows', 'songs', 'past-setlists', 'predictions']) as steps(name)
    where i.kind = 'import'`.execute(db);
  await sql`insert into import_traces (import_id, step, began_at, ended_at, calls, cached, waited_ms)
    select import_id, step, finished_at - interval '4 seconds', finished_at, 9, 3, 1200 from import_steps`.execute(
    db,
  );
}

/** A pasted list of fifty, known by the id of its first import. */
async function fillBatch(db: Db): Promise<void> {
  await sql`insert into audit_log (action, subject_kind, subject_id, summary, details)
    select 'admin.startImports', 'import', min(id::text), 'Started fifty imports',
      jsonb_build_object('results', jsonb_agg(jsonb_build_object('line', id, 'importId', id)))
    from (select id from imports where kind = 'import' and stage = 'partial' order by id limit 50) some_imports`.execute(
    db,
  );
}

async function fillJobs(db: Db, { finished, waiting, failed }: Volume): Promise<void> {
  const job = sql`insert into pgboss.job_common
    (name, state, policy, priority, data, singleton_key, retry_limit, created_on, start_after, started_on, completed_on, output)`;
  await sql`${job}
    select queue, 'completed', 'exclusive', 10, jsonb_build_object('artistId', gen_random_uuid(), 'sentBy', 'schedule'),
      md5(n::text), 2, at, at, at + interval '1 second', at + interval '40 seconds', null
    from (select n, now() - interval '1 minute' - n::float8 / ${finished}::float8 * interval '7 days' as at,
        (n::bigint * 7919 % 100000) / 100000.0 as dice from generate_series(1, ${finished}::int) n) made
    join ${shares} on dice >= low and dice < high`.execute(db);
  // Nine in ten are of one queue, whose service is away; a hundredth waits to be tried again.
  await sql`${job}
    select case when n % 10 = 0 then 'artist-import' else 'setlist-sync' end,
      (case when n % 100 = 0 then 'retry' else 'created' end)::pgboss.job_state, 'exclusive', 10 + n % 3 * 5,
      jsonb_build_object('artistId', gen_random_uuid(), 'sentBy', 'schedule'), 'waits-' || n, 50,
      now() - n * interval '1 second', now() - n * interval '1 second', null, null, null
    from generate_series(1, ${waiting}::int) n`.execute(db);
  await sql`${job}
    select queue, 'failed', 'exclusive', 10, jsonb_build_object('artistId', gen_random_uuid()), 'failed-' || n, 2,
      at, at, at, at + interval '3 seconds', jsonb_build_object('message', 'no row ' || n % 40 || ' of "this"')
    from (select n, now() - n * interval '3 minutes' as at, (n::bigint * 7919 % 1000) / 1000.0 as dice
      from generate_series(1, ${failed}::int) n) made
    join ${shares} on dice >= low and dice < high`.execute(db);
  await sql`${job}
    select 'artist-import', 'active', 'exclusive', 20, jsonb_build_object('importId', id), id::text, 50,
      started_at, started_at, started_at, null, null
    from imports where completed_at is null`.execute(db);
  await sql`${job}
    select 'dead-letter', 'created', 'standard', 10, data, null, 2, completed_on, completed_on, null, null, output
    from pgboss.job_common where state = 'failed'`.execute(db);
  await sql`insert into job_failures (job_id, queue, attempt, error, error_key, stack, failed_at)
    select id, name, attempt, output ->> 'message', 'no row # of “…”' || abs(hashtext(id::text)) % 12, 'at work.ts',
      completed_on + attempt * interval '1 second'
    from pgboss.job_common, generate_series(1, 3) attempt where state = 'failed'`.execute(db);
}

/** Two days of counts every 5 s, four services a minute, three workers. */
async function fillSeries(db: Db): Promise<void> {
  for (const ago of [1, 2]) await partition(db, ago);
  await sql`insert into pgboss.queue_stats (name, queued_count, ready_count, active_count, failed_count, created_delta,
      completed_delta, failed_delta, delta_seconds, delta_on, run_bins, captured_on)
    select q.name, n % 50, n % 50, n % 5, 3, n % 3, n % 3, 0, 5, at, case when n % 3 = 0 then array_fill(null::int, array[48])
      else array_fill(null::int, array[15 + n % 12]) || array[n % 3, 1] || array_fill(null::int, array[31 - n % 12]) end, at
    from pgboss.queue q, lateral (select n, now() - n * interval '5 seconds' as at from generate_series(0, 34559) n) s
    where q.name <> 'dead-letter'`.execute(db);
  await insertQueueCounts(db);
  await sql`update pgboss.queue q set queued_count = counts.queued, ready_count = counts.queued,
      active_count = counts.active, failed_count = counts.failed, monitor_on = now(), delta_on = now()
    from (select name, count(*) filter (where state < 'active') as queued, count(*) filter (where state = 'active') as active,
      count(*) filter (where state = 'failed') as failed from pgboss.job_common group by name) counts
    where counts.name = q.name`.execute(db);
  await sql`insert into upstream_minutes (minute, upstream, answered, slow, failed, ms_total, ms_most)
    select date_trunc('minute', now()) - n * interval '1 minute', upstream, 20, 1, n % 7 / 6, 4000, 900
    from generate_series(0, 2879) n, unnest(array['ticketmaster', 'spotify', 'setlistfm', 'musicbrainz']) upstream`.execute(
    db,
  );
  await sql`insert into pgboss.instance (id, name, host, pid, version, node_version, heartbeat_seconds, supervise,
      schedule, migrate, persist_queue_stats, persist_warnings, metrics)
    select gen_random_uuid(), 'theset worker', 'host' || n, n, '12', 'v22', 5, true, true, false, true, false, '{"rss": 4e8}'
    from generate_series(1, 3) n`.execute(db);
  await sql`insert into job_runs (job_id, queue, worker, attempt)
    select id, name, (select id from pgboss.instance limit 1), 1 from pgboss.job_common where state = 'active'`.execute(
    db,
  );
}

/** pg-boss makes a day's partition when the day comes; the days before are ours to make. */
async function partition(db: Db, daysAgo: number): Promise<void> {
  await sql`select set_config('bench.days_ago', ${String(daysAgo)}, false)`.execute(db);
  await sql`do $$ declare day date := current_date - current_setting('bench.days_ago')::int; begin
    execute format('create table if not exists pgboss.%I partition of pgboss.queue_stats for values from (%L) to (%L)',
      'queue_stats_' || to_char(day, 'YYYYMMDD'), day::timestamptz, (day + 1)::timestamptz);
  end $$`.execute(db);
}
