/** R1, R2: a worker killed at any line loses and doubles nothing, whether it comes back or another takes over. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { type Postgres, startPostgres } from "./databases.ts";
import { holdInserts } from "./hold.ts";
import { endProcesses, type Running } from "./processes.ts";
import { createRig, type Rig, startImport } from "./rig.ts";
import { figure, LONG, seconds, times } from "./round.ts";
import { seededRandom } from "./seed.ts";
import { differences, type Snapshot, snapshot } from "./snapshot.ts";
import { falls, follow } from "./stream.ts";
import { until } from "./until.ts";

const { tmAttractionId } = worlds.kills.artists.division;
const RANDOM_KILLS = times(196);
/** Mostly waiting for the heartbeat to be missed, so several go side by side. */
const LANES = LONG ? 4 : 3;
/** how long this test waits for anything before it gives up; what is promised is asserted */
const PATIENCE_MS = 240_000;
/** the contract's: a process is back within 10 s of dying, a killed worker's import goes on within 30 s */
const BACK_MS = 10_000;
const TAKEN_UP_MS = 30_000;
const DONE_MS = 60_000;

type Point = {
  name: string;
  /** Makes the worker stand still at the point; `reached` waits for that, `free` lets the next worker pass. */
  set(rig: Rig): Promise<{ reached(): Promise<unknown>; free?(): Promise<void> }>;
};
type Killed = { takenUpMs: number; doneMs: number; problems: string[] };

const silent = (match: string, upstream: "ticketmaster" | "setlistfm"): Point["set"] =>
  async function (rig) {
    rig.simulator.setFaults([{ upstream, kind: "hang", match, times: 1 }]);
    return { reached: () => rig.asked(match, PATIENCE_MS) };
  };

const points: Point[] = [
  { name: "identity, while setlist.fm is asked who they are", set: silent("/search/artists", "setlistfm") },
  { name: "shows, with the dated ones written", set: silent("includeTBA=only", "ticketmaster") },
  { name: "past-setlists, after the first page", set: silent("p=2", "setlistfm") },
  {
    name: "predictions, within their transaction",
    async set({ db }) {
      const hold = await holdInserts(db, "setlist_songs");
      return { reached: () => hold.reached(PATIENCE_MS), free: () => hold.release() };
    },
  },
];

/** A product whose worker dies again and again. */
type Lane = { rig: Rig; web: Running; worker: Running };

let postgres: Postgres;
let lanes: Lane[];
let undisturbed: { snapshot: Snapshot; ms: number };
beforeAll(async () => {
  postgres = await startPostgres();
  lanes = await Promise.all(Array.from({ length: LANES }, openLane));
  const [{ rig, web }] = lanes as [Lane];
  const once = async () => {
    await rig.forget();
    const began = Date.now();
    const started = await startImport(web, tmAttractionId);
    expect((await rig.ended(web, started.artistId, PATIENCE_MS)).stage).toBe("completed");
    return Date.now() - began;
  };
  // The first one warms the processes up: a moment within the second is a moment within the others.
  await once();
  undisturbed = { ms: await once(), snapshot: await snapshot(rig.db) };
}, 600_000);
afterAll(async () => {
  await endProcesses();
  await Promise.all((lanes ?? []).map(({ rig }) => rig.close()));
  await postgres?.stop();
});

async function openLane(): Promise<Lane> {
  const rig = await createRig(postgres, "kills");
  const [web, worker] = await Promise.all([rig.startWeb(), rig.startWorker()]);
  return { rig, web, worker };
}

const LIMIT = { timeout: LONG ? 5_400_000 : 900_000 };

test(
  `R1: a worker killed in each step, and ${RANDOM_KILLS} × at random, loses and doubles nothing`,
  LIMIT,
  async () => {
    const random = seededRandom();
    const randomly = Array.from({ length: RANDOM_KILLS }, (): Point => {
      const ms = Math.floor(random() * undisturbed.ms);
      return { name: `${ms} ms after the click`, set: async () => ({ reached: () => sleep(ms) }) };
    });
    await killAll("R1", [...points, ...randomly], killAt);
  },
);

