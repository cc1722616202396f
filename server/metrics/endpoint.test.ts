import { sql } from "kysely";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { castVotes } from "../../tests/cast-votes.ts";
import { serve } from "../../tests/http-app.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";
import { insertGuest } from "#db/queries/fans";
import { startEcho } from "./echo.ts";
import { watchEventLoop } from "./event-loop.ts";
import { createMetrics } from "./index.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let site: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  app = await testApp();
  site = await serve(app.services);
});
afterAll(async () => {
  await site.close();
  await app.close();
});

const authorization = "Bearer a token of the tests' Prometheus";
const ask = (init: RequestInit = {}, url = site.url) => fetch(`${url}/metrics`, init);

/** A fresh collector, because figures of the database are kept for some seconds. */
async function scrape(services = app.services): Promise<string> {
  const fresh = await serve({ ...services, metrics: createMetrics() });
  const answer = await ask({ headers: { authorization } }, fresh.url);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  await fresh.close();
  return text;
}

/** The queue of notifications is the whole server's, and other tests notify too: its figure is no constant. */
function expectWholeServersUsage(text: string): void {
  const usage = /^theset_notification_queue_usage_ratio (.+)$/m.exec(text)?.[1];
  expect(Number(usage)).toBeGreaterThanOrEqual(0);
  expect(Number(usage)).toBeLessThan(1);
}

test.each([
  undefined,
  "Bearer",
  "Bearer x",
  "Basic abc",
  `${authorization}x`,
  `${authorization.slice(0, -1)}`,
])("whoever sends %s is refused", async (given) => {
  const answer = await ask({ headers: given ? { authorization: given } : {} });
  expect(answer.status).toBe(401);
  expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
  expect(await answer.json()).toMatchObject({ error: { code: "UNAUTHORIZED" } });
});

test("without a token there is nothing at this address, whatever is sent", async () => {
  const { metricsToken: _none, ...settings } = app.services.settings;
  const closed = await serve({ ...app.services, metrics: createMetrics(), settings });
  expect((await ask({ headers: { authorization } }, closed.url)).status).toBe(404);
  expect((await ask({}, closed.url)).status).toBe(404);
  await closed.close();
});

test("only GET is possible", async () => {
  const answer = await ask({ method: "POST", headers: { authorization } });
  expect([answer.status, answer.headers.get("Allow")]).toEqual([405, "GET"]);
});

test("it is Prometheus' text, of theset_ names alone, with no id and no path in a label", async () => {
  await fetch(`${site.url}/artists/somebody-secret?q=${randomUUID()}`);
  const answer = await ask({ headers: { authorization } });
  expect(answer.headers.get("Content-Type")).toMatch(/^text\/plain;.* version=0\.0\.4$/);
  expect(answer.headers.get("Cache-Control")).toBe("no-store");
  const text = await answer.text();
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  expect(samples.filter((line) => !/^theset_\w+(\{[^}]*\})? [\d.e+-]+$/.test(line))).toEqual([]);
  expect(text).toContain('theset_http_requests_total{group="artist",method="GET",status="4xx"} 1');
  expect(text).toContain('theset_http_request_duration_seconds_count{group="artist"} 1');
  expect(text).not.toMatch(/somebody-secret|[0-9a-f]{8}-[0-9a-f]{4}/);
});

test("votes are counted by ballot and by what became of them", async () => {
  const metrics = createMetrics();
  const { setlistSongIds } = await insertVotedShow(app.db, 2);
  const fanId = await insertGuest(app.db);
  await castVotes(app.db, [{ fanId, setlistSongId: setlistSongIds[0]! }]);
  const { ballotBox } = app.services;
  const vote = (setlistSongId: string) =>
    ballotBox.vote({ fanId, setlistSongId, ballot: "wish", cast: true, address: "127.0.0.1" });
  await Promise.all([vote(setlistSongIds[0]!), vote(randomUUID())]);
  const text = await app.services.metrics.registry.metrics();
  expect(text).toContain('theset_votes_total{ballot="wish",outcome="done"} 1');
  expect(text).toContain('theset_votes_total{ballot="wish",outcome="unknown"} 1');
  expect(await metrics.registry.metrics()).not.toContain('outcome="done"');
});

test("open streams are counted by kind", async () => {
  const leave = [
    app.services.streams.enter("127.0.0.1", "show"),
    app.services.streams.enter("127.0.0.1", "show"),
    app.services.streams.enter("127.0.0.1", "admin"),
  ];
  const text = await scrape();
  expect(text).toContain('theset_streams_open{kind="show"} 2');
  expect(text).toContain('theset_streams_open{kind="admin"} 1');
  expect(text).toContain('theset_streams_open{kind="import"} 0');
  for (const one of leave) one?.();
});

