import { afterEach, describe, expect, test } from "vitest";
import { startSimulator, worlds, type Simulator, type SimulatorOptions } from "./index.ts";
import { makeLimits } from "./limits.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const { saltmarsh, lido, vesper } = worlds.small.artists;

let running: Simulator | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  running = await startSimulator({ world: "small", now: () => NOW, rateFactor: 1000, ...options });
  return running;
}

type Json = Record<string, unknown> & { _embedded?: { events: { id: string }[] } };
async function get(url: string, headers: Record<string, string> = {}) {
  const res = await fetch(url, { headers, redirect: "manual" });
  const text = await res.text();
  return {
    status: res.status,
    headers: res.headers,
    text,
    body: text.startsWith("{") ? (JSON.parse(text) as Json) : {},
  };
}
const tm = (simulator: Simulator, path: string, key = "simulator") =>
  get(`${simulator.urls.ticketmaster}/${path}${path.includes("?") ? "&" : "?"}apikey=${key}`);
const fm = (simulator: Simulator, path: string, headers: Record<string, string> = {}) =>
  get(`${simulator.urls.setlistfm}/${path}`, {
    "x-api-key": "simulator",
    accept: "application/json",
    ...headers,
  });

describe("Ticketmaster refuses what the real one refuses", () => {
  test.each([
    ["events.json?size=201", 400, "DIS1036"],
    ["events.json?size=200&page=5", 400, "DIS1035"],
    ["events.json?size=20&page=50", 400, "DIS1035"],
    ["events.json?startDateTime=2026-11-24T00:00:00.000Z", 400, "DIS1015"],
    ["events.json?endDateTime=2026-11-24T00:00:00", 400, "DIS1015"],
    ["events.json?startDateTime=2026-11-24", 400, "DIS1015"],
    ["attractions/K8vZ917nobody.json", 404, "DIS1004"],
    [`attractions/${saltmarsh.tmAttractionId.toLowerCase()}.json`, 404, "DIS1004"],
    ["events/0F005C2A9B3D11EE.json", 404, "DIS1004"],
    ["venues/KovZnowhere.json", 404, "DIS1004"],
    ["suggest.json?keyword=salt", 404, "DIS1004"],
  ])("%s", async (path, status, code) => {
    const answer = await tm(await start(), path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ errors: [{ code }] });
    expect(answer.headers.get("rate-limit")).toBeNull();
  });

  test("a wrong key is a gateway fault, whatever was asked", async () => {
    const answer = await tm(await start(), "events.json?size=999", "wrong");
    expect(answer.status).toBe(401);
    expect(answer.text).toBe(
      '{"fault":{"faultstring":"Invalid ApiKey","detail":{"errorcode":"oauth.v2.InvalidApiKey"}}}',
    );
  });

  test("refusals count against the day, and only good answers tell the count", async () => {
    const simulator = await start({ rateFactor: 2 });
    await tm(simulator, "events.json?size=201");
    await tm(simulator, "attractions/nobody.json");
    const { headers } = await tm(simulator, "events.json?size=1");
    expect(headers.get("rate-limit")).toBe("10000");
    expect(headers.get("rate-limit-available")).toBe("9997");
    expect(headers.get("rate-limit-over")).toBe("0");
    expect(headers.get("rate-limit-reset")).toBe(String(NOW.getTime() + 86_400_000));
  });

  test("too many calls within a second are refused", async () => {
    const simulator = await start({ rateFactor: 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => tm(simulator, "events.json?size=1")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(15);
    expect(refused[0]?.text).toContain("SpikeArrestViolation");
  });
});

describe("Ticketmaster's events", () => {
  const mine = `events.json?attractionId=${saltmarsh.tmAttractionId}`;
  const ids = (body: Json) => body._embedded?.events.map(({ id }) => id) ?? [];

  test("undated events want a flag of their own, one call each", async () => {
    const simulator = await start({ world: "default" });
    const all = "events.json?size=200";
    const total = async (query: string) =>
      ((await tm(simulator, `${all}&${query}`)).body.page as { totalElements: number }).totalElements;
    const [tba, tbd] = [await total("includeTBA=only"), await total("includeTBD=only")];
    expect(tba).toBeGreaterThan(0);
    expect(tbd).toBeGreaterThan(0);
    expect(await total("includeTBA=only&includeTBD=only")).toBe(0);
    expect(await total("includeTBA=yes&includeTBD=yes")).toBe((await total("")) + tba + tbd);
    expect(await total("includeTBA=only&startDateTime=2020-01-01T00:00:00Z")).toBe(0);
  });

  test("nothing found is a page without _embedded that names the page asked for", async () => {
    const { status, body } = await tm(await start(), "events.json?attractionId=nobody&page=3&size=10");
    expect(status).toBe(200);
    expect(body).not.toHaveProperty("_embedded");
    expect(body.page).toEqual({ size: 10, totalElements: 0, totalPages: 0, number: 3 });
  });

  test("pages by id hold every event once, and no key", async () => {
    const simulator = await start();
    const whole = await tm(simulator, `${mine}&size=200&sort=id,asc`);
    const pages = await Promise.all(
      [0, 1, 2, 3].map((page) => tm(simulator, `${mine}&size=5&sort=id,asc&page=${page}`)),
    );
    expect(pages.flatMap(({ body }) => ids(body))).toEqual(ids(whole.body));
    expect(pages[1]?.text).not.toContain("apikey");
    expect(pages[1]?.body._links).toHaveProperty("prev");
  });

  test("both edges of a time window belong to it", async () => {
    const simulator = await start();
    const { body } = await tm(simulator, `${mine}&size=1&sort=date,asc`);
    const [event] = (body._embedded?.events ?? []) as unknown as {
      id: string;
      dates: { start: { dateTime: string } };
    }[];
    const at = event?.dates.start.dateTime ?? "";
    expect(ids((await tm(simulator, `${mine}&startDateTime=${at}&endDateTime=${at}`)).body)).toEqual([
      event?.id,
    ]);
  });

  test("segmentId keeps out what classificationName lets in", async () => {
    const simulator = await start();
    const find = (filter: string) => tm(simulator, `attractions.json?keyword=saltmarsh&${filter}`);
    expect((await find("classificationName=music")).text).toContain("The Musical");
    expect((await find("segmentId=KZFzniwnSyZfZ7v7nJ")).text).not.toContain("The Musical");
  });

  test.each(["saltmrsh radio", "SALTMARSH RADIO", "radio saltmarsh"])(
    "a search for %s finds the band first",
    async (q) => {
      const { body } = await tm(await start(), `attractions.json?keyword=${encodeURIComponent(q)}`);
      const [first] = (body._embedded as unknown as { attractions: { id: string }[] }).attractions;
      expect(first?.id).toBe(saltmarsh.tmAttractionId);
    },
  );
});

describe("setlist.fm", () => {
  test("a missing or wrong key is 403", async () => {
    const answer = await fm(await start(), "search/artists?artistName=x", { "x-api-key": "wrong" });
    expect(answer.status).toBe(403);
    expect(answer.text).toBe('{"message":"Forbidden"}');
    expect(answer.headers.get("x-amzn-errortype")).toBe("ForbiddenException");
  });

  test("who does not ask for JSON gets XML", async () => {
    const answer = await fm(await start(), `artist/${saltmarsh.mbid}/setlists`, { accept: "*/*" });
    expect(answer.headers.get("content-type")).toMatch(/xml/);
    expect(answer.text).toMatch(/^<\?xml/);
  });

  test.each([
    `artist/${lido.mbid}/setlists`,
    `artist/${saltmarsh.mbid}/setlists?p=99`,
    "artist/00000000-0000-4000-9000-000000000000",
    "search/artists?artistName=nobody%20at%20all",
    `search/setlists?artistMbid=${saltmarsh.mbid}&year=1999`,
    "setlist/0000000",
    "user/somebody",
  ])("nothing found is 404: %s", async (path) => {
    const { status, body } = await fm(await start(), path);
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 404, status: "Not Found", message: "not found" });
  });

  test("setlists come newest first, twenty a page", async () => {
    const simulator = await start();
    const { body } = await fm(simulator, `artist/${saltmarsh.mbid}/setlists`);
    const setlists = body.setlist as { id: string; eventDate: string; lastUpdated: string }[];
    const dates = setlists.map(({ eventDate }) => eventDate.split("-").reverse().join("-"));
    expect(dates).toHaveLength(20);
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(setlists[0]?.lastUpdated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    const one = await fm(simulator, `setlist/${setlists[3]?.id}`);
    expect(one.body).toEqual(setlists[3]);
  });

  test("a search by name goes by sort name unless relevance is asked for", async () => {
    const simulator = await start();
    const names = async (sort: string) => {
      const { body } = await fm(simulator, `search/artists?artistName=a${sort}`);
      return (body.artist as { sortName: string }[]).map(({ sortName }) => sortName);
    };
    expect(await names("")).toEqual((await names("")).toSorted());
    const { body } = await fm(simulator, "search/artists?artistName=copper%20vesper&sort=relevance");
    const found = body.artist as { mbid: string }[];
    expect(found.map(({ mbid }) => mbid)).toContain(vesper.mbid);
    expect(found).toHaveLength(2);
  });

  test("calls that come too fast are refused, and only a header says how", async () => {
    const simulator = await start({ rateFactor: 1 });
    const calls = Array.from({ length: 12 }, () => fm(simulator, `artist/${saltmarsh.mbid}`));
    const refused = (await Promise.all(calls)).filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get("x-amzn-errortype")).toBe("TooManyRequestsException");
    expect(refused[0]?.headers.get("retry-after")).toBeNull();
  });
});

