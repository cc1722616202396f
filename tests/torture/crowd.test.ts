/** R9: many open pages are cheap. R10: readers that never read are in nobody's way. `TORTURE=long` has ten times as many. */
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { channels, notify } from "#db/channels";
import { createDb, type Db } from "#db/index";
import { openStream } from "../stream-reader.ts";
import { insertVotedShow, type VotedShow } from "../voted-show.ts";
import { type Postgres, startPostgres } from "./databases.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type Rig } from "./rig.ts";
import { figure, LONG, times } from "./round.ts";
import { until } from "./until.ts";

const PAGES = times(2_000, 200);
const SOME = 50;
const DEAF = 200;
const SECONDS = times(60, 8);
const VOTES_A_SECOND = 50;
const PATIENCE_MS = 120_000;
/** what is promised */
const ON_SCREEN_MS = 1_000;
const GROWTH_BYTES = 150 * 1024 * 1024;
const READINGS_A_SECOND = 10;
const UNCHANGED = 0.2;
/** less than a reading's pace is nobody's delay */
const UNCHANGED_MS = 100;
/** as a setlist is, and as large as a snapshot gets, so that the sockets of those who never read fill up */
const SONGS = 25;
const MOST_SONGS = 400;

let postgres: Postgres;
let rig: Rig;
let db: Db;
let web: Running;
beforeAll(async () => {
  postgres = await startPostgres();
  rig = await createRig(postgres, "small");
  db = createDb(rig.db.url);
  web = await rig.startWeb();
});
afterAll(async () => {
  await endProcesses();
  await db?.destroy();
  await rig?.close();
  await postgres?.stop();
});

async function count(show: VotedShow, votes: number): Promise<void> {
  await db
    .insertInto("tallies")
    .values({ show_id: show.showId, setlist_song_id: show.setlistSongIds[0]!, votes })
    .onConflict((clash) => clash.column("setlist_song_id").doUpdateSet({ votes }))
    .execute();
  await notify(db, channels.tally, show.showId);
}

type Page = { seen: [votes: number, at: number][]; leave(): void };

async function openPage(show: VotedShow): Promise<Page> {
  const seen: Page["seen"] = [];
  // The first song's count is enough: to parse all of a thousand pages would be what is measured.
  const onEvent = (_event: string, data: string) =>
    seen.push([Number(/"votes":(\d+)/.exec(data)?.[1]), performance.now()]);
  const { status, leave } = await openStream(`${web.url}/api/shows/${show.showId}/stream`, { onEvent });
  expect(status).toBe(200);
  return { seen, leave };
}

async function openPages(show: VotedShow, many: number): Promise<Page[]> {
  const pages: Page[] = [];
  while (pages.length < many)
    pages.push(...(await Promise.all(Array.from({ length: 50 }, () => openPage(show)))));
  return pages;
}

/** Asks for the stream and never reads a byte of it. */
function openDeaf(show: VotedShow): Promise<Socket> {
  const { hostname, port } = new URL(web.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  socket.pause();
  return new Promise((resolve) =>
    socket.write(`GET /api/shows/${show.showId}/stream HTTP/1.1\r\nHost: deaf\r\n\r\n`, () =>
      resolve(socket),
    ),
  );
}

type Measured = {
  /** how long the 95th of a hundred counts took to be on a page */
  p95Ms: number;
  /** the newest count */
  last: number;
  /** what was really said: on a machine that is busy reading, less than was meant */
  votesASecond: number;
  snapshotsASecond: number;
};

/** Votes for a while, and waits until the last one is on every page. */
async function voteAndMeasure(show: VotedShow, pages: Page[], from: number): Promise<Measured> {
  for (const { seen } of pages) seen.length = 0;
  const born: number[] = [];
  const began = performance.now();
  for (let n = 0; performance.now() < began + SECONDS * 1_000; n++) {
    const early = began + (n * 1000) / VOTES_A_SECOND - performance.now();
    if (early > 0) await sleep(early);
    born.push(performance.now());
    await count(show, from + n);
  }
  const saidFor = (performance.now() - began) / 1000;
  const last = from + born.length - 1;
  await until("the last count is on every page", PATIENCE_MS, () =>
    pages.every(({ seen }) => seen.at(-1)?.[0] === last),
  );
  const shownFor = (performance.now() - began) / 1000;
  const waits = pages.flatMap(({ seen }) => seen.map(([votes, at]) => at - (born[votes - from] ?? began)));
  return {
    last,
    p95Ms: waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? NaN,
    votesASecond: born.length / saidFor,
    snapshotsASecond: Math.max(...pages.map(({ seen }) => seen.length)) / shownFor,
  };
}

const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

test("R9: many open pages are cheap", { timeout: 600_000 }, async () => {
  const show = await insertVotedShow(db, SONGS);
  await count(show, 1_000);
  const idle = web.memory();
  const pages = await openPages(show, PAGES);
  const crowd = await voteAndMeasure(show, pages, 1_001);
  const growth = web.memory() - idle;
  figure(
    "R9",
    `${PAGES} pages, ${crowd.votesASecond.toFixed(0)} votes a second for ${SECONDS} s: p95 ${crowd.p95Ms.toFixed(0)} ms; ` +
      `${crowd.snapshotsASecond.toFixed(1)} snapshots a second; ${mb(growth)} more`,
  );
  for (const page of pages) page.leave();
  expect(crowd.p95Ms).toBeLessThanOrEqual(ON_SCREEN_MS);
  // One more may lie on the edge of the time that is looked at.
  expect(crowd.snapshotsASecond).toBeLessThanOrEqual(READINGS_A_SECOND + 1 / SECONDS);
  expect(growth).toBeLessThanOrEqual(GROWTH_BYTES);
});

test("R10: readers that never read hurt only themselves", { timeout: 600_000 }, async () => {
  const show = await insertVotedShow(db, MOST_SONGS);
  await count(show, 1_000);
  const pages = await openPages(show, SOME);
  const alone = await voteAndMeasure(show, pages, 1_001);
  const before = web.memory();
  const deaf = await Promise.all(Array.from({ length: DEAF }, () => openDeaf(show)));
  const beside = await voteAndMeasure(show, pages, alone.last + 1);
  const growth = web.memory() - before;
  figure(
    "R10",
    `${SOME} pages beside ${DEAF} that never read: p95 ${beside.p95Ms.toFixed(0)} ms (alone ${alone.p95Ms.toFixed(0)} ms); ${mb(growth)} more`,
  );
  for (const socket of deaf) socket.destroy();
  for (const page of pages) page.leave();
  expect(beside.p95Ms).toBeLessThanOrEqual(ON_SCREEN_MS);
  // The short round has other files beside it, whose bursts fall into one of the two.
  if (LONG)
    expect(beside.p95Ms).toBeLessThanOrEqual(
      Math.max(alone.p95Ms * (1 + UNCHANGED), alone.p95Ms + UNCHANGED_MS),
    );
  expect(growth).toBeLessThanOrEqual(GROWTH_BYTES);
});
