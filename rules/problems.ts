/** What is not well, as sentences for an administrator, the worst first, each with what to press or where to look. */
import { databaseProblems, upstreamProblem } from "./problems/around.ts";
import type { Part, Problem, Watched } from "./problems/watched.ts";
import { queueProblem, scheduleProblem, workerProblems } from "./problems/work.ts";

export type { Problem, Watched } from "./problems/watched.ts";
export { clock, span } from "./problems/words.ts";

export function problemsOf(watched: Watched): Problem[] {
  const problems = [
    ...of(watched.workers, workerProblems),
    ...of(watched.queues, (queues) => queues.flatMap(queueProblem)),
    ...of(watched.upstreams, (upstreams) => upstreams.flatMap(upstreamProblem)),
    ...of(watched.database, databaseProblems),
    ...of(watched.schedules, (schedules) => schedules.flatMap(scheduleProblem)),
    ...cutProblem(watched),
  ];
  return [
    ...problems.filter(({ level }) => level === "bad"),
    ...problems.filter(({ level }) => level === "warn"),
  ];
}

function of<T>(part: Part<T>, problems: (value: T) => Problem[]): Problem[] {
  return part.cut ? [] : problems(part.value);
}

const partNames: Record<keyof Watched, string> = {
  queues: "queues",
  imports: "running imports",
  upstreams: "services",
  workers: "workers",
  database: "database's health",
  series: "figures over time",
  failures: "failures",
  schedules: "schedules",
};

function cutProblem(watched: Watched): Problem[] {
  const cut = (Object.keys(partNames) as (keyof Watched)[]).filter((name) => watched[name].cut);
  if (cut.length === 0) return [];
  const names = cut.map((name) => partNames[name]);
  const said = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
  return [
    {
      level: "warn",
      title: `Cut off: the ${said}.`,
      text: "The database took too long for them, so it was told to stop before it slowed the site down. The rest of this page stands, and they are asked for again.",
    },
  ];
}
