/** R9, R10: many open pages are cheap, and those that never read are in nobody's way. `TORTURE=long` has ten times as many. */
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
import { figure, times } from "./round.ts";
import { until } from "./until.ts";

const PAGES = times(2_000, 200);
const DEAF = 200;
const SECONDS = times(60, 8);
const VOTES_A_SECOND = 50;
const PATIENCE_MS = 120_000;
/** what is promised */
const ON_SCREEN_MS = 1_000;
const GROWTH_BYTES = 150 * 1024 * 1024;
/** as large as a snapshot gets, so that sockets fill up */
const SONGS = 400;

let postgres: Postgres;
let rig: Rig;
let db: Db;
let show: VotedShow;
beforeAll(async () => {
  postgres = await startPostgres();
  rig = await createRig(postgres, "small");
  db = createDb(rig.db.url);
  show = await insertVotedShow(db, SONGS);
});
afterAll(async () => {
  await endProcesses();
  await db?.destroy();
  await rig?.close();
  await postgres?.stop();
});

async function count(votes: number): Promise<void> {
  await db
    .insertInto("tallies")
    .values({ show_id: show.showId, setlist_song_id: show.setlistSongIds[0]!, votes })
    .onConflict((clash) => clash.column("setlist_song_id").doUpdateSet({ votes }))
    .execute();
  await notify(db, channels.tally, show.showId);
}

type Page = { seen: [votes: number, at: number][] };

async function openPage(web: Running): Promise<Page> {
  const page: Page = { seen: [] };
  // The first song's count is enough: to parse all of a thousand pages would be what is measured.
  const onEvent = (_event: string, data: string) =>
    page.seen.push([Number(/"votes":(\d+)/.exec(data)?.[1]), performance.now()]);
  const { status } = await openStream(`${web.url}/api/shows/${show.showId}/stream`, { onEvent });
  expect(status).toBe(200);
  return page;
}

/** Asks for the stream and never reads a byte of it. */
function openDeaf(web: Running): Promise<Socket> {
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

/** Votes for a while. @returns how long the 95th of a hundred took to be on a page, in ms, and the newest count */
async function voteAndMeasure(
  pages: Page[],
  from: number,
): Promise<{ p95: number; last: number; seconds: number }> {
  for (const page of pages) page.seen = [];
  const born: number[] = [];
  const began = performance.now();
  for (let n = 0; n < SECONDS * VOTES_A_SECOND; n++) {
    const early = began + (n * 1000) / VOTES_A_SECOND - performance.now();
    if (early > 0) await sleep(early);
    born.push(performance.now());
    await count(from + n);
  }
  const last = from + born.length - 1;
  await until("the last count is on every page", PATIENCE_MS, () =>
    pages.every(({ seen }) => seen.at(-1)?.[0] === last),
  );
  const waits = pages.flatMap(({ seen }) => seen.map(([votes, at]) => at - (born[votes - from] ?? began)));
  const seconds = (performance.now() - began) / 1000;
  return { seconds, last, p95: waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)] ?? NaN };
}

test(
  "R9, R10: many pages are cheap, and readers that never read hurt only themselves",
  { timeout: 600_000 },
  async () => {
    const web = await rig.startWeb();
    await count(1_000);
    const pages: Page[] = [];
    while (pages.length < PAGES)
      pages.push(...(await Promise.all(Array.from({ length: 50 }, () => openPage(web)))));
    const before = web.memory();
    const alone = await voteAndMeasure(pages, 1_001);
    const deaf = await Promise.all(Array.from({ length: DEAF }, () => openDeaf(web)));
    const beside = await voteAndMeasure(pages, alone.last + 1);
    const growth = web.memory() - before;
    const most = Math.max(...pages.map(({ seen }) => seen.length));
    figure(
      "R9",
      `${PAGES} pages, ${VOTES_A_SECOND} votes a second: p95 ${alone.p95.toFixed(0)} ms; ${most} snapshots in ${beside.seconds.toFixed(1)} s`,
    );
    figure(
      "R10",
      `beside ${DEAF} who never read: p95 ${beside.p95.toFixed(0)} ms; ${(growth / 1024 / 1024).toFixed(0)} MB more`,
    );
    expect(alone.p95).toBeLessThanOrEqual(ON_SCREEN_MS);
    expect(beside.p95).toBeLessThanOrEqual(ON_SCREEN_MS);
    expect(growth).toBeLessThanOrEqual(GROWTH_BYTES);
    expect(most).toBeLessThanOrEqual(beside.seconds * 10 + 1);
    for (const socket of deaf) socket.destroy();
  },
);
