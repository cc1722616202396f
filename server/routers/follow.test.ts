import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { insertGuest } from "#db/queries/fans";
import { FOLLOWS_MOST } from "#db/queries/follows";
import { SHOWS_A_PAGE } from "#db/queries/shows";
import { testApp } from "../../tests/app.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";
import { openSession } from "../session/open.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const ada = { email: "ada@example.org", password: "a long walk home", name: "Ada" };
const nobody = "00000000-0000-7000-8000-000000000000";
const guests = () => app.db.selectFrom("fans").select("id").execute();

describe("following", () => {
  test("makes a guest of a visitor, once, and stays when they join", async () => {
    const { artistId, slug } = await insertVotedShow(app.db, 1);
    await app.db.insertInto("slugs").values({ kind: "artist", slug, target_id: artistId }).execute();
    const browser = app.browser();
    expect((await browser.caller.artist.bySlug({ slug })).following).toBe(false);
    await browser.caller.follow.add({ artistId });
    await browser.caller.follow.add({ artistId });
    expect(await guests()).toHaveLength(1);
    expect((await browser.caller.artist.bySlug({ slug })).following).toBe(true);
    expect((await app.visitor().artist.bySlug({ slug })).following).toBe(false);
    await browser.caller.auth.signUp(ada);
    expect(await browser.caller.follow.mine()).toEqual({
      artists: [{ id: artistId, slug, name: slug, coming: 1 }],
      calendarKey: undefined,
    });
  });

  test("ends when asked, twice too, and only one's own", async () => {
    const { artistId } = await insertVotedShow(app.db, 1);
    const [here, there] = [app.visitor(), app.visitor()];
    await here.follow.add({ artistId });
    await there.follow.add({ artistId });
    for (let n = 0; n < 2; n++)
      expect(await here.follow.remove({ artistId })).toEqual({ artistId, following: false });
    expect((await here.follow.mine()).artists).toEqual([]);
    expect((await there.follow.mine()).artists).toHaveLength(1);
  });

  test("nobody becomes a guest by stopping, by asking, or for an artist who is not here", async () => {
    const browser = app.browser();
    await browser.caller.follow.remove({ artistId: nobody });
    await browser.caller.follow.mine();
    await browser.caller.follow.shows();
    for (const artistId of [nobody, "nonsense"])
      await expect(browser.caller.follow.add({ artistId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(browser.cookies()).toBeUndefined();
    expect(await guests()).toEqual([]);
  });

  test("pressed many times at once it is one follow", async () => {
    const { artistId } = await insertVotedShow(app.db, 1);
    const { caller } = app.browser();
    await caller.auth.signUp(ada);
    const all = await Promise.all(Array.from({ length: 20 }, () => caller.follow.add({ artistId })));
    expect(all).toEqual(Array.from({ length: 20 }, () => ({ artistId, following: true })));
    expect(await app.db.selectFrom("follows").select("artist_id").execute()).toHaveLength(1);
  });

  test("who is blocked follows nobody new, and may stop", async () => {
    const [one, two] = [await insertVotedShow(app.db, 1), await insertVotedShow(app.db, 1)];
    const { caller } = app.browser();
    const { fan } = await caller.auth.signUp(ada);
    await caller.follow.add(one);
    await app.db.updateTable("fans").set({ blocked_at: new Date() }).execute();
    app.services.sessions.forget(fan.id);
    await expect(caller.follow.add(two)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await caller.follow.remove(one);
    expect((await caller.follow.mine()).artists).toEqual([]);
  });

  test(`a fan follows ${FOLLOWS_MOST} artists and is told that it is enough`, async () => {
    const { artistId } = await insertVotedShow(app.db, 1);
    const { caller } = app.browser();
    const { fan } = await caller.auth.signUp(ada);
    await sql`with many as (
        insert into artists (slug) select 'many-' || n from generate_series(1, ${FOLLOWS_MOST}) n returning id)
      insert into follows (fan_id, artist_id) select ${fan.id}, id from many`.execute(app.db);
    await expect(caller.follow.add({ artistId })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: `You follow ${FOLLOWS_MOST} artists, which is as many as one may. Stop following one first.`,
    });
  });
});

test("coming shows of all I follow, by date, the undated last, a page at a time", async () => {
  const { caller } = app.browser();
  const [mine, also, other] = [
    await insertVotedShow(app.db, 1),
    await insertVotedShow(app.db, 1),
    await insertVotedShow(app.db, 1),
  ];
  await caller.follow.add(mine);
  await caller.follow.add(also);
  await sql`insert into shows (artist_id, slug, local_date, name, status, tm_event_id)
    select case when n % 2 = 0 then ${mine.artistId}::uuid else ${also.artistId}::uuid end, 'more-' || n,
      case when n < 10 then current_date - 9 when n > 60 then null else current_date + n end, 'Show', 'onsale', 'e' || n
    from generate_series(1, 62) n`.execute(app.db);
  const first = await caller.follow.shows();
  const second = await caller.follow.shows({ cursor: first.nextCursor });
  expect(first.shows).toHaveLength(SHOWS_A_PAGE);
  expect(second.nextCursor).toBeUndefined();
  const all = [...first.shows, ...second.shows];
  // Two of the fixture, and those from the tenth on: the nine before are over.
  expect(all).toHaveLength(2 + 53);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const dates = all.map(({ localDate }) => localDate ?? "9999");
  expect(dates).toEqual([...dates].sort());
  expect(all.map(({ artist }) => artist.slug)).not.toContain(other.slug);
  await expect(caller.follow.shows({ cursor: "none" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

describe("the address of one's calendar", () => {
  test("is unguessable, stays the same, and a new one ends it", async () => {
    const { artistId } = await insertVotedShow(app.db, 1);
    const { caller } = app.browser();
    await caller.follow.add({ artistId });
    const both = await Promise.all([caller.follow.calendar(), caller.follow.calendar()]);
    const { key } = both[0];
    expect(both[1]).toEqual({ key });
    expect(key).toMatch(/^[\w-]{43}$/);
    expect((await caller.follow.mine()).calendarKey).toBe(key);
    // A calendar sends no cookie.
    expect((await app.visitor().calendar.follows({ key })).shows).toHaveLength(1);
    const fresh = await caller.follow.newCalendar();
    expect(fresh.key).not.toBe(key);
    await expect(app.visitor().calendar.follows({ key })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await app.visitor().calendar.follows(fresh)).shows).toHaveLength(1);
  });

  test("is nobody's for a key that is none, and for one whose owner left", async () => {
    const { caller } = app.browser();
    await caller.auth.signUp(ada);
    const { key } = await caller.follow.calendar();
    await caller.auth.deleteAccount({ password: ada.password });
    for (const none of [key, "", "a\u0000b", "%", "x".repeat(100)])
      await expect(app.visitor().calendar.follows({ key: none })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
  });

  test("comes along when a guest signs in", async () => {
    await app.visitor().auth.signUp(ada);
    const browser = app.browser();
    const guest = await insertGuest(app.db);
    browser.context.setCookie((await openSession(browser.context, app.db, guest)).cookie);
    const { key } = await browser.caller.follow.calendar();
    await browser.caller.auth.signIn(ada);
    expect((await browser.caller.follow.mine()).calendarKey).toBe(key);
  });
});
