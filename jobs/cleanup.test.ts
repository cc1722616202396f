import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { insertArtist } from "#db/queries/artists";
import { insertAccount, insertGuest } from "#db/queries/fans";
import { takePoint } from "#db/queries/people-limits";
import { testApp } from "../tests/app.ts";
import { castVotes } from "../tests/cast-votes.ts";
import { insertVotedShow } from "../tests/voted-show.ts";
import { cleanup } from "./cleanup.ts";

const { signal } = new AbortController();
let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

test("all expired answers go, and no other", async () => {
  await sql`insert into upstream_cache (upstream, request, body, expires_at)
    select 'ticketmaster', 'old' || n, ''::bytea, now() - interval '1 s' from generate_series(1, 2500) n
    union all select 'ticketmaster', 'new', ''::bytea, now() + interval '1 h'`.execute(app.db);
  await cleanup(app.jobs, {}, signal);
  const left = await app.db.selectFrom("upstream_cache").select("request").execute();
  expect(left.map((row) => row.request)).toEqual(["new"]);
});

test("syncs of a month ago go with their steps; imports and what still runs stay", async () => {
  const artist = await insertArtist(app.db, { tmAttractionId: "K8vZ917Gku7", slugBases: ["someone"] });
  await sql`insert into imports (artist_id, kind, step, message, stage, started_at, completed_at)
    select ${artist.id}, kind, step, message, stage, now() - interval '1 day' * age, ended from (values
      ('sync', 'shows', 'old', 'completed', 31, now()),
      ('sync', 'songs', 'live', 'initializing', 31, null),
      ('sync', 'shows', 'young', 'partial', 29, now()),
      ('import', null, 'import', 'completed', 400, now())) as rows(kind, step, message, stage, age, ended)`.execute(
    app.db,
  );
  await sql`insert into import_steps (import_id, step, state) select id, 'predictions', 'done' from imports`.execute(
    app.db,
  );
  await cleanup(app.jobs, {}, signal);
  const left = await app.db.selectFrom("imports").select("message").execute();
  expect(left.map((row) => row.message).sort()).toEqual(["import", "live", "young"]);
  expect(await app.db.selectFrom("import_steps").select("step").execute()).toHaveLength(3);
});

test("marks and salts of past days go, counts stay", async () => {
  await sql`insert into view_salts (day, salt)
    select current_date - n, 'x' from generate_series(-1, 2) n`.execute(app.db);
  await sql`insert into view_marks (day, mark)
    select current_date - d, sha256(n::text::bytea)
    from generate_series(-1, 2) d, generate_series(1, 6000) n`.execute(app.db);
  await sql`insert into views (kind, target_id, day) values ('show', uuid_v7(), current_date - 2)`.execute(
    app.db,
  );
  await cleanup(app.jobs, {}, signal);
  const days = await sql<{ n: number }>`select count(*)::int as n from view_salts
    union all select count(distinct day)::int from view_marks
    union all select count(*)::int from views`.execute(app.db);
  // Of today and tomorrow: the database's midnight may fall between.
  expect(days.rows.map(({ n }) => n)).toEqual([2, 2, 1]);
});

test("sessions that are over go; guests go with their last one, unless something of theirs is left", async () => {
  const show = await insertVotedShow(app.db, 2);
  const [one = "", two = ""] = show.setlistSongIds;
  const guest = async () => await insertGuest(app.db);
  const [back, gone, voter, follower, suggester] = [
    await guest(),
    await guest(),
    await guest(),
    await guest(),
    await guest(),
  ];
  const account = { email: "ada@example.org", name: "Ada", passwordHash: "none" };
  const fan = (await insertAccount(app.db, account)) ?? "";
  await castVotes(app.db, [{ fanId: voter, setlistSongId: one }]);
  await sql`insert into follows (fan_id, artist_id) values (${follower}, ${show.artistId})`.execute(app.db);
  await sql`insert into suggestions (setlist_song_id, fan_id, show_id)
    values (${two}, ${suggester}, ${show.showId})`.execute(app.db);
  await sql`insert into sessions (fan_id, token_hash, created_at, seen_at)
    select fan::uuid, sha256((fan || age)::bytea), now() - make_interval(days => age), now() - make_interval(days => idle)
    from (values (${back}, 399, 399), (${gone}, 401, 1), (${voter}, 401, 1), (${follower}, 401, 1),
      (${suggester}, 401, 1), (${fan}, 91, 1), (${fan}, 40, 31), (${fan}, 89, 29)) s(fan, age, idle)`.execute(
    app.db,
  );
  await cleanup(app.jobs, {}, signal);
  const left = await sql<{ id: string; sessions: number }>`select id, (select count(*)::int from sessions
    where fan_id = fans.id) as sessions from fans`.execute(app.db);
  expect(new Map(left.rows.map(({ id, sessions }) => [id, sessions]))).toEqual(
    new Map([
      [back, 1],
      [voter, 0],
      [follower, 0],
      [suggester, 0],
      [fan, 1],
    ]),
  );
});

test("windows of limits that are over go", async () => {
  await takePoint(app.db, { key: "open", points: 1, seconds: 60 });
  await takePoint(app.db, { key: "over", points: 1, seconds: -1 });
  await cleanup(app.jobs, {}, signal);
  expect(await app.db.selectFrom("people_limits").select("key").execute()).toEqual([{ key: "open" }]);
});

test("failures of a month ago go, and runs of workers that nobody heard of for a day", async () => {
  await sql`truncate job_failures, job_runs`.execute(app.db);
  await sql`insert into job_failures (job_id, queue, attempt, error, error_key, failed_at)
    select uuid_v7(), 'cleanup', 1, age, 'x', now() - age::interval from (values ('29 days'), ('31 days')) as of(age)`.execute(
    app.db,
  );
  const { id } = (
    await sql<{ id: string }>`select id from pgboss.instance where stopped_on is null limit 1`.execute(app.db)
  ).rows[0] ?? { id: "" };
  await sql`insert into job_runs (job_id, queue, worker, attempt, started_at) values
    (uuid_v7(), 'lives', ${id}::uuid, 1, now() - interval '2 days'),
    (uuid_v7(), 'dead', uuid_v7(), 1, now() - interval '2 days'),
    (uuid_v7(), 'young', uuid_v7(), 1, now())`.execute(app.db);
  await cleanup(app.jobs, {}, signal);
  const failures = await app.db.selectFrom("job_failures").select("error").execute();
  expect(failures).toEqual([{ error: "29 days" }]);
  const runs = await app.db.selectFrom("job_runs").select("queue").orderBy("queue").execute();
  expect(runs.map(({ queue }) => queue)).toEqual(["lives", "young"]);
});
