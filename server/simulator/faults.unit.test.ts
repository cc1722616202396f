import { request } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  startSimulator,
  worlds,
  type Fault,
  type FaultKind,
  type Simulator,
  type Upstream,
} from "./index.ts";

const { saltmarsh } = worlds.small.artists;
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({
    world: "small",
    rateFactor: 1000,
    now: () => new Date("2026-11-24T12:00:00Z"),
  });
});
afterEach(() => {
  simulator.setFaults([]);
  simulator.clearRequests();
});
afterAll(() => simulator.stop());

const url = (upstream: Upstream) =>
  upstream === "ticketmaster"
    ? `${simulator.urls.ticketmaster}/events.json?attractionId=${saltmarsh.tmAttractionId}&apikey=simulator`
    : `${simulator.urls.setlistfm}/artist/${saltmarsh.mbid}/setlists`;

const get = (upstream: Upstream, timeout = 5000) =>
  fetch(url(upstream), {
    headers: { "x-api-key": "simulator", accept: "application/json" },
    redirect: "manual",
    signal: AbortSignal.timeout(timeout),
  });

describe("refusals are worded as the upstream words them", () => {
  test.each<[FaultKind, Upstream, number, string]>([
    ["500", "ticketmaster", 500, "fault"],
    ["500", "setlistfm", 500, "Internal server error"],
    ["503", "ticketmaster", 503, "fault"],
    ["503", "setlistfm", 503, "Service Unavailable"],
    ["429-spike", "ticketmaster", 429, "policies.ratelimit.SpikeArrestViolation"],
    ["429-spike", "setlistfm", 429, "Too Many Requests"],
    // The key is in the body, two blanks before "exceeded" and one before the colon: as the real one prints it.
    ["429-quota", "ticketmaster", 429, "Quota limit  exceeded. Identifier : simulator"],
    ["429-quota", "setlistfm", 429, "Limit Exceeded"],
    ["401", "ticketmaster", 401, "oauth.v2.InvalidApiKey"],
    ["403", "setlistfm", 403, "Forbidden"],
    ["not-found", "ticketmaster", 404, "DIS1004"],
    ["not-found", "setlistfm", 404, "not found"],
    ["html", "ticketmaster", 200, "<!doctype html>"],
    ["empty", "setlistfm", 200, ""],
  ])("%s of %s", async (kind, upstream, status, text) => {
    simulator.setFaults([{ upstream, kind }]);
    const res = await get(upstream);
    expect(res.status).toBe(status);
    expect(await res.text()).toContain(text);
    expect(simulator.requests()).toMatchObject([{ upstream, status, method: "GET" }]);
  });
});

test("Retry-After comes when asked for", async () => {
  simulator.setFaults([{ upstream: "setlistfm", kind: "429-retry-after", seconds: 7 }]);
  const { status, headers } = await get("setlistfm");
  expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
});

test("a redirect leads to this machine", async () => {
  simulator.setFaults([{ upstream: "ticketmaster", kind: "redirect" }]);
  const { status, headers } = await get("ticketmaster");
  expect([status, headers.get("location")]).toEqual([302, "http://127.0.0.1:9/"]);
});

test("a hang is logged though it never answers", async () => {
  simulator.setFaults([{ upstream: "ticketmaster", kind: "hang" }]);
  await expect(get("ticketmaster", 150)).rejects.toThrow();
  expect(simulator.requests()).toMatchObject([{ status: 0 }]);
});

test("slow answers come late, but come", async () => {
  simulator.setFaults([{ upstream: "ticketmaster", kind: "slow", ms: 120 }]);
  const before = performance.now();
  expect((await get("ticketmaster")).status).toBe(200);
  expect(performance.now() - before).toBeGreaterThan(100);
});

test("a drip sends its first byte and takes its time", async () => {
  simulator.setFaults([{ upstream: "ticketmaster", kind: "drip" }]);
  const res = await get("ticketmaster", 400);
  expect(res.status).toBe(200);
  await expect(res.text()).rejects.toThrow();
});

test("a cut body breaks off half way", async () => {
  simulator.setFaults([{ upstream: "setlistfm", kind: "cut" }]);
  const res = await get("setlistfm");
  await expect(res.text()).rejects.toThrow();
});

test("a huge body is well over 10 MB and has no end", async () => {
  simulator.setFaults([{ upstream: "ticketmaster", kind: "huge" }]);
  const read = await new Promise<number>((resolve, reject) => {
    let bytes = 0;
    const req = request(url("ticketmaster"), (res) => {
      res.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes < 20_000_000) return;
        req.destroy();
        resolve(bytes);
      });
    });
    req.on("error", reject).end();
  });
  expect(read).toBeGreaterThanOrEqual(20_000_000);
});

test("wrong types keep the fields", async () => {
  simulator.setFaults([{ upstream: "ticketmaster", kind: "wrong-types" }]);
  const body = (await (await get("ticketmaster")).json()) as Record<string, unknown>;
  expect(body.page).toMatchObject({ size: "20", number: "0" });
});

test("names may hold NUL and half a character", async () => {
  simulator.setFaults([{ upstream: "setlistfm", kind: "nul" }]);
  const body = (await (await get("setlistfm")).json()) as { setlist: { artist: { name: string } }[] };
  expect(body.setlist[0]?.artist.name).toBe("Saltmarsh Radio\u0000\ud83d");
});

test("a date as Retry-After is one of the future", async () => {
  simulator.setFaults([{ upstream: "setlistfm", kind: "429-date", seconds: 60 }]);
  const { headers } = await get("setlistfm");
  expect(Date.parse(headers.get("retry-after") ?? "")).toBeGreaterThan(Date.now() + 50_000);
});

