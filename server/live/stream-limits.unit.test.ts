import { expect, test } from "vitest";
import { createStreamLimits, tooManyStreams } from "./stream-limits.ts";

const times = (count: number, enter: () => unknown) => Array.from({ length: count }, enter);

test("200 from one address, a /64 being one, and others are not in their way", () => {
  const { enter } = createStreamLimits({ perAddress: true });
  const places = times(200, () => enter("192.0.2.1"));
  expect(places).not.toContain(undefined);
  expect(enter("192.0.2.1")).toBeUndefined();
  expect(enter("::ffff:192.0.2.1")).toBeUndefined();
  expect(enter("192.0.2.2")).toBeDefined();
  let host = 0;
  times(200, () => enter(`2001:db8:0:1::${(++host).toString(16)}`));
  expect(enter("2001:db8:0:1:ffff::1")).toBeUndefined();
  expect(enter("2001:db8:0:2::1")).toBeDefined();
});

test("10,000 in all, also without a limit per address", () => {
  const limits = createStreamLimits({ perAddress: false });
  expect(times(10_000, () => limits.enter("192.0.2.1"))).not.toContain(undefined);
  expect(limits.enter("198.51.100.7")).toBeUndefined();
  expect(limits.open()).toBe(10_000);
});

test("a place is given back once", () => {
  const limits = createStreamLimits({ perAddress: true });
  const [first] = times(200, () => limits.enter("192.0.2.1")) as (() => void)[];
  first!();
  first!();
  expect(limits.open()).toBe(199);
  expect(limits.enter("192.0.2.1")).toBeDefined();
  expect(limits.enter("192.0.2.1")).toBeUndefined();
});

test("who is refused is told when to come back, each another time", () => {
  const seconds = times(50, () => Number(tooManyStreams().retryAfter));
  for (const value of seconds as number[]) expect(value).toBeGreaterThanOrEqual(10);
  expect(new Set(seconds).size).toBeGreaterThan(3);
});
