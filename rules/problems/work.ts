/** What is not well with the work itself: workers, queues, schedules. */
import type { In, Problem } from "./watched.ts";
import { clock, many, span } from "./words.ts";

export function workerProblems(workers: In<"workers">): Problem[] {
  const dead = workers.filter(({ live }) => !live);
  const silent = dead.map(({ host, pid, silentSeconds, jobs, takenOver }): Problem => {
    const left = jobs.length > 0 ? ` ${many(jobs.length, "job")} it had in hand will be taken over.` : "";
    const were = takenOver === 1 ? "was" : "were";
    const taken = takenOver > 0 ? ` ${many(takenOver, "job")} it had in hand ${were} taken over.` : "";
    return {
      level: "warn",
      title: `Worker ${pid} has been silent for ${span(silentSeconds)}:`,
      text: `it died on ${host} without a goodbye.${left}${taken}`,
      link: { to: "#workers", words: "See the workers" },
    };
  });
  if (workers.some(({ live }) => live)) return silent;
  const none: Problem = {
    level: "bad",
    title: "No worker is running:",
    text: "nothing that waits is being done. npm start brings one back by itself within 10 s; elsewhere start npm run worker.",
  };
  return [none, ...silent];
}

export function queueProblem(queue: In<"queues">[number]): Problem[] {
  const { name, state, waiting, oldestWaitingSeconds, pausedAt, pausedBy, pauseReason } = queue;
  const link = { to: `/admin/queues/${name}`, words: "See the queue" };
  if (state === "behind")
    return [
      {
        level: "bad",
        title: `${name} is behind:`,
        text: `its oldest job has waited ${span(oldestWaitingSeconds ?? 0)}, and ${many(waiting, "job")} wait.`,
        link,
      },
    ];
  if (state !== "paused") return [];
  const since = pausedAt ? `, ${clock(pausedAt)}` : "";
  const why = pauseReason ? `: “${pauseReason}”` : "";
  const held = waiting > 0 ? ` ${many(waiting, "job")} wait.` : "";
  return [
    {
      level: "warn",
      title: `${name} is paused`,
      text: `by ${pausedBy ?? "somebody who has left"}${since}${why}.${held}`,
      press: { act: "resume", subject: name, words: "Resume" },
      link,
    },
  ];
}

export function scheduleProblem({ name, lastResult, lastError }: In<"schedules">[number]): Problem[] {
  if (lastResult !== "failed") return [];
  return [
    {
      level: "warn",
      title: `The schedule ${name} failed when it ran last`,
      text: lastError ? `(${lastError}).` : "and gave no reason.",
      link: { to: "/admin/schedules", words: "See the schedules" },
    },
  ];
}
