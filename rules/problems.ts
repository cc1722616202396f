/** What is not well, as sentences for an administrator, the worst first, each with what to press or where to look. */

export type Problem = {
  /** bad: something is not being done; warn: somebody should know */
  level: "bad" | "warn";
  /** what it is about and how that is; the text goes on from there */
  title: string;
  text: string;
  press?: { act: "resume" | "open"; subject: string; words: string };
  link?: { to: string; words: string };
};

type Part<T> = { cut: true } | { cut: false; value: T };

export type Watched = {
  queues: Part<
    {
      name: string;
      state: string;
      waiting: number;
      oldestWaitingSeconds: number | null;
      pausedAt: Date | null;
      pausedBy: string | null;
      pauseReason: string | null;
    }[]
  >;
  upstreams: Part<
    {
      name: string;
      title: string;
      state: string;
      spent: boolean;
      perDay: number;
      until?: Date;
      lastError?: string;
    }[]
  >;
  workers: Part<
    {
      host: string;
      pid: number;
      live: boolean;
      silentSeconds: number;
      jobs: unknown[];
      takenOver: number;
    }[]
  >;
  database: Part<{
    notificationQueue: number;
    connections: number;
    connectionsMost: number;
    oldestTransactionSeconds: number | null;
  }>;
  schedules: Part<{ name: string; lastResult: string | null; lastError: string | null }[]>;
  imports: Part<unknown>;
  series: Part<unknown>;
  failures: Part<unknown>;
};

/** From here on the queue of notifications, or the connections, are running out. */
const NOTIFICATIONS_HIGH = 0.5;
const CONNECTIONS_HIGH = 0.8;
/** Nothing of ours takes so long; it keeps the database from clearing away old rows. */
const TRANSACTION_LONG_SECONDS = 900;

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

type In<Name extends keyof Watched> = Extract<Watched[Name], { cut: false }>["value"];

function workerProblems(workers: In<"workers">): Problem[] {
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

function queueProblem(queue: In<"queues">[number]): Problem[] {
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

function upstreamProblem(upstream: In<"upstreams">[number]): Problem[] {
  const { name, title, state, spent, perDay, until, lastError } = upstream;
  const press = { act: "open", subject: name, words: "Ask it again" } as const;
  const link = { to: "#upstreams", words: "See the service" };
  if (state === "refused")
    return [
      {
        level: "bad",
        title: `${title} does not accept our key:`,
        text: "nothing is asked of it, and imports lack what it knows. Give it a key that works and restart, or ask again.",
        press,
      },
    ];
  if (state !== "closed") return [];
  const when = until ? ` until ${clock(until)}` : "";
  if (spent)
    return [
      {
        level: "warn",
        title: `${title} is out of its day's calls${when}:`,
        text: `all ${grouped(perDay)} are used. Imports end as partial, and what is missing is asked for then.`,
        link,
      },
    ];
  return [
    {
      level: "warn",
      title: `${title} is left alone${when}:`,
      text: lastError
        ? `${lastError}. It is tried again by itself then.`
        : "it is tried again by itself then.",
      press,
      link,
    },
  ];
}

function databaseProblems(health: In<"database">): Problem[] {
  const { notificationQueue, connections, connectionsMost, oldestTransactionSeconds } = health;
  const link = { to: "#database", words: "See the database" };
  const problems: Problem[] = [];
  if (notificationQueue >= NOTIFICATIONS_HIGH)
    problems.push({
      level: "bad",
      title: `The database's queue of notifications is ${Math.round(notificationQueue * 100)}% full:`,
      text: "at 100% votes and imports can no longer be stored. A connection that listens does not read; restart what holds the oldest transaction.",
      link,
    });
  if (connections >= CONNECTIONS_HIGH * connectionsMost)
    problems.push({
      level: "bad",
      title: `${connections} of the database's ${connectionsMost} connections are taken:`,
      text: "at the last one pages fail. Run fewer processes, or raise max_connections.",
      link,
    });
  if ((oldestTransactionSeconds ?? 0) >= TRANSACTION_LONG_SECONDS)
    problems.push({
      level: "warn",
      title: `A transaction has been open for ${span(oldestTransactionSeconds ?? 0)}:`,
      text: "while it is, the database cannot clear away old rows. A session left open in psql, or a backup, may be the reason.",
      link,
    });
  return problems;
}

function scheduleProblem({ name, lastResult, lastError }: In<"schedules">[number]): Problem[] {
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

/** "41 s", "6 min 10 s", "3 h 5 min" */
export function span(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 172_800) return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} days`;
}

/** "14:02 UTC" */
export const clock = (at: Date | string): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;

const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
const many = (n: number, one: string) => `${grouped(n)} ${n === 1 ? one : `${one}s`}`;
