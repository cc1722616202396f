/** What the log says of requests and jobs that fail: whose line it is, and nothing secret. */
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createBoss } from "#db/queue";
import { handlers } from "#jobs/handlers";
import { startWorkers } from "#jobs/work";
import { createLog } from "#server/log";
import { worlds } from "#server/simulator/index";
import { testApp } from "./app.ts";
import { serve } from "./http-app.ts";
import { until } from "./workers.ts";

type Line = Record<string, unknown> & { msg?: string };
const { saltmarsh } = worlds.small.artists;
const CANARY = "canary0123456789";
const lines: string[] = [];
const parsed = () => lines.map((line) => JSON.parse(line) as Line);
const log = createLog("test", {
  level: "trace",
  format: "json",
  destination: { write: (line) => void lines.push(line) },
});

let app: Awaited<ReturnType<typeof testApp>>;
let site: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  app = await testApp({ log, key: CANARY });
  site = await serve(app.services);
});
afterEach(() => app.clear());
afterAll(async () => {
  await site.close();
  await app.close();
});

/** As a browser with a session and a script's bearer would, with a secret wherever there is room for one. */
const ask = (procedure: string, init: RequestInit = {}) =>
  fetch(`${site.url}/api/trpc/${procedure}`, {
    ...init,
    headers: {
      authorization: `Bearer ${CANARY}`,
      cookie: `theset=${CANARY.padEnd(43, "a")}.${CANARY.padEnd(43, "b")}`,
      "content-type": "application/json",
    },
  });
const input = (json: object) => encodeURIComponent(JSON.stringify({ json }));

test("every line of a failing request has its id, and none a secret", async () => {
  lines.length = 0;
  app.simulator.setFaults([{ upstream: "ticketmaster", kind: "401" }]);
  const email = `${CANARY}@example.org`;
  const answers = [
    await ask("auth.signIn", { method: "POST", body: JSON.stringify({ json: { email, password: CANARY } }) }),
    await ask(`artist.search?input=${input({ q: "Saltmarsh" })}&token=${CANARY}`),
    await ask("auth.me"),
  ];
  await sql`alter table trends rename to trends_gone`.execute(app.db);
  answers.push(await ask("trending.artists"));
  await sql`alter table trends_gone rename to trends`.execute(app.db);
  expect(answers.map(({ status }) => status)).toEqual([401, 200, 200, 500]);

  await until(
    () => parsed().filter(({ msg }) => /^request (completed|errored)/.test(msg ?? "")).length === 4,
  );
  const ids = answers.map(({ headers }) => headers.get("X-Request-Id"));
  expect(parsed().filter(({ req }) => !ids.includes(req as string))).toEqual([]);
  const said = (at: number) =>
    parsed()
      .filter(({ req }) => req === ids[at])
      .map(({ msg, procedure }) => procedure ?? msg);
  expect(said(1)).toEqual(expect.arrayContaining(["upstream call", "the key is refused"]));
  expect(said(3)).toEqual(expect.arrayContaining(["trending.artists"]));
  expect(lines.join("")).not.toContain(CANARY);
});

test("every line of a failing job has its id, and the import's where it runs one", async () => {
  const { importId } = await app.visitor({ address: "192.0.2.1" }).artist.import({
    tmAttractionId: saltmarsh.tmAttractionId,
  });
  lines.length = 0;
  app.simulator.setFaults([
    { upstream: "setlistfm", kind: "401" },
    { upstream: "spotify", kind: "500" },
  ]);
  await sql`alter table trends rename to trends_gone`.execute(app.db);
  const trending = await app.services.queue.send(app.db, "trending-calc", {});
  const boss = createBoss(app.url, "test of logs");
  boss.on("error", () => undefined);
  await boss.start();
  const workers = await startWorkers(boss, handlers, app.jobs, "test of logs");
  const ended = () =>
    app.db
      .selectFrom("imports")
      .where("completed_at", "is not", null)
      .where("id", "=", importId)
      .selectAll()
      .execute();
  await until(async () => (await ended()).length === 1 && parsed().some(({ job }) => job === trending));
  await workers.stop();
  await sql`alter table trends_gone rename to trends`.execute(app.db);

  const [{ id: job } = { id: "" }] = await app.boss.findJobs("artist-import", { data: { importId } });
  const calls = parsed().filter(({ upstream }) => upstream !== undefined);
  expect(calls.length).toBeGreaterThan(5);
  expect(calls.filter((line) => line.job !== job || line.import !== importId)).toEqual([]);
  expect(calls.map(({ msg }) => msg)).toContain("the key is refused");
  expect(parsed().filter(({ job }) => job === trending)[0]).toMatchObject({
    queue: "trending-calc",
    msg: "the job failed; the queue tries it again",
  });
  expect(lines.join("")).not.toContain(CANARY);
});
