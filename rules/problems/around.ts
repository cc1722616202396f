/** What is not well with what the work leans on: services and the database. */
import type { In, Problem } from "./watched.ts";
import { clock, grouped, span } from "./words.ts";

/** From here on the queue of notifications, or the connections, are running out. */
const NOTIFICATIONS_HIGH = 0.5;
const CONNECTIONS_HIGH = 0.8;
/** Nothing of ours takes so long; it keeps the database from clearing away old rows. */
const TRANSACTION_LONG_SECONDS = 900;

export function upstreamProblem(upstream: In<"upstreams">[number]): Problem[] {
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

export function databaseProblems(health: In<"database">): Problem[] {
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
