import { expect, test } from "vitest";
import { timelineOf, type TraceLike } from "./timeline";

const start = new Date("2026-11-27T14:00:00Z");
const after = (ms: number) => new Date(start.getTime() + ms);
const trace = (step: string, from: number, to: number | null, more: Partial<TraceLike> = {}): TraceLike => ({
  step,
  beganAt: after(from),
  endedAt: to === null ? null : after(to),
  updatedAt: after(to ?? from),
  calls: 3,
  cached: 0,
  waitedMs: 0,
  spans: [],
  ...more,
});

test("nothing recorded is no drawing", () => {
  expect(timelineOf(start, after(5), [])).toBeUndefined();
});

test("steps lie where they were, what they waited for and what failed within them", () => {
  const wait = { kind: "wait", upstream: "spotify", fromMs: 1_000, toMs: 2_000, why: "its turn" } as const;
  const failed = {
    kind: "failed",
    upstream: "spotify",
    fromMs: 5_000,
    toMs: 9_000,
    why: "Spotify is away",
  } as const;
  const drawn = timelineOf(start, after(10_000), [
    trace("identity", 100, 2_000),
    trace("songs", 2_000, 8_000, { waitedMs: 1_000, spans: [wait, failed], cached: 1 }),
  ]);
  expect(drawn?.totalMs).toBe(10_000);
  expect(drawn?.lanes.map(({ name, from, to }) => [name, from, to])).toEqual([
    ["Identify", 100, 2_000],
    ["Songs", 2_000, 8_000],
  ]);
  expect(drawn?.lanes[1]?.parts).toEqual([
    { kind: "work", from: 2_000, to: 8_000, what: "working: 3 calls, 1 from the cache" },
    { kind: "wait", from: 3_000, to: 4_000, what: "Spotify: waiting for its turn" },
    // Never past the end of its step.
    { kind: "failed", from: 7_000, to: 8_000, what: "Spotify is away" },
  ]);
  expect(drawn?.finding).toContain("Songs 6.0 s, with 1.0 s waiting and 1 failure");
  expect(drawn?.finding).toContain("Songs took the longest.");
});

test("a step that runs reaches to now, and a long queue has a lane of its own", () => {
  const drawn = timelineOf(start, after(10_000), [trace("identity", 4_000, null)]);
  expect(drawn?.lanes.map(({ name, from, to }) => [name, from, to])).toEqual([
    ["Queue", 0, 4_000],
    ["Identify", 4_000, 10_000],
  ]);
});
