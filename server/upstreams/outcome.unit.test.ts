import { describe as group, expect, it } from "vitest";
import { describe, UpstreamError } from "./errors.ts";
import { readOutcome } from "./outcome.ts";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.parse("2026-11-24T09:00:00Z");

group("Retry-After", () => {
  it.each([
    ["2", 2_000],
    ["0", 0],
    ["0.5", 500],
    [" 7 ", 7_000],
    ["1e9", 1e12],
    ["1000000000", 1e12],
    ["99999999999999999999", Number.MAX_SAFE_INTEGER],
    ["Tue, 24 Nov 2026 09:00:30 GMT", 30_000],
    ["Tue, 24 Nov 2026 08:00:00 GMT", 0],
    ["-5", undefined],
    ["soon", undefined],
    ["NaN", undefined],
    ["", undefined],
    ["2026", 2_026_000],
  ])("%s is %s ms", (value, expected) => {
    expect(retryAfterMs(new Headers({ "retry-after": value }), now)).toBe(expected);
  });

  it("is absent when it is", () => expect(retryAfterMs(new Headers(), now)).toBeUndefined());

  it("is reckoned from the answer's own clock", () => {
    const headers = { "retry-after": "Tue, 24 Nov 2026 10:00:05 GMT", date: "Tue, 24 Nov 2026 10:00:00 GMT" };
    expect(retryAfterMs(new Headers(headers), now)).toBe(5_000);
  });
});

group("a status", () => {
  const upstream = { name: "setlistfm" as const, readTooMany: () => ({ kind: "pause" as const, ms: 2_000 }) };
  it.each([
    [200, "{}", "answer", undefined],
    [302, "", "failed", "invalid"],
    [400, "{}", "no", "rejected"],
    [401, "", "refused", "refused"],
    [403, '{"message":"Forbidden"}', "refused", "refused"],
    [403, "\n<!DOCTYPE html><title>Just a moment</title>", "failed", "unavailable"],
    [404, "", "no", "not-found"],
    [408, "", "failed", "unavailable"],
    [410, "", "no", "rejected"],
    [429, "<html>", "rest", "busy"],
    [500, "", "failed", "unavailable"],
    [503, "<html>", "failed", "unavailable"],
  ])("of %s with body %s is %s", (status, text, outcome, kind) => {
    const read = readOutcome(upstream, { status, headers: new Headers(), body: Buffer.from(text) });
    expect(read.kind).toBe(outcome);
    if (kind) expect(read).toMatchObject({ error: { kind } });
  });
});

group("a sentence for fans", () => {
  const until = new Date("2026-11-24T09:39:10Z");
  it.each([
    ["unavailable", undefined, "setlist.fm has not answered"],
    ["quota", until, "setlist.fm is out of its day's calls until 09:40 UTC"],
    ["quota", undefined, "setlist.fm is out of its day's calls"],
    ["closed", until, "setlist.fm has not answered lately and is left alone until 09:40 UTC"],
    ["closed", undefined, "setlist.fm has not answered lately and is left alone for a while"],
    ["not-configured", undefined, "setlist.fm is not set up here"],
    ["refused", undefined, "setlist.fm does not let us in just now"],
  ] as const)("for %s until %s", (kind, until, expected) => {
    expect(describe(new UpstreamError("setlistfm", kind, "…", { until }))).toBe(expected);
  });

  it("keeps all but the moment when that becomes known", () => {
    const error = new UpstreamError("ticketmaster", "unavailable", "answered 503", { status: 503 });
    expect(error.withUntil(until)).toMatchObject({
      kind: "unavailable",
      status: 503,
      retryable: true,
      until,
      message: "Ticketmaster answered 503",
    });
  });
});
