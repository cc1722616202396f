/**
 * Calls made against the fewest possible, and E2, E3: how long a whole import takes at the services' own pace. Floor: the
 * service that is asked most, at its rate, all others beside it and nothing else to do.
 */
import { type WorldName, worlds } from "#server/simulator/index";
import type { Artist } from "#server/simulator/world/types";
import { benchDatabases, type BenchDatabases } from "../database.ts";
import { type Bench, type BenchContext, type Figure, inTurn, ratioFigure, spreadOf } from "../frame.ts";
import { type Minimum, minimumOf } from "./minimum.ts";
import { callsOf, defaultRates, type Imported, importOnce } from "./world.ts";

const PAGE_AND_MS = 200;

/** `factor`: both sides are this much faster than the services. Minutes become seconds, and our own work weighs more. */
type Case = { title: string; world: WorldName; factor: number; artist: Artist };

const cases: Case[] = [
  { title: "ordinary artist", world: "default", factor: 1, artist: worlds.default.artists.saltmarsh },
  { title: "large catalogue", world: "kills", factor: 2, artist: worlds.kills.artists.division },
  { title: "huge catalogue", world: "huge", factor: 10, artist: worlds.huge.artists.traders },
];

export const imports: Bench = {
  about: "calls against the minimum; E2, E3: whole imports at the services' pace",
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
  { title, world, factor, artist }: Case,
  { rounds, say }: BenchContext,
): Promise<Figure[]> {
  const pairs = await inTurn(
    rounds,
    async () => {
      const run = await importOnce(databases, artist, { world, factor });
      const { stage, error } = run.status;
      say(
        `${title}: ${run.ms.toFixed(0)} ms, ${words(callsOf(run.requests))}, ${stage} ${error ?? ""}`.trim(),
      );
      return run;
    },
    () => minimumOf(world, artist),
  );
  const runs = pairs.map(([run]) => run);
  const { calls: minimum } = pairs.at(-1)![1];
  const floorMs = (run: Imported) => floorOf(run, factor);
  const sum = (calls: object) =>
    Object.values(calls).reduce((total: number, count: number) => total + count, 0);
  // What the key does not get is asked once a month, for all artists: said beside the count, not in it.
  const isProbe = ({ status }: { status: number }) => status === 400 || status === 403;
  const owed = (run: Imported) => callsOf(run.requests.filter((request) => !isProbe(request)));
  const probes = runs.at(-1)!.requests.filter(isProbe).length;
  const refused = runs.map(({ requests }) => requests.filter(({ status }) => status === 429).length);
  const under = runs.some((run) => sum(owed(run)) < sum(minimum));
  return [
    ratioFigure(
      `calls, ${title}`,
      { atMost: 1.05 },
      runs.map((run) => sum(owed(run)) / sum(minimum)),
      {
        note: `${words(owed(runs.at(-1)!))}, ${probes} refused once a month; minimum ${words(minimum)}${under ? ": under it something is not read" : ""}`,
        calls: runs.map(({ requests }) => callsOf(requests)),
        minimum,
      },
    ),
    ratioFigure(
      `E2 ${title}`,
      { atMost: 1.25 },
      runs.map((run) => run.ms / floorMs(run)),
      {
        note: `${factor} × the default rates, floor ${(floorMs(runs.at(-1)!) / 1000).toFixed(1)} s`,
        ms: spreadOf(runs.map(({ ms }) => ms)),
        cpuMs: spreadOf(runs.map(({ cpuMs }) => cpuMs)),
      },
    ),
    exact(`429 answers, ${title}`, refused),
    firstShows(pairs, title),
  ];
}

/** Of N calls the first needs no waiting. */
function floorOf({ requests }: Imported, factor: number): number {
  const needed = Object.entries(callsOf(requests)) as [keyof typeof defaultRates, number][];
  return Math.max(...needed.map(([name, calls]) => ((calls - 1) / (defaultRates[name].rps * factor)) * 1000));
}

/**
 * E3: what is left when the page's own time is taken off. In it is the wait for a turn, up to 1.1 / rate: the click has
 * just had one.
 */
function firstShows(pairs: [Imported, Minimum][], title: string): Figure {
  const { median, min, max, rounds } = spreadOf(
    pairs.map(([{ firstShowMs }, { pageMs }]) => (firstShowMs ?? Infinity) - pageMs),
  );
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return {
    name: `E3 first shows − page, ${title}`,
    goal: `≤ ${PAGE_AND_MS} ms`,
    reached: ms(median),
    spread: `${ms(min)} – ${ms(max)}`,
    met: median <= PAGE_AND_MS,
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
