/**
 * R11: a thousand open pages outlive a restart of web. R8: counts are true again after a connection that went deaf
 * without a word, and after a restart of Postgres.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createDb, type Db } from "#db/index";
import { channels, notify } from "#db/channels";
import { startDeafProxy } from "../deaf-proxy.ts";
import { openStream, type StreamReader } from "../stream-reader.ts";
import { insertVotedShow, type VotedShow } from "../voted-show.ts";
import { type MortalPostgres, startMortalPostgres } from "./databases.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type Rig } from "./rig.ts";
import { figure } from "./round.ts";
import { until } from "./until.ts";

const PAGES = 1_000;
const PATIENCE_MS = 120_000;
/** what is promised */
const LIVE_AGAIN_MS = 15_000;
const TERMINATED_MS = 5_000;
const HALF_OPEN_MS = 20_000;
const POSTGRES_BACK_MS = 10_000;
/** readers come back over so long at least */
const SPREAD_MS = 3_000;

let postgres: MortalPostgres;
let rig: Rig;
let db: Db;
let show: VotedShow;
beforeAll(async () => {
  postgres = await startMortalPostgres();
  rig = await createRig(postgres, "small");
  db = createDb(rig.db.url, { onError: () => undefined });
  show = await insertVotedShow(db, 25);
});
afterEach(() => endProcesses());
afterAll(async () => {
  await db?.destroy();
  await rig?.close();
  await postgres?.stop();
});

/** What the ballot box does: the count, then a hint. */
async function count(votes: number): Promise<void> {
  await db
    .insertInto("tallies")
    .values({ show_id: show.showId, setlist_song_id: show.setlistSongIds[0]!, votes })
    .onConflict((clash) => clash.column("setlist_song_id").doUpdateSet({ votes }))
    .execute();
  await notify(db, channels.tally, show.showId);
}

type Page = {
  /** the newest count it shows */
  votes: number;
  /** when it was let in last */
  since: number;
  /** answers other than a stream */
  refusals: { status: number; retryAfter: string | undefined }[];
  close(): void;
};

/** A page as a browser keeps it: after an end it waits as it was told, and comes back until it is let in. */
function openPage(url: string): Page {
  let over = false;
  let reader: StreamReader | undefined;
  let retryMs = 3_000;
  const page: Page = {
    votes: -1,
    since: 0,
    refusals: [],
    close() {
      over = true;
      reader?.leave();
    },
  };
  const onEvent = (_event: string, data: string, block: string) => {
    page.votes = (JSON.parse(data) as { songs: { votes: number }[] }).songs[0]!.votes;
    retryMs = Number(/^retry: (\d+)$/m.exec(block)?.[1] ?? retryMs);
  };
  void (async () => {
    while (!over) {
      reader = await openStream(url, { onEvent }).catch(() => undefined);
      if (reader?.status === 200) page.since = Date.now();
      else if (reader)
        page.refusals.push({ status: reader.status, retryAfter: reader.headers["retry-after"] });
      await reader?.over;
      if (!over) await sleep(retryMs);
    }
  })();
  return page;
}

const streamOf = (web: Running) => `${web.url}/api/shows/${show.showId}/stream`;
const isReady = async (web: Running) => (await fetch(`${web.url}/readyz`)).status === 200;

/** The process of Postgres that web listens by; none while it is away. */
async function ear(): Promise<number | undefined> {
  const [row] = await rig.db.rows<{ pid: number }>(
    `select pid from pg_stat_activity
     where application_name = 'theset hub' and datname = current_database() and query ilike '%listen%'
     order by backend_start desc limit 1`,
  );
  return row?.pid;
}

/**
 * Web may say that it is ready, and a hint may still pass, before it has noticed that a connection is lost: what comes
 * next has to meet the connection after that one.
 */
async function listensAnew(web: Running, lost: number): Promise<void> {
  await until("web listens by another connection", PATIENCE_MS, async () => {
    const now = await ear();
    return now !== undefined && now !== lost;
  });
  await until("web is ready", PATIENCE_MS, () => isReady(web));
}

