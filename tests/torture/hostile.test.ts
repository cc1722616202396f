/**
 * A product in a hostile world: names that are attacks, services that fail, requests made up by chance, and secrets with
 * a mark on them. No script of theirs runs, nothing of ours breaks, and no secret comes out anywhere.
 */
import { existsSync } from "node:fs";
import fc from "fast-check";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Fault, worlds } from "#server/simulator/index";
import { findChromium } from "../../bin/test/chromium.ts";
import { badRequests } from "./bad-requests.ts";
import { type Postgres, startPostgres } from "./databases.ts";
import { inLanes } from "./lanes.ts";
import { endProcesses, type Running } from "./processes.ts";
import { send } from "./raw-http.ts";
import { createRig, type Rig, startImport } from "./rig.ts";
import { until } from "./until.ts";

/** In every secret of this product, and in nothing else. */
const MARK = "c4naryBird";
const secret = (of: string) => `${MARK}-${of}-0123456789abcdefghij`;
const PATIENCE_MS = 120_000;
const REQUESTS = process.env.TORTURE === "long" ? 3_000 : 400;
const LANES = 6;
const artists = Object.values(worlds.hostile.artists);
const password = secret("password");
/** A name for a person that would like to be more than one. */
const NAME = `"><img src=x onerror=alert(1)>`;

let postgres: Postgres;
let rig: Rig;
let web: Running;
let worker: Running;
let browser: Browser;
/** a session's cookie, the newest last */
const fans: string[] = [];
const admins: string[] = [];
const admin = () => admins.at(-1) ?? "";
const slugs: string[] = [];
/** whatever anybody was answered */
const told: string[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  const env = {
    UPSTREAMS: "live",
    LOG_LEVEL: "trace",
    SESSION_SECRET: secret("session"),
    CRON_SECRET: secret("cron"),
    METRICS_TOKEN: secret("metrics"),
  };
  rig = await createRig(postgres, "hostile", { key: secret("key"), env });
  [web, worker] = await Promise.all([rig.startWeb(), rig.startWorker()]);
  await importAll();
  fans.push(await signUp("fan@example.org", NAME));
  admins.push(await signUp("admin@example.org", "Ada"));
  await rig.db.rows("update fans set role = 'admin' where email = 'admin@example.org'");
  admins.push(await signIn("admin@example.org"));
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await endProcesses();
  await rig?.close();
  await postgres?.stop();
});

async function importAll(): Promise<void> {
  slugs.length = 0;
  const begun = await Promise.all(artists.map(({ tmAttractionId }) => startImport(web, tmAttractionId)));
  for (const { artistId } of begun) {
    told.push(JSON.stringify(await rig.ended(web, artistId, PATIENCE_MS)));
    slugs.push(
      (await rig.db.row<{ slug: string }>("select slug from artists where id = $1", [artistId])).slug,
    );
  }
}

/** @returns the cookie that came with the answer */
async function ask(procedure: string, input: object, cookie = ""): Promise<string> {
  const response = await fetch(`${web.url}/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify({ json: input }),
  });
  told.push(await response.text());
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}
const signUp = (email: string, name: string) => ask("auth.signUp", { email, password, name });
const signIn = (email: string) => ask("auth.signIn", { email, password });

async function pages(): Promise<string[]> {
  const shows = await rig.db.rows<{ slug: string }>(
    `(select slug from shows where name ~ '[<>]' limit 2) union (select slug from shows order by length(name) desc limit 1)
     union (select slug from shows order by slug limit 2)`,
  );
  const venues = await rig.db.rows<{ slug: string }>("select slug from venues order by name limit 2");
  const [{ id } = { id: "" }] = await rig.db.rows<{ id: string }>("select id from imports limit 1");
  const [person] = await rig.db.rows<{ id: string }>("select id from fans where email = 'fan@example.org'");
  return [
    "/",
    `/search?q=${encodeURIComponent("<script>alert(1)</script>")}`,
    "/trending",
    "/about",
    ...slugs.map((slug) => `/artists/${slug}`),
    ...slugs.map((slug) => `/artists/${slug}/songs?view=left-out`),
    ...shows.map(({ slug }) => `/shows/${slug}`),
    ...venues.map(({ slug }) => `/venues/${slug}`),
    "/account",
    "/admin",
    "/admin/imports",
    `/admin/imports/${id}`,
    "/admin/matches",
    "/admin/audit",
    "/admin/people",
    `/admin/people/${person?.id}`,
    "/admin/queues/artist-import",
  ];
}

/** What a page may do that it was told by a name: nothing. */
async function watched(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  const complain = (what: string) => void complaints.push(`${page.url()}: ${what}`);
  page.on("dialog", (dialog) => {
    complain(`a dialog says ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => complain(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || /content.security.policy/i.test(message.text()))
      complain(message.text());
  });
  await page.exposeFunction("complain", complain);
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, sourceFile }) =>
      (window as unknown as { complain(what: string): void }).complain(`${violatedDirective} ${sourceFile}`),
    ),
  );
  return complaints;
}

