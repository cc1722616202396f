import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { type StreamEvent, streamResponse } from "./stream.ts";

afterEach(() => vi.useRealTimers());

function open(options: { backlog?: () => number } = {}) {
  const controller = new AbortController();
  let push: (event: StreamEvent) => void = () => undefined;
  const left = vi.fn();
  const response = streamResponse({
    signal: controller.signal,
    backlog: options.backlog ?? (() => 0),
    subscribe(given) {
      push = given;
      return left;
    },
  });
  return { response, controller, left, push: (event: StreamEvent) => push(event) };
}

const event = (id: number, last = false): StreamEvent => ({ event: "progress", id, data: { n: id }, last });

test("writes exactly these bytes, and ends after the last event", async () => {
  const { response, push, left } = open();
  push(event(7));
  push(event(8, true));
  const text = await response.text();
  expect(text.replace(/^retry: \d+/, "retry: N")).toBe(
    'retry: N\nevent: progress\nid: 7\ndata: {"n":7}\n\nevent: progress\nid: 8\ndata: {"n":8}\n\n',
  );
  expect(left).toHaveBeenCalledTimes(1);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "no-cache",
    "x-accel-buffering": "no",
  });
});

test("retry times are jittered, so that readers do not come back in one moment", async () => {
  const texts = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const { response, push } = open();
      push(event(1, true));
      return (await response.text()).split("\n")[0];
    }),
  );
  expect(new Set(texts).size).toBeGreaterThan(1);
  for (const text of texts) expect(Number(text?.slice(7))).toBeGreaterThanOrEqual(3_000);
});

test("a comment every 20 s keeps proxies from closing it", async () => {
  vi.useFakeTimers();
  const { response, push } = open();
  await vi.advanceTimersByTimeAsync(20_000);
  push(event(1, true));
  vi.useRealTimers();
  expect(await response.text()).toMatch(/\n: ping\n/);
});

test("a reader that has left costs nothing: unsubscribed, and later events are dropped without an error", async () => {
  const { controller, push, left, response } = open();
  controller.abort();
  expect(left).toHaveBeenCalledTimes(1);
  push(event(1));
  expect(await response.text()).not.toContain("data:");
});

test("a slow reader gets the newest snapshot only, a stuck one is dropped", async () => {
  let backlog = 10;
  const slow = open({ backlog: () => backlog });
  slow.push(event(1));
  slow.push(event(2));
  backlog = 0;
  await wait(400);
  slow.push(event(3, true));
  const text = await slow.response.text();
  expect(text).not.toContain('{"n":1}');
  expect(text).toContain('{"n":2}');

  const stuck = open({ backlog: () => 100_000 });
  stuck.push(event(1));
  expect(await stuck.response.text()).not.toContain("data:");
  expect(stuck.left).toHaveBeenCalledTimes(1);
});

test("a source may end it, before and after its end", async () => {
  let end: () => void = () => undefined;
  const { signal } = new AbortController();
  const subscribe = (_push: unknown, given: () => void) => {
    (end = given)();
    return () => undefined;
  };
  const response = streamResponse({ signal, backlog: () => 0, subscribe });
  expect(await response.text()).toMatch(/^retry: \d+\n$/);
  end();
});
