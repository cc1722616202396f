import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Progress } from "./types";
import { follow, isRunning, newest } from "./use-live";

const progress = (rest: Partial<Progress>): Progress => ({
  importId: "i1",
  stage: "importing-shows",
  percentage: 30,
  message: "Reading their coming shows",
  error: null,
  startedAt: "2026-11-24T12:00:00.000Z",
  completedAt: null,
  updatedAt: "2026-11-24T12:00:01.000Z",
  phaseTimings: {},
  report: { steps: [] },
  ...rest,
});

describe("newest", () => {
  it("takes what was heard since", () => {
    const heard = progress({ percentage: 40, updatedAt: "2026-11-24T12:00:02.000Z" });
    expect(newest(progress({}), heard)).toBe(heard);
  });

  it("takes the loader's value when it is younger, and a newer import over an older one", () => {
    const loaded = progress({ stage: "completed", updatedAt: "2026-11-24T12:00:09.000Z" });
    expect(newest(loaded, progress({}))).toBe(loaded);
    const again = progress({ importId: "i2", startedAt: "2026-11-24T12:05:00.000Z" });
    expect(newest(again, progress({ stage: "completed" }))).toBe(again);
    expect(newest(null, again)).toBe(again);
  });
});

it("knows when an import has ended", () => {
  expect(isRunning(progress({}))).toBe(true);
  for (const stage of ["completed", "partial", "failed", "cancelled"] as const)
    expect(isRunning(progress({ stage }))).toBe(false);
  expect(isRunning(null)).toBe(false);
});

class FakeSource {
  static readonly CLOSED = 2;
  static readonly OPEN = 1;
  static all: FakeSource[] = [];
  readyState = 1;
  onerror?: () => void;
  private listener?: (event: { data: string }) => void;
  constructor(readonly url: string) {
    FakeSource.all.push(this);
  }
  addEventListener(_name: string, listener: (event: { data: string }) => void) {
    this.listener = listener;
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
  send(value: Progress) {
    this.listener?.({ data: JSON.stringify(value) });
  }
  fail(state: number) {
    this.readyState = state;
    this.onerror?.();
  }
}

describe("follow", () => {
  const page = Object.assign(new EventTarget(), { hidden: false });
  const answers: Response[] = [];
  const fetch = vi.fn(() => Promise.resolve(answers.shift() ?? new Response(null, { status: 500 })));
  const heard: Progress[] = [];
  const start = () => follow("a/1", (value) => heard.push(value));
  const source = () => FakeSource.all.at(-1)!;
  const look = (hidden: boolean) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event("visibilitychange"));
  };

  beforeEach(() => {
    vi.useFakeTimers();
    // The jitter at its longest: 2 s, then 4 s.
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    vi.stubGlobal("EventSource", FakeSource);
    vi.stubGlobal("document", page);
    vi.stubGlobal("fetch", fetch);
    FakeSource.all = [];
    heard.length = answers.length = 0;
    page.hidden = false;
    fetch.mockClear();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("hands on each snapshot and lets go after the last", () => {
    start();
    expect(source().url).toBe("/api/artists/a%2F1/stream");
    source().send(progress({}));
    source().send(progress({ stage: "completed", percentage: 100 }));
    expect(heard.map((value) => value.percentage)).toEqual([30, 100]);
    expect(source().readyState).toBe(FakeSource.CLOSED);
  });

  it("asks for the status, less and less often, while the stream is refused", async () => {
    start();
    source().fail(FakeSource.CLOSED);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(fetch).toHaveBeenCalledTimes(1);
    answers.push(Response.json(progress({ stage: "partial", percentage: 100 })));
    await vi.advanceTimersByTimeAsync(2_100);
    expect(heard.at(-1)?.stage).toBe("partial");
    await vi.advanceTimersByTimeAsync(120_000);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it("stops asking once an interrupted stream speaks again", async () => {
    const stop = start();
    source().fail(0);
    source().send(progress({ percentage: 44 }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fetch).not.toHaveBeenCalled();
    expect(heard.at(-1)?.percentage).toBe(44);
    stop();
  });

  it("lets go of its connection half a minute after the page was hidden, and takes it up again", () => {
    const stop = start();
    look(true);
    vi.advanceTimersByTime(29_000);
    expect(source().readyState).toBe(FakeSource.OPEN);
    vi.advanceTimersByTime(2_000);
    expect(source().readyState).toBe(FakeSource.CLOSED);
    look(false);
    expect(FakeSource.all).toHaveLength(2);
    stop();
    look(true);
    look(false);
    expect(FakeSource.all).toHaveLength(2);
  });
});
