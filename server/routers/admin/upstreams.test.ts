import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { spendDay } from "#db/queries/budgets";
import { insertAccount } from "#db/queries/fans";
import { addUpstreamMinutes } from "#db/queries/upstream-minutes";
import { recordFailure, refuseKey } from "#db/queries/upstream-state";
import { testApp } from "../../../tests/app.ts";
import { openSession } from "../../session/open.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let admin: ReturnType<typeof app.visitor>;
let adminId: string;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  const browser = app.browser();
  const account = { email: "ops@example.org", name: "Ops", passwordHash: "none", role: "admin" } as const;
  adminId = (await insertAccount(app.db, account)) ?? "";
  browser.context.setCookie((await openSession(browser.context, app.db, adminId)).cookie);
  admin = browser.caller;
});
afterEach(() => app.clear());
afterAll(() => app.close());

const account = (name: string) => {
  const found = app.services.upstreams.accounts.find(({ upstream }) => upstream === name);
  if (!found) throw new Error(name);
  return found;
};
const line = async (name: string) =>
  (await admin.admin.upstreams()).upstreams.find((upstream) => upstream.name === name);
const audited = () => app.db.selectFrom("audit_log").selectAll().where("actor", "=", adminId).execute();
const failure = {
  weight: 3,
  probe: false,
  closeMs: 60_000,
  maxCloseMs: 60_000,
  error: "Spotify answered 503",
};

test("all four, simulated here, with no key nor anything made of it", async () => {
  const answer = await admin.admin.upstreams();
  expect(answer.upstreams.map(({ name, state, configured }) => [name, state, configured])).toEqual([
    ["ticketmaster", "simulated", true],
    ["spotify", "simulated", true],
    ["setlistfm", "simulated", true],
    ["musicbrainz", "simulated", true],
  ]);
  const text = JSON.stringify(answer);
  for (const { keyHash } of app.services.upstreams.accounts) expect(text).not.toContain(keyHash);
});

test("one that is not set up says so", async () => {
  const { accounts } = app.services.upstreams;
  const without = app.browser();
  without.context.upstreams = {
    ...app.services.upstreams,
    accounts: accounts.filter(({ upstream }) => upstream !== "setlistfm"),
  };
  without.context.setCookie((await openSession(without.context, app.db, adminId)).cookie);
  const { upstreams } = await without.caller.admin.upstreams();
  expect(upstreams[2]).toMatchObject({ name: "setlistfm", configured: false, state: "ok", perDay: 0 });
  await expect(without.caller.admin.openUpstream({ name: "setlistfm" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("a refused key is forgotten when an administrator asks again, once, and it is written down", async () => {
  await refuseKey(app.db, { ...account("spotify"), error: "Spotify does not accept the key (401)" });
  expect(await line("spotify")).toMatchObject({ state: "refused", lastError: expect.any(String) as string });
  const [problem] = (await admin.admin.overview({})).problems.filter(({ press }) => press);
  expect(problem).toMatchObject({ level: "bad", press: { act: "open", subject: "spotify" } });
  const both = await Promise.all([1, 2].map(() => admin.admin.openUpstream({ name: "spotify" })));
  expect(both.map(({ opened }) => opened).sort()).toEqual([false, true]);
  expect(await line("spotify")).toMatchObject({ state: "simulated" });
  expect(await audited()).toMatchObject([{ action: "admin.openUpstream", subject_id: "spotify" }]);
});

test("one that is left alone is asked again; the others stay as they are", async () => {
  for (const name of ["spotify", "setlistfm"])
    for (let n = 0; n < 2; n++) await recordFailure(app.db, { ...account(name), ...failure });
  const closed = await line("spotify");
  expect(closed?.state).toBe("closed");
  expect(closed?.until?.getTime()).toBeGreaterThan(Date.now());
  await admin.admin.openUpstream({ name: "spotify" });
  expect((await line("spotify"))?.state).toBe("simulated");
  expect((await line("setlistfm"))?.state).toBe("closed");
});

test("a spent day tells when it is over, and stays spent", async () => {
  await spendDay(app.db, account("setlistfm"));
  const spent = await line("setlistfm");
  expect(spent).toMatchObject({ state: "closed", spent: true, usedToday: 100_000, perDay: 100_000 });
  await admin.admin.openUpstream({ name: "setlistfm" });
  expect(await line("setlistfm")).toMatchObject({ state: "closed", spent: true });
});

test("how they answered, minute by minute, the newest last; the latency of the last five minutes", async () => {
  const minute = (ago: number) => new Date(Math.floor(Date.now() / 60_000 - ago) * 60_000);
  const counted = { upstream: "spotify", slow: 0, limited: 0, failed: 0 };
  await addUpstreamMinutes(app.db, [
    { ...counted, minute: minute(0), answered: 3, msTotal: 600, msMost: 400 },
    { ...counted, minute: minute(9), answered: 1, failed: 2, msTotal: 9_000, msMost: 9_000 },
    { ...counted, minute: minute(40), answered: 9, msTotal: 1, msMost: 1 },
  ]);
  const spotify = await line("spotify");
  expect(spotify).toMatchObject({ meanMs: 200, mostMs: 400, usedToday: 0 });
  expect(spotify?.bars).toHaveLength(30);
  expect(spotify?.bars.reduce((sum, { answered }) => sum + answered, 0)).toBe(4);
  expect(spotify?.bars.filter(({ failed }) => failed === 2)).toHaveLength(1);
});

test("calls of an import are counted against the budget", async () => {
  await app.services.upstreams.ticketmaster.findAttractions("saltmarsh");
  const used = await line("ticketmaster");
  expect(used?.usedToday).toBe(1);
  expect(used?.freeThisSecond).toBeLessThanOrEqual(1000);
  expect(used?.freeThisSecond).toBeGreaterThan(0);
});

test("no such service", async () => {
  await expect(admin.admin.openUpstream({ name: "myspace" })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
