/**
 * Calls made against the fewest possible, and E2, E3: how long a whole import takes at the services' own pace. Floor: the
 * service that is asked most, at its rate, all others beside it and nothing else to do.
 */
import { type WorldName, worlds } from "#server/simulator/index";
import { benchDatabases, type BenchDatabases } from "../database.ts";
import { type Bench, type BenchContext, type Figure, ratioFigure, spreadOf } from "../frame.ts";
import { type Known, minimumCalls } from "./minimum.ts";
import { callsOf, defaultRates, type Imported, importOnce, type Subject } from "./world.ts";

/** Both sides are this much faster than the services: minutes become seconds, and our own work weighs this much more. */
const FACTOR = 20;
const PAGE_AND = 200;

type Case = { title: string; world: WorldName; artist: Subject & Known };

const { artists } = worlds.default;
const cases: Case[] = [{ title: "ordinary artist", world: "default", artist: artists.saltmarsh }];

export const imports: Bench = {
  about: `calls against the minimum; E2, E3: whole imports at ${FACTOR} times the default rates`,
  async run(context) {
    const databases = await benchDatabases(context.serverUrl);
    try {
      await importOnce(databases, cases[0]!.artist, { world: cases[0]!.world, factor: 1000 });
      const figures: Figure[] = [];
      for (const one of cases) figures.push(...(await measure(databases, one, context)));
      return figures;
    } finally {
      await databases.end();
    }
  },
};

async function measure(
  databases: BenchDatabases,
  { title, world, artist }: Case,
  { rounds, say }: BenchContext,
): Promise<Figure[]> {
  const minimum = await minimumCalls(world, artist);
  const runs: Imported[] = [];
  for (let round = 0; round < rounds; round++) {
    const run = await importOnce(databases, artist, { world, factor: FACTOR });
    const { stage, error } = run.status;
    say(`${title}: ${run.ms.toFixed(0)} ms, ${words(callsOf(run.requests))}, ${stage} ${error ?? ""}`.trim());
    runs.push(run);
  }
  const sum = (calls: object) =>
    Object.values(calls).reduce((total: number, count: number) => total + count, 0);
  const refused = runs.map(({ requests }) => requests.filter(({ status }) => status === 429).length);
  return [
    ratioFigure(
      `calls, ${title}`,
      { atMost: 1.05 },
      runs.map(({ requests }) => sum(callsOf(requests)) / sum(minimum)),
      {
        note: `${words(callsOf(runs.at(-1)!.requests))}; minimum ${words(minimum)}`,
        calls: runs.map(({ requests }) => callsOf(requests)),
        minimum,
      },
    ),
    ratioFigure(
      `E2 ${title}`,
      { atMost: 1.25 },
      runs.map((run) => run.ms / floorMs(run)),
      {
        note: `floor ${(floorMs(runs.at(-1)!) / 1000).toFixed(2)} s`,
        ms: spreadOf(runs.map(({ ms }) => ms)),
        cpuMs: spreadOf(runs.map(({ cpuMs }) => cpuMs)),
      },
    ),
    exact(`429 answers, ${title}`, refused),
    firstShows(runs, title),
  ];
}

/** Of N calls the first needs no waiting. */
function floorMs({ requests }: Imported): number {
  const needed = Object.entries(callsOf(requests)) as [keyof typeof defaultRates, number][];
  return Math.max(...needed.map(([name, calls]) => ((calls - 1) / (defaultRates[name].rps * FACTOR)) * 1000));
}

/** E3. The simulator answers a page within a few ms: what is left is ours. */
function firstShows(runs: Imported[], title: string): Figure {
  const { median, min, max, rounds } = spreadOf(runs.map(({ firstShowMs }) => firstShowMs ?? Infinity));
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return {
    name: `E3 first shows, ${title}`,
    goal: `≤ ${PAGE_AND} ms`,
    reached: ms(median),
    spread: `${ms(min)} – ${ms(max)}`,
    met: median <= PAGE_AND,
    rounds,
  };
}

function exact(name: string, counts: number[]): Figure {
  const { median, min, max, rounds } = spreadOf(counts);
  return { name, goal: "0", reached: String(median), spread: `${min} – ${max}`, met: max === 0, rounds };
}

const words = (calls: Partial<Record<string, number>>) =>
  Object.entries(calls)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