test("R11: a thousand open pages are live again within 15 s of a restart, and do not come back in one moment", async () => {
  const web = await rig.startWeb();
  const { port } = new URL(web.url);
  await count(1);
  const pages = Array.from({ length: PAGES }, () => openPage(streamOf(web)));
  await until("all pages are live", PATIENCE_MS, () => pages.every(({ votes }) => votes === 1));
  await count(2);
  await until("all have the vote", PATIENCE_MS, () => pages.every(({ votes }) => votes === 2));

  const began = Date.now();
  web.signal("SIGTERM");
  expect(await web.ended).toBe(0);
  const goneMs = Date.now() - began;
  const again = await rig.startWeb({ PORT: port });
  const backMs = Date.now() - began;
  await until("all pages are live again", PATIENCE_MS, () => pages.every(({ since }) => since > began));
  const liveMs = Math.max(...pages.map(({ since }) => since)) - began;
  const spreadMs =
    Math.max(...pages.map(({ since }) => since)) - Math.min(...pages.map(({ since }) => since));
  const connections = await rig.db.row<{ n: number }>(
    "select count(*)::int as n from pg_stat_activity where application_name = 'theset web'",
  );
  figure(
    "R11",
    `${PAGES} pages: web gone after ${goneMs} ms, back after ${backMs} ms, all live after ${liveMs} ms, ` +
      `over ${spreadMs} ms; ${connections.n} database connections`,
  );
  await count(3);
  await until("all have the next vote", PATIENCE_MS, () => pages.every(({ votes }) => votes === 3));
  const refusals = pages.flatMap((page) => page.refusals);
  expect(refusals.filter(({ status, retryAfter }) => status !== 503 || !retryAfter)).toEqual([]);
  expect(liveMs).toBeLessThanOrEqual(LIVE_AGAIN_MS);
  expect(spreadMs).toBeGreaterThanOrEqual(SPREAD_MS);
  expect(connections.n).toBeLessThanOrEqual(10);
  for (const page of pages) page.close();
  expect(again.isRunning()).toBe(true);
}, 300_000);

test("R8: counts are true again after a connection that was ended, one that went deaf, and after a restart of Postgres", async () => {
  const proxy = await startDeafProxy(rig.db.url);
  const web = await rig.startWeb({ DATABASE_LISTEN_URL: proxy.url });
  const page = openPage(streamOf(web));
  await count(10);
  await until("the page is live", PATIENCE_MS, () => page.votes === 10);

  const first = (await ear())!;
  let began = Date.now();
  await rig.db.rows("select pg_terminate_backend($1)", [first]);
  await count(9);
  await until("the page has what was said meanwhile", PATIENCE_MS, () => page.votes === 9);
  const terminatedMs = Date.now() - began;
  await listensAnew(web, first);

  const second = (await ear())!;
  proxy.goDeaf("open");
  began = Date.now();
  await count(11);
  await until("the page has what it could not hear", PATIENCE_MS, () => page.votes === 11);
  const deafMs = Date.now() - began;
  await listensAnew(web, second);
  await until("one connection is left", PATIENCE_MS, () => proxy.open() === 1);

  await postgres.end("immediate");
  await until("web says that it is not ready", PATIENCE_MS, async () => !(await isReady(web)));
  await postgres.begin();
  began = Date.now();
  await count(12);
  const countedMs = Date.now() - began;
  await until("the page has the vote", PATIENCE_MS, () => page.votes === 12);
  const restartMs = Date.now() - began;
  figure(
    "R8",
    `true again ${terminatedMs} ms after the connection was ended, ${deafMs} ms after a half-open loss, ${restartMs} ms after a restart of Postgres, ` +
      `which took the vote after ${countedMs} ms`,
  );
  expect(terminatedMs).toBeLessThanOrEqual(TERMINATED_MS);
  expect(deafMs).toBeLessThanOrEqual(HALF_OPEN_MS);
  expect(restartMs).toBeLessThanOrEqual(POSTGRES_BACK_MS);
  expect(web.isRunning()).toBe(true);
  page.close();
  await proxy.stop();
}, 300_000);
