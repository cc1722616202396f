/** R21: however many workers there are, a service is asked no faster than it allows; a rest and a day's calls are everybody's. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Upstream } from "#server/simulator/index";
import { type Postgres, startPostgres } from "../databases.ts";
import { endProcesses } from "../processes.ts";
import { createRig, type Rig, startImport } from "../rig.ts";
import { figure, times } from "../round.ts";
import { until } from "../until.ts";

const WORKERS = 3;
/** enough for every service to be asked all the time */
const ARTISTS = 18;
const FEW = 8;
const SECONDS = times(60);
const PATIENCE_MS = 600_000;
/** the published ones */
const RATES: Partial<Record<Upstream, number>> = {
  ticketmaster: 5,
  spotify: 2,
  setlistfm: 1,
  musicbrainz: 1,
};
/** between two of our turns and the service's clock lie two networks and a busy machine */
const JITTER_MS = 50;
const REST_S = 10;
const DAY = 15;

let postgres: Postgres;
let rig: Rig;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterEach(async () => {
  await endProcesses();
  await rig?.close();
});
afterAll(() => postgres?.stop());

type Asked = { upstream: Upstream; at: number; status: number };
const asked = (): Asked[] =>
  rig.simulator.requests().map(({ upstream, at, status }) => ({ upstream, status, at: Date.parse(at) }));

/** The most requests that any second held, less how long the simulator itself may have let one of them wait. */
function busiestSecond(moments: number[], stoodStillMs: number): number {
  const windowMs = 1_000 - Math.max(JITTER_MS, stoodStillMs);
  const sorted = [...moments].sort((a, b) => a - b);
  const held = sorted.map((at, n) => sorted.slice(n).filter((other) => other < at + windowMs).length);
  return Math.max(0, ...held);
}

async function importSome(
  artists: number,
  startWorkers: () => Promise<unknown>,
  webEnv: Record<string, string> = {},
): Promise<void> {
  const web = await rig.startWeb(webEnv);
  const some = rig.simulator.artists().slice(0, artists);
  expect(some).toHaveLength(artists);
  for (const { tmAttractionId } of some) await startImport(web, tmAttractionId);
  await startWorkers();
}

test(
  "R21: three workers together keep to every published rate, and a rest is kept by all",
  { timeout: 900_000 },
  async () => {
    rig = await createRig(postgres, "default", { asReal: true });
    await importSome(ARTISTS, () => Promise.all(Array.from({ length: WORKERS }, () => rig.startWorker())));
    const loop = monitorEventLoopDelay({ resolution: 10 });
    loop.enable();
    const began = Date.now();
    await until("they have worked for a while", PATIENCE_MS, () => Date.now() - began > SECONDS * 300);
    rig.simulator.setFaults([{ upstream: "setlistfm", kind: "429-retry-after", seconds: REST_S, times: 1 }]);
    const refused = await until("setlist.fm asks for a rest", PATIENCE_MS, () =>
      asked().find(({ upstream, status }) => upstream === "setlistfm" && status === 429),
    );
    await until(
      "the rest is over, and more",
      PATIENCE_MS,
      () => Date.now() - refused.at > (REST_S + 3) * 1_000,
    );
    await until("they have worked on", PATIENCE_MS, () => Date.now() - began > SECONDS * 1_000);

    const stoodStillMs = loop.max / 1e6;
    const all = asked();
    const busiest = Object.keys(RATES).map((name) => {
      const moments = all.filter(({ upstream }) => upstream === name).map(({ at }) => at);
      return { name: name as Upstream, calls: moments.length, most: busiestSecond(moments, stoodStillMs) };
    });
    const within = all.filter(
      ({ upstream, at }) =>
        upstream === "setlistfm" && at > refused.at && at < refused.at + REST_S * 1_000 - JITTER_MS,
    );
    // An answer that was asked for before the refusal came is not asked for in the rest.
    const tooFast = all.filter(({ status }) => status === 429).length - 1;
    figure(
      "R21",
      `${WORKERS} workers, ${ARTISTS} artists, ${SECONDS} s: at most ${busiest.map(({ name, most, calls }) => `${most}/s of ${name} (${calls} calls)`).join(", ")}; ` +
        `${tooFast} × too fast; ${within.length} calls in the ${REST_S} s of a rest; ` +
        `the simulator stood still for ${stoodStillMs.toFixed(0)} ms at most`,
    );
    for (const { name, most } of busiest) expect(most, name).toBeLessThanOrEqual(RATES[name] ?? 0);
    expect(tooFast).toBe(0);
    expect(within).toEqual([]);
  },
);

test("R21: a day's calls are counted over workers and their restarts", { timeout: 900_000 }, async () => {
  rig = await createRig(postgres, "default");
  const perDay = { SETLISTFM_PER_DAY: String(DAY) };
  const count = () => asked().filter(({ upstream }) => upstream === "setlistfm").length;
  let workers = [] as Awaited<ReturnType<Rig["startWorker"]>>[];
  const start = async () => (workers = await Promise.all([rig.startWorker(perDay), rig.startWorker(perDay)]));
  await importSome(FEW, start, perDay);
  await until("half of the day is spent", PATIENCE_MS, () => count() >= DAY / 2);
  await Promise.all(workers.map((worker) => worker.kill()));
  await start();
  await until("all imports end", PATIENCE_MS, async () => {
    const live = await rig.db.rows("select 1 from imports where completed_at is null");
    return live.length === 0;
  });
  figure("R21", `${DAY} calls a day, two workers killed half way: ${count()} were made`);
  expect(count()).toBe(DAY);
});
