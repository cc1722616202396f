/** R13: stopping in order. R4: a worker that was paused for so long that its job is another's writes nothing late. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { type Postgres, startPostgres } from "./databases.ts";
import { holdInserts } from "./hold.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type Rig, startImport, type StartedImport } from "./rig.ts";
import { figure, LONG, seconds, times } from "./round.ts";
import { differences, type Snapshot, snapshot } from "./snapshot.ts";
import { falls, follow } from "./stream.ts";
import { until } from "./until.ts";

const { tmAttractionId } = worlds.kills.artists.division;
const PATIENCE_MS = 120_000;
const STOP_MS = 10_000;
const HANDED_ON_MS = 15_000;
/** longer than a missed heartbeat takes to be noticed */
const PAUSE_MS = LONG ? 40_000 : 20_000;
const PAUSES = times(9);

type Product = { rig: Rig; web: Running; worker: Running };

let postgres: Postgres;
let products: Product[];
let undisturbed: Snapshot;
beforeAll(async () => {
  postgres = await startPostgres();
  products = await Promise.all([open(), open()]);
  const [{ rig, web }] = products as [Product];
  const { artistId } = await startImport(web, tmAttractionId);
  await rig.ended(web, artistId, PATIENCE_MS);
  undisturbed = await snapshot(rig.db);
}, 600_000);
afterAll(async () => {
  await endProcesses();
  await Promise.all((products ?? []).map(({ rig }) => rig.close()));
  await postgres?.stop();
});

async function open(): Promise<Product> {
  const rig = await createRig(postgres, "kills");
  const [web, worker] = await Promise.all([rig.startWeb(), rig.startWorker()]);
  return { rig, web, worker };
}

/** What a worker says when it finds that its import is another's: by the fence, or by a connection it lost. */
const gaveUp = /left to a newer attempt|the queue tries it again|handed back to the queue/;

/** An import that stands still in past-setlists, after the first page. */
async function interrupted({ rig, web }: Product, kind: "hang" | "slow"): Promise<StartedImport> {
  await rig.forget();
  rig.simulator.setFaults([{ upstream: "setlistfm", kind, match: "p=2", times: 1, ms: 3_000 }]);
  const started = await startImport(web, tmAttractionId);
  await rig.asked("p=2", PATIENCE_MS);
  return started;
}

async function expectUndisturbed({ rig, web }: Product, { artistId }: StartedImport): Promise<void> {
  expect((await rig.ended(web, artistId, PATIENCE_MS)).stage).toBe("completed");
  expect(differences(undisturbed, await snapshot(rig.db))).toEqual([]);
}

/** @param worker the only one there is, so the one that has the import */
async function stopWorker(product: Product, worker: Running): Promise<void> {
  const { rig, web } = product;
  const started = await interrupted(product, "hang");
  await rig.startWorker();
  const began = Date.now();
  worker.signal("SIGTERM");
  expect(await worker.ended).toBe(0);
  const goneMs = Date.now() - began;
  await rig.ended(web, started.artistId, PATIENCE_MS);
  const doneMs = Date.now() - began;
  figure("R13", `SIGTERM of a worker: gone after ${goneMs} ms, its import done elsewhere after ${doneMs} ms`);
  await expectUndisturbed(product, started);
  expect(goneMs).toBeLessThanOrEqual(STOP_MS);
  expect(doneMs).toBeLessThanOrEqual(HANDED_ON_MS);
  expect(await rig.db.row("select failures from imports")).toEqual({ failures: 0 });
}

async function stopWeb(product: Product): Promise<void> {
  const { web } = product;
  const { artistId } = await interrupted(product, "hang");
  const address = `${web.url}/api/artists/${artistId}/stream`;
  const readers = await Promise.all(Array.from({ length: 20 }, () => follow(address)));
  await until("each has its snapshot", PATIENCE_MS, () => readers.every(({ seen }) => seen.length > 0));
  const began = Date.now();
  web.signal("SIGTERM");
  expect(await web.ended).toBe(0);
  const goneMs = Date.now() - began;
  await Promise.all(readers.map(({ closed }) => closed));
  figure("R13", `SIGTERM of web with ${readers.length} open streams: gone after ${goneMs} ms`);
  expect(goneMs).toBeLessThanOrEqual(STOP_MS);
  expect(readers.map((reader) => reader.rest()).filter((rest) => rest.includes("event:"))).toEqual([]);
}

/** Pauses the worker in the middle of an import. @returns the one that took over, now the only one */
async function wakeLate(product: Product, sleeper: Running): Promise<Running> {
  const { rig, web } = product;
  const late = await interrupted(product, "slow");
  sleeper.signal("SIGSTOP");
  const stoppedAt = Date.now();
  const reader = await follow(`${web.url}/api/artists/${late.artistId}/stream`);
  const second = await rig.startWorker();
  await expectUndisturbed(product, late);
  await until("the pause is over", PATIENCE_MS, () => Date.now() - stoppedAt >= PAUSE_MS);
  sleeper.signal("SIGCONT");
  await sleeper.said(gaveUp, PATIENCE_MS);
  await expectUndisturbed(product, late);
  expect(falls(reader.seen)).toEqual([]);
  await sleeper.kill();
  return second;
}

// Two products side by side: most of it is waiting for a heartbeat to be missed.
describe.concurrent("side by side", () => {
  test(
    "R4, R13: a worker that wakes when its import is long done writes nothing; those told to stop hand on what they do",
    async () => {
      const product = products[0] as Product;
      let only = product.worker;
      for (let pause = 0; pause < PAUSES; pause++) only = await wakeLate(product, only);
      figure("R4", `${PAUSES} × paused for ${seconds(PAUSE_MS)} while another did its work: no write late`);

      await stopWorker(product, only);
      await stopWeb(product);
    },
    LONG ? 5_400_000 : 900_000,
  );

  test("R4: a worker paused within a transaction stops nobody, and closes no job when it wakes", async () => {
    const product = products[1] as Product;
    const { rig, web, worker: sleeper } = product;
    const writing = await holdInserts(rig.db, "past_setlist_songs");
    const early = await startImport(web, tmAttractionId);
    await writing.reached(PATIENCE_MS);
    sleeper.signal("SIGSTOP");
    // The statement ends, the transaction does not: its locks are the sleeper's still.
    await writing.release();
    const predicting = await holdInserts(rig.db, "setlist_songs");
    const second = await rig.startWorker();
    await predicting.reached(PATIENCE_MS);
    sleeper.signal("SIGCONT");
    await sleeper.said(gaveUp, PATIENCE_MS);
    await second.kill();
    await predicting.release();
    // Only a job that is still open brings the import to its end now.
    await expectUndisturbed(product, early);
  }, 900_000);
});
