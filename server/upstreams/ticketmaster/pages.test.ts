import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answerer, json } from "../../../tests/scripted-server.ts";
import { upstreamRig, type UpstreamRig } from "../../../tests/upstream-rig.ts";
import { createTicketmaster, type ListingsPage } from "./index.ts";

let rig: UpstreamRig;
beforeAll(async () => {
  rig = await upstreamRig();
});
afterAll(() => rig.close());
beforeEach(() => rig.reset());

const DAY = 86_400_000;
type Sold = { id: string; at?: number; tba?: boolean; tbd?: boolean };

/** The Discovery API's paging: 200 a page, 1,000 of a query, closed windows, undated ones only when asked for. */
function seller(sold: Sold[]): Answerer {
  return ({ query }, response, request) => {
    const number = Number(query.get("page") ?? 0);
    const stamp = (name: string) => {
      const value = query.get(name);
      if (value && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value)) throw new Error("DIS1015");
      return value ? Date.parse(value) : undefined;
    };
    const [from, to] = [stamp("startDateTime"), stamp("endDateTime")];
    const matching = sold.filter(({ at, tba, tbd }) => {
      if (query.get("includeTBA") === "only") return tba;
      if (query.get("includeTBD") === "only") return tbd;
      return at !== undefined && at >= (from ?? 0) && at <= (to ?? Infinity);
    });
    if (number * 200 >= 1000)
      return json({ errors: [{ code: "DIS1035" }] }, 400)({} as never, response, request);
    const events = matching.slice(number * 200, number * 200 + 200).map(({ id, at }) => ({
      id,
      name: "A show",
      dates: { start: at ? { localDate: new Date(at).toISOString().slice(0, 10) } : { dateTBA: true } },
    }));
    const page = { totalElements: matching.length, totalPages: Math.ceil(matching.length / 200), number };
    json({ ...(events.length > 0 ? { _embedded: { events } } : {}), page })({} as never, response, request);
  };
}

async function walk(): Promise<ListingsPage[]> {
  const pages: ListingsPage[] = [];
  for await (const page of createTicketmaster(rig.upstream(), rig.wiring).events("K8vZ9171Lz0"))
    pages.push(page);
  return pages;
}
const ids = (pages: ListingsPage[]) => pages.flatMap(({ listings }) => listings.map(({ id }) => id));
const tour = (count: number, days: number): Sold[] =>
  Array.from({ length: count }, (_, at) => ({ id: `e${at}`, at: Date.now() + (at * days * DAY) / count }));

describe("all of an artist's events", () => {
  it("are one dated call and two undated ones where there are none", async () => {
    rig.server.answer(seller([]));
    const pages = await walk();
    expect(ids(pages)).toEqual([]);
    expect(pages.map(({ page, pages }) => `${page}/${pages}`)).toEqual(["1/3", "2/3", "3/3"]);
    expect(Object.fromEntries(rig.server.asked[0]!.query)).toMatchObject({
      attractionId: "K8vZ9171Lz0",
      size: "200",
      page: "0",
      sort: "id,asc",
      locale: "*",
    });
    const undated = rig.server.asked
      .slice(1)
      .map(({ query }) => [query.get("includeTBA"), query.get("includeTBD")]);
    expect(undated).toEqual([
      ["only", null],
      [null, "only"],
    ]);
  });

  it("are read page by page, undated ones too, each once", async () => {
    const sold = [...tour(450, 300), { id: "tba", tba: true }, { id: "both", tba: true, tbd: true }];
    rig.server.answer(seller(sold));
    const pages = await walk();
    expect(ids(pages).sort()).toEqual(sold.map(({ id }) => id).sort());
    expect(pages.map(({ page, pages }) => `${page}/${pages}`)).toEqual(
      ["1/3", "2/5", "3/5", "4/5", "5/5"].with(0, "1/5"),
    );
    expect(pages.every(({ total, truncated }) => total === 450 && !truncated)).toBe(true);
  });

  it("are read by halved windows where there are more than 1,000, without a gap", async () => {
    // Some on the very edges of windows, some after the last one.
    const sold = [...tour(2_600, 500), { id: "far", at: Date.now() + 900 * DAY }];
    rig.server.answer(seller(sold));
    const pages = await walk();
    expect(ids(pages).sort()).toEqual(sold.map(({ id }) => id).sort());
    expect(pages.some(({ truncated }) => truncated)).toBe(false);
    expect(pages.at(-1)!.page).toBe(pages.at(-1)!.pages);
    const shares = pages.map(({ page, pages }) => page / pages);
    expect(Math.max(...shares)).toBe(1);
    expect(rig.server.asked.length).toBeLessThan(40);
    const cuts = rig.server.asked.flatMap(({ query }) => query.get("startDateTime") ?? []);
    expect(cuts.length).toBeGreaterThan(3);
    // Midnight in Los Angeles, in winter: a local day stays whole.
    expect(cuts.every((cut) => cut.endsWith("T08:00:00Z"))).toBe(true);
  });

  it("end against a seller who always has more", async () => {
    rig.server.answer((_asked, response, request) => {
      const events = Array.from({ length: 200 }, (_, at) => ({ id: `e${at}`, name: "A show" }));
      const page = { totalElements: 1e9, totalPages: 1e7 };
      json({ _embedded: { events }, page })({} as never, response, request);
    });
    const pages = await walk();
    expect(rig.server.asked.length).toBeLessThanOrEqual(60);
    expect(new Set(ids(pages)).size).toBe(200);
    expect(pages.some(({ truncated }) => truncated)).toBe(true);
  });

  it("that cannot be read are counted, and those before a failure stand", async () => {
    const first = json({
      _embedded: { events: [{ id: "ok", name: "A show" }, { id: 7 }] },
      page: { totalElements: 2, totalPages: 1 },
    });
    rig.server.answer((asked, response, request) =>
      (asked.query.has("includeTBA") ? json({}, 400) : first)(asked, response, request),
    );
    const pages: ListingsPage[] = [];
    const reading = (async () => {
      for await (const page of createTicketmaster(rig.upstream(), rig.wiring).events("K8vZ9171Lz0"))
        pages.push(page);
    })();
    await expect(reading).rejects.toMatchObject({ kind: "rejected" });
    expect(pages).toMatchObject([{ listings: [{ id: "ok" }], unreadable: 1 }]);
  });
});