// Two workers are two more processes: too much for the short round, which kills in the same places.
if (LONG)
  test("R2: another worker takes over within 30 s, once", LIMIT, async () => {
    const all = Array.from({ length: times(16) }, (_, n) => points[n % points.length]!);
    await killAll("R2", all, (lane, point) => killAt(lane, point, { another: true }));
  });

async function killAll(
  promise: "R1" | "R2",
  all: Point[],
  kill: (lane: Lane, point: Point) => Promise<Killed>,
): Promise<void> {
  const waiting = [...all];
  const results: (Killed & { point: string })[] = [];
  const work = async (lane: Lane) => {
    for (let point = waiting.shift(); point; point = waiting.shift()) {
      const result = await kill(lane, point);
      results.push({ point: point.name, ...result });
      const [taken, done] = [result.takenUpMs, result.doneMs].map(seconds);
      console.log(`killed in ${point.name}: taken up after ${taken}, done after ${done}`);
    }
  };
  await Promise.all(lanes.map(work));
  const wrong = results.filter(({ problems }) => problems.length > 0);
  const takenUpMs = Math.max(...results.map((result) => result.takenUpMs));
  const doneMs = Math.max(...results.map((result) => result.doneMs));
  figure(
    promise,
    `${results.length} kills, ${wrong.length} with a row lost or doubled or a fall; ` +
      `taken up after ${seconds(takenUpMs)} and done after ${seconds(doneMs)} at most`,
  );
  expect(wrong).toEqual([]);
  expect(results).toHaveLength(all.length);
  expect(takenUpMs).toBeLessThanOrEqual(TAKEN_UP_MS);
  expect(doneMs).toBeLessThanOrEqual(DONE_MS);
}

/** @param options.another a second worker is there already and takes over; else the killed one is started again */
async function killAt(lane: Lane, point: Point, options: { another?: boolean } = {}): Promise<Killed> {
  const { rig, web } = lane;
  await rig.forget();
  const { reached, free } = await point.set(rig);
  const started = await startImport(web, tmAttractionId);
  const reader = await follow(`${web.url}/api/artists/${started.artistId}/stream`);
  await reached();
  const other = options.another ? await rig.startWorker() : undefined;
  await lane.worker.kill();
  const killedAt = Date.now();
  const { attempt, stage } = await rig.state(started.importId);
  await free?.();
  lane.worker = other ?? (await rig.startWorker());
  // A machine too busy to start a process in time is not what is measured here.
  const since = killedAt + Math.max(0, Date.now() - killedAt - BACK_MS);
  await until(
    "the import is taken up",
    PATIENCE_MS,
    async () => {
      const now = await rig.state(started.importId);
      return now.attempt > attempt || now.percentage === 100;
    },
    100,
  );
  const takenUpMs = Date.now() - since;
  const status = await rig.ended(web, started.artistId, PATIENCE_MS);
  const doneMs = Date.now() - since;

  const problems = [...falls(reader.seen), ...differences(undisturbed.snapshot, await snapshot(rig.db))];
  if (status.stage !== "completed") problems.push(`ended ${status.stage}; was ${stage} when killed`);
  if (!(await reader.closed)) problems.push("the stream broke off");
  if (reader.seen.at(-1)?.percentage !== 100) problems.push("the stream did not tell the end");
  const jobs = await rig.db.rows("select state from pgboss.job where name = 'artist-import'");
  if (jobs.length !== 1) problems.push(`${jobs.length} jobs`);
  const takes = (await rig.state(started.importId)).attempt;
  if (other && takes !== attempt + 1) problems.push(`taken ${takes} times, ${attempt} before the kill`);
  return { takenUpMs, doneMs, problems };
}
