import { describe, expect, test } from "vitest";
import { problemsOf, span, type Watched } from "./problems";

const part = <T>(value: T) => ({ cut: false as const, value });
const worker = { host: "stage", pid: 48121, live: true, silentSeconds: 1, jobs: [], takenOver: 0 };
const health = {
  notificationQueue: 0,
  connections: 20,
  connectionsMost: 100,
  oldestTransactionSeconds: null,
};
const queue = {
  name: "setlist-sync",
  state: "fine",
  waiting: 0,
  oldestWaitingSeconds: null,
  pausedAt: null,
  pausedBy: null,
  pauseReason: null,
};
const upstream = { name: "setlistfm", title: "setlist.fm", state: "ok", spent: false, perDay: 1440 };
const well: Watched = {
  queues: part([queue]),
  upstreams: part([upstream]),
  workers: part([worker]),
  database: part(health),
  schedules: part([{ name: "trending", lastResult: "completed", lastError: null }]),
  imports: part({}),
  series: part([]),
  failures: part([]),
};
const said = (watched: Partial<Watched>) =>
  problemsOf({ ...well, ...watched }).map(
    ({ level, title, text, press }) => `${level} ${title} ${text}${press ? ` [${press.words}]` : ""}`,
  );

test("nothing is said while all is well", () => {
  expect(said({})).toEqual([]);
});

describe("each problem in a sentence, with what to press", () => {
  const until = new Date("2026-11-27T09:40:00Z");
  test.each<[Partial<Watched>, RegExp]>([
    [{ workers: part([]) }, /^bad No worker is running: nothing that waits is being done/],
    [
      {
        workers: part([worker, { ...worker, pid: 47002, live: false, silentSeconds: 41.2, takenOver: 2 }]),
      },
      /^warn Worker 47002 has been silent for 41 s: it died on stage .* 2 jobs it had in hand were taken over\.$/,
    ],
    [
      { queues: part([{ ...queue, state: "behind", waiting: 1_038, oldestWaitingSeconds: 370 }]) },
      /^bad setlist-sync is behind: its oldest job has waited 6 min 10 s, and 1,038 jobs wait\.$/,
    ],
    [
      {
        queues: part([
          { ...queue, state: "paused", pausedBy: "Ops", pausedAt: until, pauseReason: "key rotation" },
        ]),
      },
      /^warn setlist-sync is paused by Ops, 09:40 UTC: “key rotation”\. \[Resume\]$/,
    ],
    [
      { queues: part([{ ...queue, state: "paused", waiting: 3 }]) },
      /is paused by somebody who has left\. 3 jobs wait\./,
    ],
    [
      { upstreams: part([{ ...upstream, state: "refused" }]) },
      /^bad setlist\.fm does not accept our key: .* \[Ask it again\]$/,
    ],
    [
      { upstreams: part([{ ...upstream, state: "closed", spent: true, until }]) },
      /^warn setlist\.fm is out of its day's calls until 09:40 UTC: all 1,440 are used\. [^[]*$/,
    ],
    [
      { upstreams: part([{ ...upstream, state: "closed", until, lastError: "setlist.fm answered 503" }]) },
      /^warn setlist\.fm is left alone until 09:40 UTC: setlist\.fm answered 503\. .* \[Ask it again\]$/,
    ],
    [
      { database: part({ ...health, notificationQueue: 0.6 }) },
      /^bad The database's queue of notifications is 60% full/,
    ],
    [{ database: part({ ...health, connections: 85 }) }, /^bad 85 of the database's 100 connections/],
    [
      { database: part({ ...health, oldestTransactionSeconds: 4_000 }) },
      /^warn A transaction has been open for 1 h 6 min/,
    ],
    [
      { schedules: part([{ name: "trending", lastResult: "failed", lastError: "It broke" }]) },
      /^warn The schedule trending failed when it ran last \(It broke\)\.$/,
    ],
    [{ series: { cut: true }, queues: { cut: true } }, /^warn Cut off: the queues and figures over time\./],
  ])("%#", (watched, expected) => {
    const all = said(watched);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatch(expected);
  });
});

test("what is not being done comes before what is good to know", () => {
  const [first, second] = said({
    workers: part([]),
    queues: part([{ ...queue, state: "paused" }]),
    upstreams: part([{ ...upstream, state: "refused" }]),
  });
  expect([first, second].map((text) => text?.slice(0, 3))).toEqual(["bad", "bad"]);
});

test.each([
  [0.4, "0 s"],
  [59.9, "59 s"],
  [370, "6 min 10 s"],
  [11_100, "3 h 5 min"],
  [300_000, "3 days"],
])("%d seconds are %s", (seconds, words) => {
  expect(span(seconds)).toBe(words);
});
