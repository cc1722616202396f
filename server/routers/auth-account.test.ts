import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { channels } from "#db/channels";
import { actor } from "../session/open.ts";
import { testApp } from "../../tests/app.ts";
import { castVotes, miscounts } from "../../tests/cast-votes.ts";
import { insertResult } from "../../tests/show-result.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const ada = { email: "ada@example.org", password: "a long walk home", name: "Ada" };

async function joined() {
  const browser = app.browser({ userAgent: "Firefox on a sofa" });
  const { fan } = await browser.caller.auth.signUp(ada);
  return { ...browser, id: fan.id };
}

/** As if the show had begun a week ago. */
const isOver = (showId: string) =>
  sql`update shows set local_date = current_date - 7 where id = ${showId}`.execute(app.db);

test("signing in carries a guest's votes over, says what was dropped and tells the shows' pages", async () => {
  const { id } = await joined();
  const show = await insertVotedShow(app.db, 30);
  const browser = app.browser();
  const guest = await actor(browser.context);
  await castVotes(app.db, [
    ...show.setlistSongIds.slice(0, 25).map((setlistSongId) => ({ fanId: id, setlistSongId, hoursAgo: 9 })),
    ...show.setlistSongIds.slice(24).map((setlistSongId) => ({ fanId: guest.id, setlistSongId })),
  ]);
  const told = new Promise((resolve) => app.hub.hear(channels.tally, resolve));
  expect(await browser.caller.auth.signIn(ada)).toEqual({ fan: { id, name: "Ada" }, dropped: 5 });
  expect(await told).toBe(show.showId);
  expect(await miscounts(app.db)).toEqual([]);
  expect(await app.db.selectFrom("fans").select("id").execute()).toEqual([{ id }]);
});

