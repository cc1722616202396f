import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inTurn, json } from "../../tests/scripted-server.ts";
import type { UpstreamError } from "./errors.ts";
import { upstreamRig, type UpstreamRig } from "../../tests/upstream-rig.ts";

let rig: UpstreamRig;
beforeAll(async () => {
  rig = await upstreamRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.reset());

const good = json({ ok: "yes" });
const bad = json({}, 503);
const state = () => rig.db.selectFrom("upstream_state").selectAll().executeTakeFirst();
/** As if the closing were over. */
const reopen = () =>
  sql`update upstream_state set closed_until = clock_timestamp() - interval '1 second'`.execute(rig.db);
const secondsFromNow = (date: Date | null | undefined) => ((date?.getTime() ?? 0) - Date.now()) / 1000;
const askOnce = () =>
  rig.ask({}, rig.upstream(), { ...rig.wiring, limits: { ...rig.wiring.limits, tries: 1 } });
const failure = (asking: Promise<unknown>) =>
  asking.then(
    () => expect.unreachable(),
    (error: unknown) => error as UpstreamError,
  );

describe("a service that fails", () => {
  it("is left alone after three failures in a row, and every caller is told until when", async () => {
    rig.server.answer(bad);
    const error = await failure(rig.ask());
    expect(error).toMatchObject({ kind: "unavailable", status: 503 });
    expect(secondsFromNow(error.until)).toBeGreaterThan(25);
    rig.server.answer(good);
    await expect(rig.ask()).rejects.toMatchObject({ kind: "closed", retryable: true });
    await expect(rig.ask({ urgent: true })).rejects.toMatchObject({ kind: "closed" });
    expect(rig.server.asked).toHaveLength(3);
  });

  it("is left alone twice as long each time, five minutes at most", async () => {
    rig.server.answer(bad);
    await rig.ask().catch(() => undefined);
    const seconds = [secondsFromNow((await state())?.closed_until)];
    for (let count = 0; count < 5; count += 1) {
      await reopen();
      seconds.push(secondsFromNow((await failure(askOnce())).until));
    }
    for (const [at, expected] of [30, 60, 120, 240, 300, 300].entries()) {
      expect(Math.abs(seconds[at]! - expected)).toBeLessThan(10);
    }
  });

  it("is tried by one caller for all when its time is over, and forgiven when it answers", async () => {
    rig.server.answer(bad);
    await rig.ask().catch(() => undefined);
    await reopen();
    rig.server.asked.length = 0;
    // Held until the others were turned away: who comes after the answer may rightly pass.
    let release = () => {};
    rig.server.answer((asked, response, request) => {
      release = () => void good(asked, response, request);
    });
    let refused = 0;
    const all = Array.from({ length: 6 }, () => rig.ask());
    for (const call of all) call.catch(() => (refused += 1));
    await expect.poll(() => refused, { interval: 10 }).toBe(5);
    rig.server.answer(good);
    release();
    const ended = await Promise.allSettled(all);
    expect(ended.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(rig.server.asked).toHaveLength(1);
    expect(await state()).toMatchObject({ failures: 0, closings: 0, closed_until: null });
    await expect(rig.ask()).resolves.toEqual({ ok: "yes" });
  });

  it.each([
    ["an answer", good],
    ["a no", json({}, 404)],
  ])("has its failures forgotten by %s in between", async (_name, answer) => {
    for (let count = 0; count < 3; count += 1) {
      rig.server.answer(inTurn(bad, bad, answer));
      await rig.ask().catch(() => undefined);
      expect(await state()).toMatchObject({ failures: 0, closings: 0 });
    }
  });

  it("is not closed twice by tries that were under way together", async () => {
    rig.server.answer((asked, response, request) => {
      setTimeout(() => void bad(asked, response, request), 100);
    });
    await Promise.allSettled(Array.from({ length: 10 }, () => askOnce()));
    expect(await state()).toMatchObject({ closings: 1 });
  });
});

describe("a service that asks for a rest", () => {
  it("gets it from everybody, and the call goes on after it", async () => {
    rig.server.answer(inTurn(json({}, 429, { "retry-after": "1" }), good));
    const first = rig.ask();
    await expect.poll(() => rig.server.asked.length).toBe(1);
    await expect.poll(async () => (await state())?.closed_until).toBeTruthy();
    const second = rig.ask();
    await expect(rig.ask({ urgent: true })).rejects.toMatchObject({ kind: "busy" });
    await Promise.all([first, second].map((call) => expect(call).resolves.toEqual({ ok: "yes" })));
    const [one, ...others] = rig.server.asked.map(({ at }) => at);
    for (const at of others) expect(at - one!).toBeGreaterThan(990);
  });

  it.each([
    ["1e9", "1e9", 300],
    ["two minutes", "120", 120],
    ["a date soon", 90_000, 90],
    ["a date far off", 1e10, 300],
  ])("for long (%s) is closed, five minutes at most", async (_name, value, seconds) => {
    const wanted = typeof value === "string" ? value : new Date(Date.now() + value).toUTCString();
    rig.server.answer(json({}, 429, { "retry-after": wanted }));
    const error = await failure(rig.ask());
    expect(error).toMatchObject({ kind: "busy", status: 429 });
    expect(Math.abs(secondsFromNow(error.until) - seconds)).toBeLessThan(10);
    await expect(rig.ask()).rejects.toMatchObject({ kind: "closed" });
    expect(rig.server.asked).toHaveLength(1);
  });

  it("by setlist.fm's header waits two seconds", async () => {
    const throttle = json({ message: "Too Many Requests" }, 429, {
      "x-amzn-errortype": "TooManyRequestsException",
    });
    rig.server.answer(inTurn(throttle, good));
    const slower = { ...rig.wiring, limits: { ...rig.wiring.limits, callMs: 5_000 } };
    await rig.ask({}, rig.upstream({ name: "setlistfm" }), slower);
    expect(rig.server.asked[1]!.at - rig.server.asked[0]!.at).toBeGreaterThan(1_990);
  });
});

describe("a service whose day is spent", () => {
  const spentBody = { fault: { detail: { errorcode: "policies.ratelimit.QuotaViolation" } } };
  it("is asked no more until it is over, by its word", async () => {
    const reset = Date.now() + 3 * 3_600_000;
    rig.server.answer(json(spentBody, 429, { "rate-limit-reset": String(reset) }));
    const until = new Date(reset);
    await expect(rig.ask()).rejects.toMatchObject({ kind: "quota", status: 429, until });
    await expect(rig.ask()).rejects.toMatchObject({ kind: "quota", until });
    expect(rig.server.asked).toHaveLength(1);
  });

  it("by setlist.fm's header is asked no more until our own day is over", async () => {
    rig.server.answer(
      json({ message: "Limit Exceeded" }, 429, { "x-amzn-errortype": "LimitExceededException" }),
    );
    const setlistfm = rig.upstream({ name: "setlistfm" });
    const error = await failure(rig.ask({}, setlistfm));
    expect(error).toMatchObject({ kind: "quota" });
    expect(secondsFromNow(error.until) / 3600).toBeCloseTo(24, 1);
    await expect(rig.ask({}, setlistfm)).rejects.toMatchObject({ kind: "quota" });
    expect(rig.server.asked).toHaveLength(1);
  });
});

describe("a refused key", () => {
  it("is never used again; a new one is", async () => {
    rig.server.answer(json({ message: "Forbidden" }, 403));
    await expect(rig.ask()).rejects.toMatchObject({ kind: "refused", status: 403 });
    rig.server.answer(good);
    await expect(rig.ask()).rejects.toMatchObject({ kind: "refused" });
    await expect(rig.ask({ urgent: true })).rejects.toMatchObject({ kind: "refused" });
    expect(rig.server.asked).toHaveLength(1);
    await expect(rig.ask({}, rig.upstream({ key: "another" }))).resolves.toEqual({ ok: "yes" });
  });
});
