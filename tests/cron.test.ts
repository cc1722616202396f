import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createDb } from "#db/index";
import * as cron from "../app/routes/api.cron";
import { testApp } from "./app.ts";
import { serve } from "./http-app.ts";
import { insertVotedShow } from "./voted-show.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let site: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  app = await testApp();
  site = await serve(app.services, { "api/cron": cron });
});
afterEach(() => app.clear());
afterAll(async () => {
  await site.close();
  await app.close();
});

const authorization = "Bearer a secret of the tests' scheduler";
const ask = (init: RequestInit = {}, url = site.url) => fetch(`${url}/api/cron`, init);

test.each(["GET", "POST"])(
  "%s answers when trends are ranked anew, and has artists read again",
  async (method) => {
    await insertVotedShow(app.db, 1);
    const answer = await ask({ method, headers: { authorization } });
    expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
    const body = (await answer.json()) as { timestamp: string };
    expect(body).toEqual({
      success: true,
      timestamp: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/) as string,
      results: { trending: { artists: 1, shows: 1, written: 2 }, sync: { queued: true } },
    });
    const { computedAt } = await app.caller.trending.artists();
    expect(computedAt!.getTime()).toBeLessThanOrEqual(Date.parse(body.timestamp));
  },
);

test.each([
  undefined,
  "",
  "Bearer",
  "Bearer x",
  "Basic YTpi",
  `${authorization}x`,
  authorization.slice(0, -1),
])("whoever sends %o is refused, and nothing is ranked", async (given) => {
  const answer = await ask({ headers: given ? { authorization: given } : {} });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({
    error: { code: "UNAUTHORIZED", message: "Send the secret as Authorization: Bearer …" },
  });
  expect((await app.caller.trending.artists()).computedAt).toBeNull();
});

test("without a secret there is nothing at this address", async () => {
  const { cronSecret: _none, ...settings } = app.services.settings;
  const closed = await serve({ ...app.services, settings }, { "api/cron": cron });
  expect((await ask({ headers: { authorization } }, closed.url)).status).toBe(404);
  expect((await ask({ headers: { authorization: "Bearer undefined" } }, closed.url)).status).toBe(404);
  await closed.close();
});

test.each(["PUT", "DELETE", "PATCH"])("%s is not possible", async (method) => {
  const answer = await ask({ method, headers: { authorization } });
  expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "GET, POST"]);
});

/** A computation takes its turn over all processes: somebody else has it now, and for as long as this. */
async function anotherRanks(ms: number): Promise<{ over: Promise<void> }> {
  const other = await app.db.startTransaction().execute();
  await sql`select pg_advisory_xact_lock(7348203)`.execute(other);
  const over = new Promise((resolve) => setTimeout(resolve, ms)).then(() => other.rollback().execute());
  return { over };
}

test("calls that overlap are answered by one computation", async () => {
  await insertVotedShow(app.db, 1);
  const { over } = await anotherRanks(500);
  const answers = await Promise.all(
    Array.from({ length: 10 }, async () => (await ask({ headers: { authorization } })).json()),
  );
  await over;
  // A second computation would have found nothing new to write, and the artists queued already.
  const results = { trending: { artists: 1, shows: 1, written: 2 }, sync: { queued: true } };
  expect(answers).toEqual(answers.map(() => expect.objectContaining({ results }) as unknown));
});

test("ranking may take longer than a page waits for the database", async () => {
  await insertVotedShow(app.db, 1);
  const impatient = createDb(app.url, { queryMs: 300 });
  const services = { ...app.services, db: impatient, patientDb: app.db };
  const web = await serve(services, { "api/cron": cron });
  const { over } = await anotherRanks(1_000);
  expect((await ask({ headers: { authorization } }, web.url)).status).toBe(200);
  await over;
  await web.close();
  await impatient.destroy();
});