describe("limits", () => {
  const HOUR = 3_600_000;
  test("a second has room for so many calls", () => {
    const ticks = [0, 100, 200, 900, 1000, 1060];
    const limits = makeLimits(2, 1000, false, () => ticks.shift() ?? 0);
    expect(ticks.slice().map(() => limits.take(0))).toEqual(["ok", "ok", "spike", "spike", "ok", "ok"]);
  });

  test("Ticketmaster's day begins with its first call and ends at once", () => {
    const limits = makeLimits(1000, 2, false);
    expect([0, HOUR, 2 * HOUR, 24 * HOUR - 1].map((at) => limits.take(at))).toEqual([
      "ok",
      "ok",
      "quota",
      "quota",
    ]);
    expect(limits.resetsAt()).toBe(24 * HOUR);
    expect([24 * HOUR, 24 * HOUR + 1].map((at) => limits.take(at))).toEqual(["ok", "ok"]);
  });

  test("setlist.fm forgets each call a day after it was made", () => {
    const limits = makeLimits(1000, 2, true);
    expect([0, HOUR, 24 * HOUR, 24 * HOUR + 1, 25 * HOUR].map((at) => limits.take(at))).toEqual([
      "ok",
      "ok",
      "ok",
      "quota",
      "ok",
    ]);
  });
});
