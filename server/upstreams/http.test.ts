import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answerer, inTurn, json } from "../../tests/scripted-server.ts";
import { upstreamRig, type UpstreamRig } from "../../tests/upstream-rig.ts";
import { UpstreamError } from "./errors.ts";

let rig: UpstreamRig;
beforeAll(async () => {
  rig = await upstreamRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.reset());

const good = json({ ok: "yes" });
const raw =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Answerer =>
  (_asked, response) => {
    response.writeHead(status, headers).end(body);
  };
const silent: Answerer = () => undefined;
const cut: Answerer = (_asked, response) => {
  response.writeHead(200, { "content-length": "1000" }).write('{"ok":');
  setTimeout(() => response.destroy(), 20);
};
const drip: Answerer = (_asked, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(" "), 20);
  response.on("close", () => clearInterval(timer));
};

describe("a call", () => {
  it("carries the key, who asks, and its question; returns the answer", async () => {
    rig.server.answer(good);
    const query = { keyword: "Sigur Rós & more", sort: "id,asc" };
    await expect(rig.ask({ query })).resolves.toEqual({ ok: "yes" });
    const asked = rig.server.asked[0]!;
    expect(Object.fromEntries(asked.query)).toEqual({ ...query, apikey: "canary-key-0123456789" });
    expect(asked.headers).toMatchObject({ "user-agent": "TheSet/0 ( test )", accept: "application/json" });
  });

  it("tells of every request that was sent", async () => {
    rig.server.answer(inTurn(json({}, 503), good));
    const calls: string[] = [];
    await rig.ask({ onCall: ({ upstream, path }) => calls.push(`${upstream} ${path}`) });
    expect(calls).toEqual(["ticketmaster /thing", "ticketmaster /thing"]);
  });

  it("writes no breaker row when all is well", async () => {
    rig.server.answer(good);
    await rig.ask();
    expect(await rig.db.selectFrom("upstream_state").selectAll().execute()).toEqual([]);
  });

  it("succeeds in the end when a fault passes", async () => {
    rig.server.answer(inTurn(json({}, 502), raw("<html>soon back</html>"), good));
    await expect(rig.ask()).resolves.toEqual({ ok: "yes" });
    expect(rig.server.asked).toHaveLength(3);
  });

  it("ends at once when the caller leaves, and counts nothing against the service", async () => {
    rig.server.answer(silent);
    const stop = new AbortController();
    const waiting = rig.ask({ signal: stop.signal });
    await expect.poll(() => rig.server.asked.length).toBe(1);
    stop.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
    expect(await rig.db.selectFrom("upstream_state").selectAll().execute()).toEqual([]);
    await expect(rig.ask({ signal: stop.signal })).rejects.toThrow("cancelled");
    expect(rig.server.asked).toHaveLength(1);
  });
});

const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
const faults: [string, Answerer, Partial<UpstreamError>, number][] = [
  ["a server error", json({}, 500), { kind: "unavailable", status: 500, retryable: true }, 3],
  ["a gateway's time-out", json({ message: "x" }, 504), { kind: "unavailable", status: 504 }, 3],
  ["silence", silent, { kind: "unavailable", retryable: true }, 2],
  ["a dripping body", drip, { kind: "unavailable", retryable: true }, 2],
  ["a body cut off", cut, { kind: "unavailable", retryable: true }, 3],
  ["a page of HTML", raw("<html>hello</html>"), { kind: "invalid", retryable: true }, 3],
  ["half of an answer", raw('{"ok":"y'), { kind: "invalid", retryable: true }, 3],
  ["nothing at all", raw(""), { kind: "invalid" }, 3],
  ["another shape", json({ ok: 7 }), { kind: "invalid" }, 3],
  ["null", json(null), { kind: "invalid" }, 3],
  ["a redirect", raw("", 302, { location: "http://127.0.0.1:9/" }), { kind: "invalid", status: 302 }, 3],
  ["a body too large", raw(Buffer.alloc(300_000, " ")), { kind: "invalid", retryable: false }, 1],
  ["a gzip bomb", raw(bomb, 200, { "content-encoding": "gzip" }), { kind: "invalid", retryable: false }, 1],
  ["a wall's page", raw("<html>blocked", 403), { kind: "unavailable", status: 403 }, 3],
  ["a bad request", json({}, 400), { kind: "rejected", status: 400, retryable: false }, 1],
  ["not found", json({}, 404), { kind: "not-found", status: 404, retryable: false }, 1],
  ["a refused key", json({}, 401), { kind: "refused", status: 401, retryable: false }, 1],
];

describe("a call that ends badly", () => {
  it.each(faults)("by %s says so, in time", async (_name, answer, expected, tries) => {
    rig.server.answer(answer);
    const begun = performance.now();
    const error = await rig.ask().catch((error: unknown) => error);
    expect(performance.now() - begun).toBeLessThan(8_000);
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({ upstream: "ticketmaster", ...expected });
    expect(rig.server.asked).toHaveLength(tries);
  });

  it("because nobody listens says so", async () => {
    const gone = rig.upstream({ url: "http://127.0.0.1:9" });
    await expect(rig.ask({}, gone)).rejects.toMatchObject({
      kind: "unavailable",
      message: expect.stringContaining("could not be reached") as string,
    });
  });

  it("costs a person one try in all", async () => {
    rig.server.answer(silent);
    const begun = performance.now();
    await expect(rig.ask({ urgent: true })).rejects.toMatchObject({ kind: "unavailable" });
    expect(performance.now() - begun).toBeLessThan(3_000);
    rig.server.answer(json({}, 500));
    await expect(rig.ask({ urgent: true })).rejects.toMatchObject({ kind: "unavailable", status: 500 });
    expect(rig.server.asked).toHaveLength(2);
  });

  it("gives away no key: in no log line, error or row", async () => {
    const key = "canary-key-0123456789";
    const quota = `Rate limit quota violation. Quota limit  exceeded. Identifier : ${key}`;
    const spent = json(
      { fault: { faultstring: quota, detail: { errorcode: "policies.ratelimit.QuotaViolation" } } },
      429,
    );
    for (const answer of [good, json({ error: key }, 500), json({ error: key }, 400), silent, spent]) {
      rig.server.answer(answer);
      const cached = { cache: { seconds: 60 }, query: { at: String(Math.random()) } };
      const error = await rig.ask(cached).catch((error: unknown) => error);
      const told = error instanceof UpstreamError ? `${error.stack} ${JSON.stringify(error)}` : "";
      expect(told).not.toContain("canary");
      if (answer !== spent) await rig.db.deleteFrom("upstream_state").execute();
    }
    expect(rig.lines.length).toBeGreaterThan(5);
    expect(rig.lines.join("")).not.toContain("canary");
    expect(rig.lines.join("")).not.toContain("?");
    expect(await rig.rows()).toContain("thing?at=");
    expect(await rig.rows()).not.toContain("canary");
  });
});
