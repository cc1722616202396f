/** H1: how long the odds of an artist's coming shows take, and how many shows a second a walk through a history predicts. */
import type { PastShow } from "#rules/prediction/history";
import { predictAll, startWalk, walkOn, weighNext } from "#rules/prediction/index";
import { asPlayed } from "#rules/prediction/played";
import { type Bench, type Cost, type Figure, spreadOf, timed } from "../frame.ts";
import { comingAfter, type Habit, invent } from "./history.ts";

const PAST = 1_000;
const COMING = 60;
const GOAL_MS = 300;
/** The walk is that of `npm run predict` over one artist: it learns every show and predicts the last 40 % of them. */
const WALKED = 500;
const FROM = 0.6;
const HABITS: Habit[] = ["fixed", "rotating"];

export const prediction: Bench = {
  about: `H1: odds of ${COMING} coming shows from ${PAST} past ones, fixed and rotating sets; predictions a second`,
  async run({ rounds, say }) {
    const figures: Figure[] = [];
    for (const habit of HABITS) {
      const past = invent(habit, PAST);
      const coming = comingAfter(past, COMING);
      const redo = await runs(rounds, () => predictAll(past, coming));
      const walk = await runs(rounds, () => walkForward(past.slice(0, WALKED)));
      say(`${habit}: the first time, before the code is warm, ${redo.first.cpuMs.toFixed(0)} ms`);
      const cpu = spreadOf(redo.rest.map(({ cpuMs }) => cpuMs));
      figures.push({
        name: `H1 ${COMING} coming shows, ${habit} set, CPU`,
        goal: `≤ ${GOAL_MS} ms`,
        reached: ms(cpu.median),
        spread: `${ms(cpu.min)} – ${ms(cpu.max)}`,
        met: cpu.median <= GOAL_MS,
        firstMs: redo.first.cpuMs,
        rounds: cpu.rounds,
      });
      const pace = spreadOf(walk.rest.map(({ cpuMs }) => (1_000 * (1 - FROM) * WALKED) / cpuMs));
      figures.push({
        name: `predictions a CPU second, ${habit} set, walking ${WALKED} shows`,
        goal: "–",
        reached: pace.median.toFixed(0),
        spread: `${pace.min.toFixed(0)} – ${pace.max.toFixed(0)}`,
        met: undefined,
        rounds: pace.rounds,
      });
    }
    return figures;
  },
};

function walkForward(past: PastShow[]): void {
  const walk = startWalk();
  past.forEach((show, at) => {
    const { date, tour, venue } = show;
    if (at >= FROM * past.length) weighNext(walk, { date, tour, venue });
    const played = asPlayed(show);
    if (played) walkOn(walk, played);
  });
}

/** The first one apart: it pays for compiling. */
async function runs(rounds: number, work: () => unknown): Promise<{ first: Cost; rest: Cost[] }> {
  const once = () => timed(() => Promise.resolve(work()));
  const first = await once();
  const rest: Cost[] = [];
  while (rest.length < rounds) rest.push(await once());
  return { first, rest };
}

const ms = (value: number) => `${value.toFixed(0)} ms`;