test("my votes come by show, the newest first and undated ones before them, a page at a time", async () => {
  const { caller, id } = await joined();
  const shows = [];
  for (let n = 0; n < 23; n++) shows.push(await insertVotedShow(app.db, 2));
  for (const [n, { showId }] of shows.entries())
    await sql`update shows set local_date = ${n < 2 ? null : `2020-01-${String(n).padStart(2, "0")}`} where id = ${showId}`.execute(
      app.db,
    );
  await castVotes(
    app.db,
    shows.flatMap(({ setlistSongIds: [one = "", two = ""] }) => [
      { fanId: id, setlistSongId: two, ballot: "wish" as const },
      { fanId: id, setlistSongId: one },
    ]),
  );
  const first = await caller.auth.votes({});
  const second = await caller.auth.votes({ cursor: first.nextCursor });
  expect(second.nextCursor).toBeUndefined();
  const all = [...first.shows, ...second.shows];
  expect(all).toHaveLength(23);
  expect(all.map(({ localDate }) => localDate)).toEqual([
    null,
    null,
    ...Array.from({ length: 21 }, (_, n) => `2020-01-${String(22 - n).padStart(2, "0")}`),
  ]);
  expect(new Set(all.map(({ slug }) => slug)).size).toBe(23);
  expect(all[5]).toEqual({
    slug: shows[19]!.slug,
    artistName: shows[19]!.slug,
    localDate: "2020-01-19",
    venueName: null,
    city: null,
    status: "past",
    songs: [
      { title: "Song 1", ballot: "expect" },
      { title: "Song 2", ballot: "wish" },
    ],
  });
  await expect(caller.auth.votes({ cursor: "none" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("a new name is seen at once", async () => {
  const { caller } = await joined();
  await caller.auth.rename({ name: "  Ada  L. " });
  expect((await caller.auth.me()).fan?.name).toBe("Ada L.");
});

test("a new password ends every session but this browser's, which gets a new one", async () => {
  const here = await joined();
  const there = app.browser();
  await there.caller.auth.signIn(ada);
  const before = here.cookies();
  await here.caller.auth.changePassword({ password: ada.password, newPassword: "a longer walk home" });
  expect((await there.caller.auth.me()).fan).toBeNull();
  expect((await app.visitor({ cookies: before }).auth.me()).fan).toBeNull();
  expect((await here.caller.auth.me()).fan?.id).toBe(here.id);
  await expect(app.visitor().auth.signIn(ada)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await app.visitor().auth.signIn({ ...ada, password: "a longer walk home" });
});

test("a new password follows the same rules, and the old one must be right", async () => {
  const { caller } = await joined();
  const change = (password: string, newPassword: string) =>
    caller.auth.changePassword({ password, newPassword });
  await expect(change(ada.password, "password1")).rejects.toMatchObject({
    cause: { issues: [{ path: ["newPassword"] }] },
  });
  await expect(change("a long walk", "a longer walk home")).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: { issues: [{ path: ["password"] }] },
  });
});

test("the export has every row with the fan's id, and nothing of anybody else", async () => {
  const { caller, id } = await joined();
  const show = await insertVotedShow(app.db, 3);
  const [one = "", two = ""] = show.setlistSongIds;
  const other = await actor(app.browser().context);
  await castVotes(app.db, [
    { fanId: id, setlistSongId: one },
    { fanId: other.id, setlistSongId: two },
  ]);
  await sql`insert into suggestions (setlist_song_id, fan_id, show_id) values (${two}, ${id}, ${show.showId})`.execute(
    app.db,
  );
  await sql`insert into follows (fan_id, artist_id) values (${id}, ${show.artistId})`.execute(app.db);
  await sql`insert into imports (artist_id, message, origin, started_by)
    values (${show.artistId}, 'Waiting', 'fan', ${id})`.execute(app.db);
  await insertResult(app.db, {
    showId: show.showId,
    scores: [
      { fanId: id, hits: 1, named: 1, played: 4, brier: 0.75 },
      { fanId: other.id, hits: 0, named: 1, played: 4, brier: 1.25 },
    ],
  });
  const { fan } = await caller.auth.export();
  expect(fan).toMatchObject({
    id,
    email: ada.email,
    name: "Ada",
    role: "fan",
    sessions: [{ userAgent: "Firefox on a sofa" }],
    votes: [{ show: show.slug, artist: show.slug, title: "Song 1", ballot: "expect" }],
    ballots: [{ show: show.slug, ballot: "expect", used: 1 }],
    follows: [{ artist: show.slug }],
    suggestions: [{ show: show.slug, title: "Song 2" }],
    isNamed: true,
    scores: [{ show: show.slug, hits: 1, named: 1, played: 4, brier: 0.75 }],
    songsHidden: [],
    importsStarted: [{ artist: show.slug, kind: "import" }],
    actions: [],
    queuesPaused: [],
    schedulesChanged: [],
  });
  expect(JSON.stringify(fan)).not.toMatch(/argon2|token/i);
  // Whatever table refers to a fan is in there.
  const { rows } = await sql<{
    name: string;
  }>`select distinct conrelid::regclass::text as name from pg_constraint
    where confrelid = 'fans'::regclass and contype = 'f' order by 1`.execute(app.db);
  expect(rows.map(({ name }) => name)).toEqual([
    "audit_log",
    "ballots",
    "follows",
    "imports",
    "queue_controls",
    "schedule_controls",
    "scores",
    "sessions",
    "setlist_songs",
    "suggestions",
    "votes",
  ]);
});

test("leaving takes what is personal and votes of coming shows, and leaves those of past shows without a name", async () => {
  const { caller, id, cookies } = await joined();
  const token = cookies();
  const coming = await insertVotedShow(app.db, 2);
  const past = await insertVotedShow(app.db, 2);
  await isOver(past.showId);
  const both = [...coming.setlistSongIds, ...past.setlistSongIds];
  const other = await actor(app.browser().context);
  await castVotes(
    app.db,
    [id, other.id].flatMap((fanId) => both.map((setlistSongId) => ({ fanId, setlistSongId, hoursAgo: 200 }))),
  );
  await sql`insert into suggestions (setlist_song_id, fan_id, show_id)
    values (${past.setlistSongIds[0]}, ${id}, ${past.showId})`.execute(app.db);
  await sql`insert into follows (fan_id, artist_id) values (${id}, ${past.artistId})`.execute(app.db);

  await expect(caller.auth.deleteAccount({})).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await caller.auth.deleteAccount({ password: ada.password });

  expect((await app.visitor({ cookies: token }).auth.me()).fan).toBeNull();
  const left = await sql`select (select json_agg(distinct show_id) from votes where fan_id = ${id}) as shows,
    (select count(*)::int from votes where fan_id = ${other.id}) as others,
    (select count(*)::int from follows) as follows, (select count(*)::int from suggestions) as suggestions,
    (select to_jsonb(fans) - 'created_at' - 'deleted_at' from fans where id = ${id}) as shell`.execute(
    app.db,
  );
  expect(left.rows).toEqual([
    {
      shows: [past.showId],
      others: 4,
      follows: 0,
      suggestions: 0,
      shell: {
        id,
        email: null,
        name: null,
        password_hash: null,
        role: "fan",
        blocked_at: null,
        calendar_key: null,
        is_named: true,
      },
    },
  ]);
  expect(await miscounts(app.db)).toEqual([]);
  // The address is free again, and the shell is not who comes back.
  expect((await app.visitor().auth.signUp(ada)).fan.id).not.toBe(id);
});

test("who leaves without a vote on a past show leaves nothing, not even an id", async () => {
  const { caller, id } = await joined();
  const show = await insertVotedShow(app.db, 1);
  await castVotes(app.db, [{ fanId: id, setlistSongId: show.setlistSongIds[0]! }]);
  await caller.auth.deleteAccount({ password: ada.password });
  const { rows } = await sql<{ text: string | null }>`select concat((select json_agg(f) from fans f)::text,
    (select json_agg(b) from ballots b)::text, (select json_agg(v) from votes v)::text,
    (select json_agg(l) from people_limits l)::text) as text`.execute(app.db);
  expect(rows[0]?.text).not.toContain(id);
  expect(rows[0]?.text).not.toContain("ada@");
});

test("a guest leaves without a password, and takes everything along", async () => {
  const { caller, context } = app.browser();
  await actor(context);
  expect((await caller.auth.export()).fan).toMatchObject({ email: null, sessions: [{}] });
  await caller.auth.deleteAccount({});
  expect(await app.db.selectFrom("fans").select("id").execute()).toEqual([]);
});