test("a browser walks it all and no script of theirs runs, no policy is broken, no dialog opens", async () => {
  const found = await findChromium(new AbortController().signal);
  if ("problem" in found) throw new Error(found.problem);
  expect(existsSync(found.path)).toBe(true);
  browser = await chromium.launch({
    executablePath: found.path,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const context = await browser.newContext();
  const [name = "", value = ""] = admin().split("=");
  await context.addCookies([{ name, value, url: web.url }]);
  const page = await context.newPage();
  const complaints = await watched(page);
  const visited = await pages();
  for (const path of visited) {
    const response = await page.goto(web.url + path);
    if (response?.status() !== 200) complaints.push(`${path} answers ${response?.status()}`);
    if ((await page.title()) === "taken") complaints.push(`${path}: the title is taken`);
    const links = await page
      .locator('[href^="javascript" i], [src^="javascript" i], [onerror], [onload]')
      .count();
    if (links > 0) complaints.push(`${path}: ${links} addresses or attributes that run`);
    told.push(await page.content());
  }
  expect(complaints).toEqual([]);
  // It was there to be run: names reach the pages as text.
  expect(told.join("")).toContain("&lt;script&gt;");
  expect(visited.length).toBeGreaterThan(20);
});

test(`${REQUESTS} requests made up by chance: none breaks it, none is told a stack, none hangs`, async () => {
  const seed = Number(process.env.TORTURE_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`bad requests: TORTURE_SEED=${seed}`);
  const known = {
    ids: (
      await rig.db.rows<{ id: string }>("select id from artists union select id from imports limit 6")
    ).map(({ id }) => id),
    slugs,
    cookies: [admin(), ...fans],
    host: new URL(web.url).host,
  };
  const requests = fc.sample(badRequests(known), { numRuns: REQUESTS, seed });
  const wrong: string[] = [];
  const statuses: Record<string, number> = {};
  await inLanes(requests.length, LANES, async (n) => {
    const request = requests[n]!;
    const { status, text, how } = await send(web.url, request);
    told.push(text);
    statuses[status ?? how] = (statuses[status ?? how] ?? 0) + 1;
    const problem =
      how === "silent"
        ? "no answer"
        : status === undefined
          ? !request.damaged && "closed without a word"
          : status >= 500
            ? `answers ${status}`
            : /\n\s+at .+:\d+|node_modules|\.tsx?:\d+/.test(text) && "tells a stack";
    if (problem) wrong.push(`${problem}: ${request.text.slice(0, 600)}\n=> ${text.slice(0, 600)}`);
  });
  console.log(`bad requests: ${REQUESTS} sent, answered`, JSON.stringify(statuses));
  expect(wrong).toEqual([]);
  expect((await fetch(`${web.url}/readyz`)).status).toBe(200);
  expect(web.isRunning()).toBe(true);
  expect(web.log()).not.toMatch(/"level":[56]0/);
}, 1_200_000);

test("after an import under faults no secret stands in a log, a page, a row or an error", async () => {
  const faults: Fault[] = [
    { upstream: "ticketmaster", kind: "429-quota", match: "events" },
    { upstream: "spotify-accounts", kind: "401" },
    { upstream: "setlistfm", kind: "403" },
    { upstream: "musicbrainz", kind: "redirect" },
  ];
  // Requests made up by chance may have signed her out.
  admins.push(await signIn("admin@example.org"));
  rig.simulator.setFaults(faults);
  await rig.db.rows("truncate upstream_cache");
  await importAll();
  // Something of ours breaks as well, in a job and in an answer.
  await rig.db.rows("alter table trends rename to trends_gone");
  await ask("admin.runSchedule", { name: "trending" }, admin());
  const cron = await fetch(`${web.url}/api/cron`, { headers: { authorization: `Bearer ${secret("cron")}` } });
  expect(cron.status).toBe(500);
  told.push(await cron.text());
  await until("the job's error is kept", PATIENCE_MS, async () => {
    const kept = await rig.db.rows("select 1 from job_failures where queue = 'trending-calc'");
    return kept.length > 0;
  });
  await rig.db.rows("alter table trends_gone rename to trends");
  for (const path of [...(await pages()), "/metrics", "/healthz", "/readyz", "/api/admin/overview"]) {
    const headers = { cookie: admin(), authorization: `Bearer ${secret("metrics")}` };
    const answer = await fetch(web.url + path, { headers, redirect: "manual" });
    expect(answer.status, path).toBe(200);
    told.push(await answer.text());
  }
  await until("the log has it", 10_000, () => /does not accept the key|key is refused/.test(worker.log()));

  const hidden = [
    MARK,
    Buffer.from(MARK).toString("hex"),
    ...[...fans, ...admins].map((cookie) => cookie.split("=")[1]!),
  ];
  const leaks = (text: string) => hidden.some((one) => text.includes(one));
  expect(leaks(`a ${secret("key")}`)).toBe(true);
  expect(told.filter(leaks)).toEqual([]);
  expect((web.log() + worker.log()).split("\n").filter(leaks)).toEqual([]);
  const tables = await rig.db.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(40);
  const rows = await Promise.all(
    tables.map(({ name }) =>
      rig.db.rows(`select '${name}' as name, x::text as row from ${name} x where x::text ~ $1`, [
        hidden.join("|"),
      ]),
    ),
  );
  expect(rows.flat()).toEqual([]);
}, 600_000);
