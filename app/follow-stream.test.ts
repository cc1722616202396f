import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followStream } from "./follow-stream";

class FakeSource {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 2;
  static all: FakeSource[] = [];
  readyState = FakeSource.CONNECTING;
  onerror?: () => void;
  private readonly listeners = new Map<string, (event: { data: string }) => void>();
  constructor(readonly url: string) {
    FakeSource.all.push(this);
  }
  addEventListener(name: string, listener: (event: { data: string }) => void) {
    this.listeners.set(name, listener);
  }
  close() {
    this.readyState = FakeSource.CLOSED;
  }
  send(value: number) {
    this.readyState = FakeSource.OPEN;
    this.listeners.get("count")?.({ data: JSON.stringify({ n: value }) });
  }
  fail(state: number) {
    this.readyState = state;
    this.onerror?.();
  }
}

type Count = { n: number };
const page = Object.assign(new EventTarget(), { hidden: false });
const answers: Response[] = [];
const fetch = vi.fn(() => Promise.resolve(answers.shift() ?? new Response(null, { status: 503 })));
const heard: number[] = [];
const states: string[] = [];
const LAST = 100;
const stops: (() => void)[] = [];
function start(restAfterMs?: number) {
  const stop = followStream<Count>({
    restAfterMs,
    stream: "/stream",
    event: "count",
    status: "/status",
    onSnapshot: ({ n }) => heard.push(n),
    onState: (state) => states.push(state),
    isLast: ({ n }) => n === LAST,
  });
  stops.push(stop);
  return stop;
}
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
  heard.length = states.length = answers.length = 0;
  page.hidden = false;
  fetch.mockClear();
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("hands on each snapshot of the one stream, and lets go after the last", () => {
  start();
  source().send(1);
  source().send(LAST);
  expect(heard).toEqual([1, LAST]);
  expect(states.at(-1)).toBe("stopped");
  expect(source().readyState).toBe(FakeSource.CLOSED);
  expect(FakeSource.all.map(({ url }) => url)).toEqual(["/stream"]);
});

it("asks, less and less often, while the stream is refused, and tries the stream again each time", async () => {
  start();
  source().fail(FakeSource.CLOSED);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(FakeSource.all).toHaveLength(2);
  source().fail(FakeSource.CLOSED);
  await vi.advanceTimersByTimeAsync(3_900);
  expect(fetch).toHaveBeenCalledTimes(1);
  answers.push(Response.json({ n: 5 }));
  await vi.advanceTimersByTimeAsync(100);
  expect(heard).toEqual([5]);
  expect(states.at(-1)).toBe("reconnecting");
  source().send(6);
  expect(states.at(-1)).toBe("live");
  await vi.advanceTimersByTimeAsync(120_000);
  expect(fetch).toHaveBeenCalledTimes(2);
});

it("stops asking once an interrupted stream speaks again", async () => {
  start();
  source().send(1);
  source().fail(FakeSource.CONNECTING);
  expect(states).toEqual(["live", "reconnecting"]);
  source().send(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(fetch).not.toHaveBeenCalled();
  expect(states.at(-1)).toBe("live");
  expect(FakeSource.all).toHaveLength(1);
});

it("drops an answer that the stream has overtaken", async () => {
  let answer: (response: Response) => void = () => undefined;
  fetch.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  start();
  source().fail(FakeSource.CONNECTING);
  await vi.advanceTimersByTimeAsync(2_000);
  source().send(8);
  answer(Response.json({ n: 7 }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heard).toEqual([8]);
  expect(fetch).toHaveBeenCalledTimes(1);
});

it("stops for good where there is nothing to follow", async () => {
  start();
  source().fail(FakeSource.CLOSED);
  answers.push(new Response(null, { status: 404 }));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(states.at(-1)).toBe("stopped");
});

it("takes an answer that is none for silence", async () => {
  start();
  source().fail(FakeSource.CLOSED);
  answers.push(new Response("<html>"));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(heard).toEqual([]);
  expect(FakeSource.all).toHaveLength(2);
});

it("lets go of its connection half a minute after the page was hidden, and takes it up again", async () => {
  const stop = start();
  source().send(1);
  look(true);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(source().readyState).toBe(FakeSource.OPEN);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(source().readyState).toBe(FakeSource.CLOSED);
  look(false);
  expect(FakeSource.all).toHaveLength(2);
  stop();
  look(true);
  look(false);
  expect(FakeSource.all).toHaveLength(2);
});

it("rests at once where that is asked for, also when it was opened behind another tab", async () => {
  start(0);
  source().send(1);
  look(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(source().readyState).toBe(FakeSource.CLOSED);
  start(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(source().readyState).toBe(FakeSource.CLOSED);
});

it.each([401, 403])("stops for good where it is answered %d: who asks may not any more", async (status) => {
  start();
  source().fail(FakeSource.CLOSED);
  answers.push(new Response(null, { status }));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(states.at(-1)).toBe("stopped");
});

it("does not ask for a page that nobody looks at", async () => {
  start();
  source().fail(FakeSource.CLOSED);
  look(true);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(fetch).toHaveBeenCalledTimes(1);
  look(false);
  expect(FakeSource.all).toHaveLength(2);
});
