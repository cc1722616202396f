import { afterEach, expect, it, vi } from "vitest";
import { countsOf, followTally, type Tally } from "./use-tally";

afterEach(() => vi.unstubAllGlobals());

const tally: Tally = {
  showId: "s/1",
  at: "2026-11-27T20:00:00.000Z",
  songs: [
    { setlistSongId: "a", votes: 3, wishes: 0 },
    { setlistSongId: "b", votes: 0, wishes: 2 },
  ],
};

it("finds the counts of a song by its row", () => {
  const counts = countsOf(tally);
  expect(counts.get("a")).toEqual({ votes: 3, wishes: 0 });
  expect(counts.get("b")).toEqual({ votes: 0, wishes: 2 });
  expect(counts.size).toBe(2);
  expect(countsOf(null).size).toBe(0);
});

it("follows the show's own stream", () => {
  const opened: string[] = [];
  const named: string[] = [];
  class Source {
    constructor(url: string) {
      opened.push(url);
    }
    addEventListener(name: string, listen: (event: { data: string }) => void) {
      named.push(name);
      listen({ data: JSON.stringify(tally) });
    }
    close() {}
  }
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("document", new EventTarget());
  const heard: Tally[] = [];
  const states: string[] = [];
  followTally(
    "s/1",
    (value) => heard.push(value),
    (state) => states.push(state),
  )();
  expect(opened).toEqual(["/api/shows/s%2F1/stream"]);
  expect(named).toEqual(["tally"]);
  expect(heard).toEqual([tally]);
  expect(states).toEqual(["live"]);
});
