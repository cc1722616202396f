import pino from "pino";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { channels } from "#db/channels";
import { createHub } from "../live/hub.ts";
import { createSessions } from "../session/sessions.ts";
import { actor } from "../session/open.ts";
import { testApp } from "../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const ada = { email: "ada@example.org", password: "a long walk home", name: "Ada" };

test("where one is signed in is listed, the present browser marked, without what a token is checked against", async () => {
  const sofa = app.browser({ userAgent: "Firefox" });
  await sofa.caller.auth.signUp(ada);
  const phone = app.browser({ userAgent: "Safari" });
  await phone.caller.auth.signIn(ada);
  await sql`update sessions set seen_at = now() - interval '2 hours' where user_agent = 'Firefox'`.execute(
    app.db,
  );
  const { sessions } = await phone.caller.auth.sessions();
  expect(sessions.map(({ userAgent, current }) => [userAgent, current])).toEqual([
    ["Safari", true],
    ["Firefox", false],
  ]);
  expect(Object.keys(sessions[0] ?? {}).sort()).toEqual([
    "createdAt",
    "current",
    "id",
    "seenAt",
    "userAgent",
  ]);
});

test("ending one session leaves the others; nobody ends another's", async () => {
  const sofa = app.browser();
  await sofa.caller.auth.signUp(ada);
  const phone = app.browser();
  await phone.caller.auth.signIn(ada);
  const { sessions } = await phone.caller.auth.sessions();
  const other = sessions.find((session) => !session.current)!.id;
  const stranger = app.visitor();
  await stranger.auth.signUp({ ...ada, email: "eve@example.org" });
  for (const sessionId of [other, "no id"])
    await expect(stranger.auth.endSession({ sessionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await phone.caller.auth.endSession({ sessionId: other });
  expect((await sofa.caller.auth.me()).fan).toBeNull();
  expect((await phone.caller.auth.me()).fan?.name).toBe("Ada");
  await phone.caller.auth.endSession({ sessionId: sessions.find((session) => session.current)!.id });
  expect((await phone.caller.auth.me()).fan).toBeNull();
});

test("signing out everywhere keeps none", async () => {
  const browsers = [app.browser(), app.browser(), app.browser()];
  await browsers[0]!.caller.auth.signUp(ada);
  for (const { caller } of browsers.slice(1)) await caller.auth.signIn(ada);
  expect(await browsers[1]!.caller.auth.signOutEverywhere()).toEqual({ ended: 3 });
  for (const { caller } of browsers) expect((await caller.auth.me()).fan).toBeNull();
});

test("sessions end by age and by idleness, a guest's by neither within a year", async () => {
  const fan = app.browser();
  await fan.caller.auth.signUp(ada);
  const guest = app.browser();
  const { id } = await actor(guest.context);
  const age = async (created: number, seen: number) => {
    await sql`update sessions set created_at = now() - make_interval(days => ${created}::int),
      seen_at = now() - make_interval(days => ${seen}::int)`.execute(app.db);
    for (const { fan_id } of await app.db.selectFrom("sessions").select("fan_id").execute())
      app.services.sessions.forget(fan_id);
    return [(await fan.caller.auth.me()).fan?.name, (await guest.caller.auth.me()).fan?.id];
  };
  expect(await age(89, 29)).toEqual(["Ada", id]);
  expect(await age(89, 31)).toEqual([undefined, id]);
  expect(await age(91, 1)).toEqual([undefined, id]);
  expect(await age(401, 1)).toEqual([undefined, undefined]);
});

test("what one process ends, another one forgets by the notice; while it hears none it remembers nothing", async () => {
  const hub = await createHub({
    url: app.url,
    channels: Object.values(channels),
    log: pino({ level: "silent" }),
  });
  const elsewhere = createSessions({ db: app.db, hub, cookie: app.services.sessions.cookie });
  const here = app.browser();
  const { fan } = await here.caller.auth.signUp(ada);
  const read = () => elsewhere.read(here.cookies());
  /** Resolves when the other process has heard of the fan; registered later than its own listener, so told later. */
  const heard = () => new Promise((resolve) => hub.hear(channels.fan, resolve));
  expect((await read())?.name).toBe("Ada");

  await sql`update fans set name = 'unannounced'`.execute(app.db);
  expect((await read())?.name).toBe("Ada");

  const renamed = heard();
  await here.caller.auth.rename({ name: "Lady A." });
  expect(await renamed).toBe(fan.id);
  expect((await read())?.name).toBe("Lady A.");

  const ended = heard();
  await here.caller.auth.signOutEverywhere();
  await ended;
  expect(await read()).toBeUndefined();

  await here.caller.auth.signIn(ada);
  expect((await read())?.name).toBe("Lady A.");
  await hub.stop();
  await sql`update fans set name = 'unannounced'`.execute(app.db);
  expect((await read())?.name).toBe("unannounced");
  elsewhere.stop();
});

test("an answer about a session that was under way while it ended is not remembered", async () => {
  const here = app.browser();
  const { fan } = await here.caller.auth.signUp(ada);
  app.services.sessions.forget(fan.id);
  const underWay = app.services.sessions.read(here.cookies());
  app.services.sessions.forget(fan.id);
  await underWay;
  await sql`update fans set name = 'new'`.execute(app.db);
  expect((await app.services.sessions.read(here.cookies()))?.name).toBe("new");
});
