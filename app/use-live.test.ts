import { afterEach, describe, expect, it, vi } from "vitest";
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

describe("follow", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("follows the artist's own stream until the import has ended", () => {
    const opened: string[] = [];
    const closed: string[] = [];
    let send: (value: Progress) => void = () => undefined;
    class Source {
      constructor(private readonly url: string) {
        opened.push(url);
      }
      addEventListener(name: string, listen: (event: { data: string }) => void) {
        if (name === "progress") send = (value) => listen({ data: JSON.stringify(value) });
      }
      close() {
        closed.push(this.url);
      }
    }
    vi.stubGlobal("EventSource", Source);
    vi.stubGlobal("document", new EventTarget());
    const heard: number[] = [];
    follow("a/1", ({ percentage }) => heard.push(percentage));
    send(progress({}));
    expect(closed).toEqual([]);
    send(progress({ stage: "completed", percentage: 100 }));
    expect(heard).toEqual([30, 100]);
    expect(opened).toEqual(["/api/artists/a%2F1/stream"]);
    expect(closed).toEqual(opened);
  });
});
