import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSimulator, worlds, type Simulator } from "./index.ts";

/** Fields that were there in every answer of the real services we have seen, at whatever age. */
const always = {
  event: [
    "name",
    "type",
    "id",
    "test",
    "url",
    "locale",
    "images",
    "sales",
    "dates",
    "classifications",
    "_links",
  ],
  venue: ["name", "type", "id", "test", "locale", "timezone", "city", "country", "_links"],
  attraction: ["name", "type", "id", "test", "locale", "images", "classifications", "_links"],
  image: ["ratio", "url", "width", "height", "fallback"],
  setlist: ["id", "versionId", "eventDate", "lastUpdated", "artist", "venue", "sets", "url"],
  artist: ["mbid", "name", "sortName", "url"],
};

type Thing = Record<string, unknown>;

/** Everything within `value` that passes. */
function within(value: unknown, passes: (thing: Thing) => boolean): Thing[] {
  if (!value || typeof value !== "object") return [];
  const thing = value as Thing;
  const deeper = Object.values(thing).flatMap((inner) => within(inner, passes));
  return !Array.isArray(value) && passes(thing) ? [thing, ...deeper] : deeper;
}

let simulator: Simulator;
let events: unknown[];
let setlists: unknown[];

beforeAll(async () => {
  simulator = await startSimulator({ rateFactor: 1000, now: () => new Date("2026-11-24T12:00:00Z") });
  const json = async (url: string): Promise<unknown> =>
    (await fetch(url, { headers: { "x-api-key": "simulator", accept: "application/json" } })).json();
  const base = `${simulator.urls.ticketmaster}/events.json?apikey=simulator&size=200&sort=id,asc`;
  events = await Promise.all(
    ["&page=0", "&page=1", "&page=2", "&includeTBA=only", "&includeTBD=only"].map((more) =>
      json(base + more),
    ),
  );
  setlists = await Promise.all(
    Object.values(worlds.default.artists).map(({ mbid }) =>
      json(`${simulator.urls.setlistfm}/artist/${mbid}/setlists`),
    ),
  );
});
afterAll(() => simulator.stop());

const complete = (things: Thing[], fields: string[]) => {
  expect(things.length).toBeGreaterThan(0);
  for (const thing of things) expect(Object.keys(thing)).toEqual(expect.arrayContaining(fields));
};

test.each(["event", "venue", "attraction"] as const)("no %s misses a field that is always there", (type) => {
  complete(
    within(events, (thing) => thing.type === type),
    always[type],
  );
});

test("images, setlists and artists are whole too", () => {
  complete(
    within(events, (thing) => "ratio" in thing),
    always.image,
  );
  complete(
    within(setlists, (thing) => "eventDate" in thing),
    always.setlist,
  );
  complete(
    within(setlists, (thing) => "mbid" in thing),
    always.artist,
  );
});

describe("ids have the real ones' form", () => {
  test.each([
    ["event", /^[A-Za-z0-9_-]{13,21}$/],
    ["venue", /^[A-Za-z0-9_-]{10,12}$/],
    ["attraction", /^[A-Za-z0-9_-]{10,12}$/],
  ])("%s", (type, form) => {
    const wrong = within(events, (thing) => thing.type === type).filter(({ id }) => !form.test(String(id)));
    expect(wrong).toEqual([]);
  });

  test("setlist", () => {
    const ids = within(setlists, (thing) => "eventDate" in thing).flatMap(({ id, versionId }) => [
      id,
      versionId,
    ]);
    expect(ids.filter((id) => !/^g?[0-9a-f]{6,9}$/.test(String(id)))).toEqual([]);
  });
});

test("every zone exists, and coordinates are strings at one service and numbers at the other", () => {
  const zones = within(events, (thing) => typeof thing.timezone === "string").map(({ timezone }) =>
    String(timezone),
  );
  for (const timeZone of new Set(zones))
    expect(() => new Intl.DateTimeFormat("en", { timeZone })).not.toThrow();
  const [place] = within(events, (thing) => "latitude" in thing);
  expect(place).toEqual({ latitude: expect.any(String), longitude: expect.any(String) });
  const [coords] = within(setlists, (thing) => "lat" in thing);
  expect(coords).toEqual({ lat: expect.any(Number), long: expect.any(Number) });
});

test("an event's UTC instant is its local wall clock in its venue's zone", () => {
  const timed = within(events, (thing) => thing.type === "event").filter(
    (event) => within(event.dates, (thing) => "dateTime" in thing).length > 0,
  );
  for (const event of timed.slice(0, 200)) {
    const [start] = within(event.dates, (thing) => "dateTime" in thing);
    const [venue] = within(event, (thing) => thing.type === "venue");
    if (!start || !venue) continue;
    const local = new Date(String(start.dateTime)).toLocaleString("sv-SE", {
      timeZone: String(venue.timezone),
    });
    expect(local).toBe(`${String(start.localDate)} ${String(start.localTime)}`);
  }
});

test("a resale listing names its hall by another id", () => {
  const resale = within(events, (thing) => thing.type === "event" && String(thing.id).startsWith("Z7r9"));
  expect(resale.length).toBeGreaterThan(0);
  for (const event of resale) {
    const [venue] = within(event, (thing) => thing.type === "venue");
    expect(venue?.id).toMatch(/^ZFr9jZ/);
  }
});

test("a festival has seven names on its bill", () => {
  const [festival] = within(
    events,
    (thing) => thing.type === "event" && /^Estuary Weekender \w+ \d+$/.test(String(thing.name)),
  );
  expect(within(festival, (thing) => thing.type === "attraction")).toHaveLength(7);
});