test("queues, services, imports and the database are read when somebody scrapes", async () => {
  const begun = performance.now();
  await sql`insert into pgboss.job_common (name, state, start_after, policy)
    select 'artist-import', state::pgboss.job_state, now() - interval '1 minute', 'standard'
    from unnest(array['created', 'created', 'retry', 'active', 'failed', 'completed']) state`.execute(app.db);
  await sql`insert into queue_controls (queue) values ('setlist-sync')`.execute(app.db);
  await sql`insert into pgboss.queue_stats (name, completed_delta, failed_delta, delta_seconds, delta_on, run_bins)
    select 'artist-import', 2, 1, 5, now(), array_fill(null::int, array[20]) || '{2,1}'::int[] || array_fill(null::int, array[26])
    from generate_series(1, 2)`.execute(app.db);
  const [account] = app.services.upstreams.accounts;
  await sql`insert into upstream_minutes (minute, upstream, answered, limited, failed)
    values (date_trunc('minute', now()), 'ticketmaster', 5, 1, 2),
      (date_trunc('minute', now()) - interval '20 minutes', 'ticketmaster', 500, 100, 200)`.execute(app.db);
  await sql`insert into upstream_budgets (upstream, key_hash, used) values
    (${account!.upstream}, ${account!.keyHash}, 99990)`.execute(app.db);
  await sql`insert into upstream_state (upstream, key_hash, closed_until) values
    (${account!.upstream}, ${account!.keyHash}, now() + interval '1 minute')`.execute(app.db);
  const text = await scrape();
  const line = (name: string) =>
    Number(
      text
        .split("\n")
        .find((one) => one.startsWith(`${name} `))
        ?.split(" ")[1],
    );
  expect(line('theset_queue_jobs{queue="artist-import",state="waiting"}')).toBe(3);
  expect(line('theset_queue_jobs{queue="artist-import",state="active"}')).toBe(1);
  expect(line('theset_queue_jobs{queue="artist-import",state="failed"}')).toBe(1);
  expect(line('theset_queue_jobs{queue="dead-letter",state="waiting"}')).toBe(0);
  expect(line('theset_queue_jobs_per_minute{queue="artist-import"}')).toBeGreaterThan(0);
  const waited = line('theset_queue_oldest_waiting_seconds{queue="artist-import"}');
  expect(waited).toBeGreaterThanOrEqual(60);
  expect(waited).toBeLessThanOrEqual(61 + (performance.now() - begun) / 1000);
  expect(line('theset_queue_paused{queue="setlist-sync"}')).toBe(1);
  expect(line('theset_queue_paused{queue="artist-import"}')).toBe(0);
  expect(line('theset_job_duration_seconds{queue="artist-import",quantile="0.5"}')).toBeCloseTo(9, -1);
  expect(line('theset_upstream_calls_5m{upstream="ticketmaster",outcome="answered"}')).toBe(5);
  expect(line('theset_upstream_calls_5m{upstream="ticketmaster",outcome="failed"}')).toBe(2);
  expect(line('theset_upstream_budget_left{upstream="ticketmaster"}')).toBe(10);
  expect(line('theset_upstream_state{upstream="ticketmaster",state="closed"}')).toBe(1);
  expect(line('theset_upstream_state{upstream="spotify",state="ok"}')).toBe(1);
  expect(line("theset_imports_running")).toBe(0);
  expectWholeServersUsage(text);
  expect(line("theset_database_connections")).toBeGreaterThan(0);
  expect(line("theset_database_readable")).toBe(1);
});

test("a figure that takes too long is left out and said to be; the others stand", async () => {
  const hold = await app.db.startTransaction().execute();
  await sql`lock table upstream_minutes in access exclusive mode`.execute(hold);
  const text = await scrape();
  await hold.rollback().execute();
  expect(text).toContain("theset_database_readable 0");
  expect(text).not.toMatch(/^theset_upstream_/m);
  expect(text).toContain("theset_queue_jobs{");
  expectWholeServersUsage(text);
});

test("many scrapes at once read the database once", async () => {
  const fresh = await serve({ ...app.services, metrics: createMetrics() });
  const texts = await Promise.all(
    Array.from({ length: 8 }, async () => (await ask({ headers: { authorization } }, fresh.url)).text()),
  );
  await fresh.close();
  const took = texts.map((text) => /^theset_database_read_seconds .+$/m.exec(text)?.[0]);
  expect(new Set(took).size).toBe(1);
});

test("a notification to oneself is heard and timed; one that is not heard is counted as lost", async () => {
  const metrics = createMetrics();
  const heard = new Promise<void>((resolve) => app.hub.hear("theset_echo", () => resolve()));
  const echo = startEcho({ ...app.services, metrics }, { everyMs: 60_000, lostMs: 10_000 });
  await heard;
  echo.stop();
  expect(await metrics.registry.metrics()).toContain("theset_notification_delay_seconds_count 1");

  const deaf = { ...app.hub, hear: () => () => undefined };
  const silence = startEcho({ ...app.services, hub: deaf, metrics }, { everyMs: 30, lostMs: 10 });
  await expect.poll(() => metrics.registry.metrics()).toMatch(/^theset_notifications_lost_total [1-9]/m);
  silence.stop();
});

test("every metric is explained in docs/operations.md and has an alert rule, and none is explained that is gone", async () => {
  const metrics = createMetrics();
  const loop = watchEventLoop(metrics.registry);
  const fresh = await serve({ ...app.services, metrics });
  const text = await (await ask({ headers: { authorization } }, fresh.url)).text();
  await fresh.close();
  loop.stop();
  const names = [...text.matchAll(/^# TYPE (theset_\w+)/gm)].map(([, name = ""]) => name).sort();
  const document = await readFile(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const [, table = "", alerts = ""] =
    /\n## Metrics\n([\s\S]+?)\n### Alerts\n([\s\S]+?)\n## /.exec(document) ?? [];
  const named = (part: string) => [...new Set(part.match(/theset_[a-z0-9_]*[a-z0-9]/g))].sort();
  expect(named(table)).toEqual(names);
  expect(named(alerts.replaceAll("_seconds_bucket", "_seconds"))).toEqual(names);
});