test("a bomb is small on its way and 20 MB when it is unpacked", async () => {
  simulator.setFaults([{ upstream: "setlistfm", kind: "bomb" }]);
  const response = await get("setlistfm");
  expect(Number(response.headers.get("content-length"))).toBeLessThan(1_000_000);
  let bytes = 0;
  const reader = response.body!.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
  expect(bytes).toBeGreaterThan(20_000_000);
});

type Setlists = { total: number; setlist: { eventDate: unknown; artist: { name: string | null } }[] };
test.each<[FaultKind, (body: Setlists, whole: Setlists) => void]>([
  ["nulls", ({ total, setlist }) => expect([total, setlist[0]?.eventDate]).toEqual([null, null])],
  ["script", (body) => expect(body.setlist[0]?.artist.name).toMatch(/^<script>.*\u202eSaltmarsh Radio$/)],
  ["long", (body) => expect(body.setlist[0]?.artist.name?.length).toBeGreaterThan(5_000)],
  ["twins", (body, whole) => expect(body.setlist).toHaveLength(2 * whole.setlist.length)],
  ["many", (body, whole) => expect(body.setlist).toHaveLength(100_000 + whole.setlist.length)],
  ["endless", (body) => expect(body.total).toBe(10_000_000)],
  ["dates", (body) => expect(body.setlist[0]?.eventDate).toBe("-000044-03-15")],
])("%s is JSON, and wrong", async (kind, check) => {
  const whole = (await (await get("setlistfm")).json()) as Setlists;
  simulator.setFaults([{ upstream: "setlistfm", kind }]);
  check((await (await get("setlistfm")).json()) as Setlists, whole);
});

describe("which requests a fault hits", () => {
  const statuses = async (count: number, upstream: Upstream = "ticketmaster") => {
    const found: number[] = [];
    for (let i = 0; i < count; i++) found.push((await get(upstream)).status);
    return found;
  };

  test.each<[string, Partial<Fault>, number[]]>([
    ["all, by default", {}, [500, 500, 500]],
    ["the first `times`", { times: 2 }, [500, 500, 200]],
    ["those whose path matches", { match: "/events.json?attractionId" }, [500, 500, 500]],
    ["no others", { match: "/venues" }, [200, 200, 200]],
    ["none at rate 0", { rate: 0 }, [200, 200, 200]],
  ])("%s", async (_, fault, expected) => {
    simulator.setFaults([{ upstream: "ticketmaster", kind: "500", ...fault }]);
    expect(await statuses(3)).toEqual(expected);
  });

  test("a share of them, and only of its upstream", async () => {
    simulator.setFaults([{ upstream: "ticketmaster", kind: "500", rate: 0.5 }]);
    expect(new Set(await statuses(20))).toEqual(new Set([200, 500]));
    expect(new Set(await statuses(5, "setlistfm"))).toEqual(new Set([200]));
  });
});

describe("control over HTTP", () => {
  const origin = () => simulator.urls.ticketmaster.replace(/\/ticketmaster.*/, "");
  const put = (path: string, body: unknown) =>
    fetch(origin() + path, { method: "PUT", body: JSON.stringify(body) });

  test("requests are listed without the key, and forgotten", async () => {
    await get("ticketmaster");
    const [entry] = (await (await fetch(`${origin()}/_simulator/requests`)).json()) as unknown[];
    expect(entry).toEqual({
      upstream: "ticketmaster",
      method: "GET",
      path: `/events.json?attractionId=${saltmarsh.tmAttractionId}`,
      at: "2026-11-24T12:00:00.000Z",
      status: 200,
    });
    await fetch(`${origin()}/_simulator/requests`, { method: "DELETE" });
    expect(simulator.requests()).toEqual([]);
  });

  test("faults are set, and a fault it does not know is refused", async () => {
    expect((await put("/_simulator/faults", [{ upstream: "setlistfm", kind: "503" }])).status).toBe(200);
    expect((await get("setlistfm")).status).toBe(503);
    for (const wrong of [{ kind: "503" }, [{ upstream: "setlistfm", kind: "flood" }], [{ kind: "503" }]])
      expect((await put("/_simulator/faults", wrong)).status).toBe(400);
  });

  test("the clock is put on, and runs from there", async () => {
    const other = await startSimulator({ world: "small", rateFactor: 1000 });
    await fetch(`${other.urls.ticketmaster.replace(/\/ticketmaster.*/, "")}/_simulator/now`, {
      method: "PUT",
      body: JSON.stringify({ now: "2027-08-01T12:00:00Z" }),
    });
    await fetch(`${other.urls.ticketmaster}/events.json?apikey=simulator`);
    expect(other.requests()[0]?.at).toMatch(/^2027-08-01T12:00:0/);
    await other.stop();
    expect((await put("/_simulator/now", { now: "yesterday" })).status).toBe(400);
  });

  test("the front page says what this is and who is here", async () => {
    const page = await (await fetch(`${origin()}/`)).text();
    expect(page).toContain("simulator");
    expect(page).toContain(saltmarsh.tmAttractionId);
    expect((await fetch(`${origin()}/nothing`)).status).toBe(404);
  });
});

test("stopping ends answers that hang", async () => {
  const other = await startSimulator({ world: "small" });
  other.setFaults([{ upstream: "setlistfm", kind: "hang" }]);
  const hanging = fetch(`${other.urls.setlistfm}/artist/x`).catch(() => "ended");
  while (other.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await other.stop();
  expect(await hanging).toBe("ended");
});
