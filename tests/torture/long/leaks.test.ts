/** R12: streams that come and go leave nothing behind. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb } from "#db/index";
import { worlds } from "#server/simulator/index";
import { openStream } from "../../stream-reader.ts";
import { insertVotedShow, type VotedShow } from "../../voted-show.ts";
import { type Postgres, startPostgres } from "../databases.ts";
import { inLanes } from "../lanes.ts";
import { endProcesses, type Running } from "../processes.ts";
import { createRig, type Rig, startImport } from "../rig.ts";
import { figure, times } from "../round.ts";
import { until } from "../until.ts";
import { heapEnv, readHeap } from "./heap.ts";

const CYCLES = times(5_000);
/** everything is loaded and compiled by then */
const WARM = 500;
const AT_ONCE = 20;
const PATIENCE_MS = 120_000;
/** what is promised */
const GROWTH_BYTES = 5 * 1024 * 1024;
const METRICS_TOKEN = "a token of the torture";

let postgres: Postgres;
let rig: Rig;
let show: VotedShow;
beforeAll(async () => {
  postgres = await startPostgres();
  rig = await createRig(postgres, "small");
  const db = createDb(rig.db.url);
  show = await insertVotedShow(db, 25);
  await db.destroy();
});
afterAll(async () => {
  await endProcesses();
  await rig?.close();
  await postgres?.stop();
});

async function openStreams(web: Running): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${web.url}/metrics`, { headers })).text();
  const counts = [...text.matchAll(/^theset_streams_open\S* (\d+)$/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
}

test(
  "R12: streams that come and go leave no reader, no memory and no socket behind",
  { timeout: 1_800_000 },
  async () => {
    const web = await rig.startWeb({ ...heapEnv, METRICS_TOKEN });
    // Nobody works: its stream stays open as long as somebody reads.
    const { artistId } = await startImport(web, worlds.small.artists.saltmarsh.tmAttractionId);
    const addresses = [`/api/shows/${show.showId}/stream`, `/api/artists/${artistId}/stream`];
    const cycle = async (n: number) => {
      const reader = await openStream(web.url + addresses[n % addresses.length]!);
      expect(reader.status).toBe(200);
      // Every third leaves without waiting for its first snapshot.
      if (n % 3 !== 0) await until("its first snapshot", PATIENCE_MS, () => reader.text().includes("data:"));
      reader.leave();
      await reader.over;
    };
    const settled = () => until("no stream is open", PATIENCE_MS, async () => (await openStreams(web)) === 0);

    await inLanes(WARM, AT_ONCE, cycle);
    await settled();
    const before = await readHeap(web);
    await inLanes(CYCLES, AT_ONCE, cycle);
    await settled();
    const after = await readHeap(web);
    const growth = after.bytes - before.bytes;
    figure(
      "R12",
      `${CYCLES} streams came and went: 0 open, ${(growth / 2 ** 20).toFixed(1)} MB more after collection ` +
        `(of ${(before.bytes / 2 ** 20).toFixed(0)} MB), ${after.open} open handles after ${before.open}`,
    );
    expect(growth).toBeLessThanOrEqual(GROWTH_BYTES);
    // The database pool and what fetch keeps alive go up and down by a few.
    expect(after.open).toBeLessThanOrEqual(before.open + AT_ONCE);
  },
);
