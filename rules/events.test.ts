import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  planShows,
  showStatus,
  withAbsent,
  type KnownShow,
  type Listing,
  type PlannedShow,
  type ShowStatus,
} from "./events.ts";

const OWN = "K1";
const hall = { id: "V1", name: "Great Hall", city: "Malmö" };
const listing = (id: string, more: Partial<Listing> = {}): Listing => ({
  id,
  name: "Low Tide",
  status: "onsale",
  url: `https://tickets.example/${id}`,
  localDate: "2027-03-01",
  localTime: "19:30:00",
  venue: hall,
  attractions: [{ id: OWN, name: "Low Tide" }],
  ...more,
});
const knownShow = (id: string, more: Partial<KnownShow> = {}): KnownShow => ({
  id,
  venueSourceId: "V1",
  localDate: "2027-03-01",
  localTime: "19:30:00",
  slot: 0,
  listingIds: [],
  listingId: "",
  ...more,
});
const plan = (listings: Listing[], known: KnownShow[] = []) => planShows(OWN, listings, known);
const folded = ({ shows }: { shows: PlannedShow[] }) => shows.map(({ listingIds }) => listingIds.join("+"));

describe("what is no show", () => {
  test.each([
    ["Parking: Low Tide", "parking"],
    ["Low Tide - Car Park", "parking"],
    ["Susquehanna Breakdown RV Pass", "camping"],
    ["Low Tide - Tent Site", "camping"],
    ["Camping - Low Tide", "camping"],
    ["Low Tide I VIP Packages", "VIP package"],
    ["Low Tide - Gold VIP Soundcheck Experience", "VIP package"],
    ["Low Tide (VIP)", "VIP package"],
    ["Low Tide Meet & Greet", "meet and greet"],
    ["Low Tide - Hospitality", "hospitality"],
    ["Low Tide Premium Seating", "hospitality"],
    ["Low Tide Hotel Package", "package"],
    ["VIP Upgrade - Low Tide", "VIP package"],
    ["Low Tide Lounge Upgrade", "upgrade"],
    ["Locker Rental: Low Tide", "locker"],
    ["Low Tide Shuttle", "shuttle"],
    ["2 Day Pass: Cold Waves", "pass for several days"],
    ["Low Tide - 2 DAY TICKET", "pass for several days"],
    ["Rock Fest Weekend Pass", "pass for several days"],
  ])("%s: %s", (name, reason) => {
    expect(plan([listing("a", { name })])).toEqual({ shows: [], skipped: [{ listingId: "a", reason }] });
  });

  test.each([
    "Low Tide: The VIP Tour",
    "Low Tide - Live from the Parking Lot",
    "Low Tide: Space Shuttle Tour",
    "Low Tide - The Hurt Locker Tour",
    "Low Tide (Early Show)",
    "Low Tide - Camping Trip Tour",
    "Low Tide: One Day Tour",
    "Low Tide - Upgraded World Tour",
    "Low Tide - 1 Day Ticket",
    "Low Tide and Passenger",
  ])("%s is a show", (name) => {
    expect(plan([listing("a", { name })]).skipped).toEqual([]);
  });

  it("lets the artist's own name say anything", () => {
    const attractions = [{ id: OWN, name: "VIP" }];
    const { shows, skipped } = plan([
      listing("a", { name: "VIP", attractions }),
      listing("b", { name: "VIP - Parking", attractions }),
    ]);
    expect(folded({ shows })).toEqual(["a"]);
    expect(skipped).toEqual([{ listingId: "b", reason: "parking" }]);
  });

  it("skips a listing of others, and keeps one without attractions", () => {
    const others = listing("a", { attractions: [{ id: "K2", name: "High Tide" }] });
    expect(plan([others, listing("b", { attractions: [] })])).toMatchObject({
      shows: [{ listingId: "b" }],
      skipped: [{ listingId: "a", reason: "the artist is not on its bill" }],
    });
  });

  test.each<[string, Partial<Listing>, number]>([
    ["ends on the next day without a time", { localTime: undefined, endLocalDate: "2027-03-02" }, 0],
    ["ends after midnight", { localTime: "22:00:00", endLocalDate: "2027-03-02" }, 1],
    ["lasts three days", { endLocalDate: "2027-03-03" }, 0],
    ["ends the same day", { endLocalDate: "2027-03-01" }, 1],
  ])("%s", (_, more, shows) => {
    expect(plan([listing("a", more)]).shows).toHaveLength(shows);
  });
});

describe("which listings are one show", () => {
  const resaleHall = { ...hall, id: "Zr1" };
  test.each<[string, Listing[], string[]]>([
    ["primary and resale", [listing("a"), listing("Z7r9b", { venue: resaleHall })], ["Z7r9b+a"]],
    ["59 minutes apart", [listing("a"), listing("b", { localTime: "20:29:00" })], ["a+b"]],
    ["an hour apart", [listing("a"), listing("b", { localTime: "20:30:00" })], ["a", "b"]],
    ["one time unknown", [listing("a"), listing("b", { localTime: undefined })], ["a+b"]],
    [
      "three in a row, the last over an hour after the first",
      [listing("a"), listing("b", { localTime: "20:00:00" }), listing("c", { localTime: "20:45:00" })],
      ["a+b", "c"],
    ],
    [
      "early and late without times",
      [
        listing("a", { name: "Low Tide (Late Show)", localTime: undefined }),
        listing("b", { name: "Low Tide (Early Show)", localTime: undefined }),
      ],
      ["a", "b"],
    ],
    ["two dates", [listing("a"), listing("b", { localDate: "2027-03-02" })], ["a", "b"]],
    [
      "two halls",
      [listing("a"), listing("b", { venue: { ...hall, id: "V2", name: "Small Hall" } })],
      ["a", "b"],
    ],
    [
      "undated ones",
      [listing("a", { localDate: undefined }), listing("b", { localDate: undefined })],
      ["a", "b"],
    ],
    ["no venue", [listing("a", { venue: undefined }), listing("b", { venue: undefined })], ["a", "b"]],
    ["the same listing twice", [listing("a"), listing("a")], ["a"]],
  ])("%s", (_, listings, expected) => {
    expect(folded(plan(listings))).toEqual(expected);
  });

  it("numbers early and late", () => {
    const { shows } = plan([
      listing("b", { localTime: "21:30:00" }),
      listing("a", { localTime: "17:30:00" }),
    ]);
    expect(shows.map(({ listingId, slot }) => [listingId, slot])).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
  });
});

describe("a show's fields", () => {
  it("come from the best listing, gaps from the others", () => {
    const price = { min: 20, max: 60, currency: "EUR" };
    const { shows } = plan([
      listing("Z7r9", {
        localTime: "19:00:00",
        startsAt: "2027-03-01T18:00:00Z",
        price,
        name: "Low Tide resale",
      }),
      listing("x", { url: undefined }),
      listing("b", { localTime: undefined, timezone: "Europe/Stockholm" }),
    ]);
    expect(shows).toEqual([
      {
        slot: 0,
        listingIds: ["Z7r9", "b", "x"],
        listingId: "b",
        name: "Low Tide",
        status: "onsale",
        localDate: "2027-03-01",
        localTime: "19:00:00",
        startsAt: "2027-03-01T18:00:00Z",
        timezone: "Europe/Stockholm",
        venue: hall,
        url: "https://tickets.example/b",
        price,
        bill: [],
      },
    ]);
  });

  it("keep the ticket link shown before", () => {
    const known = knownShow("s1", { listingIds: ["Z7r9", "a"], listingId: "Z7r9" });
    expect(plan([listing("a"), listing("Z7r9")], [known]).shows[0]!.listingId).toBe("Z7r9");
    expect(plan([listing("a")], [known]).shows[0]!.listingId).toBe("a");
  });

  it("give a postponed show without date none, though its resale listing still has one", () => {
    const known = knownShow("s1", { listingIds: ["Z7r9", "a"], listingId: "a" });
    const postponed = listing("a", { status: "postponed", localDate: undefined, localTime: undefined });
    const { shows } = plan([postponed, listing("Z7r9")], [known]);
    expect(shows).toHaveLength(1);
    expect(shows[0]).toMatchObject({ knownId: "s1", status: "postponed" });
    expect(shows[0]!.localDate).toBeUndefined();
    expect(shows[0]!.localTime).toBeUndefined();
  });

  it("name a festival's acts without its brand, also for whoever opened its brand's page", () => {
    const acts = [
      { id: OWN, name: "Low Tide" },
      { id: "K7", name: "Knotfest", festival: true as const },
      { id: "K8", name: "High Tide" },
    ];
    const festival = listing("a", { name: "Knotfest Roadshow", attractions: acts });
    const billOf = (attractionId: string) => planShows(attractionId, [festival], []).shows[0];
    expect(billOf(OWN)).toMatchObject({ name: "Knotfest Roadshow", bill: [{ id: "K8", name: "High Tide" }] });
    expect(billOf("K7")?.bill.map(({ name }) => name)).toEqual(["Low Tide", "High Tide"]);
  });

  it("name everybody else once", () => {
    const own = { id: OWN, name: "Low Tide" };
    const a = [own, { id: "K2", name: "Jelly Roll" }, { id: "K3", name: "JELLY-ROLL" }];
    const b = [
      { id: "K2", name: "Jelly Roll" },
      { id: "K4", name: "Ebb" },
      { id: "K5", name: "LOW TIDE" },
      own,
    ];
    const { shows } = plan([listing("a", { attractions: a }), listing("b", { attractions: b })]);
    expect(shows[0]!.bill.map(({ id }) => id)).toEqual(["K2", "K4"]);
  });
});

describe("which known show", () => {
  test.each<[string, Listing, KnownShow[], string | undefined, number]>([
    [
      "a known listing with a new date",
      listing("a", { localDate: "2027-05-01" }),
      [knownShow("s1", { listingIds: ["a"] })],
      "s1",
      0,
    ],
    ["an unknown listing of its hour", listing("b"), [knownShow("s1", { listingIds: ["a"] })], "s1", 0],
    [
      "an unknown listing, its time unknown",
      listing("b"),
      [knownShow("s1", { localTime: undefined })],
      "s1",
      0,
    ],
    [
      "the nearest of two",
      listing("b", { localTime: "21:00:00" }),
      [knownShow("s1", { localTime: "20:10:00" }), knownShow("s2", { localTime: "21:10:00", slot: 1 })],
      "s2",
      1,
    ],
    ["another hour", listing("b", { localTime: "23:00:00" }), [knownShow("s1")], undefined, 1],
    [
      "another hour, the late one known",
      listing("b", { localTime: "15:00:00" }),
      [knownShow("s1", { slot: 1 })],
      undefined,
      0,
    ],
    ["another hall", listing("b"), [knownShow("s1", { venueSourceId: "V9" })], undefined, 0],
    [
      "a hall known by name",
      listing("b"),
      [knownShow("s1", { venueSourceId: "Zr1", venueName: "GREAT HALL", venueCity: "Malmo" })],
      "s1",
      0,
    ],
    [
      "moved to a taken place",
      listing("a", { localDate: "2027-05-01" }),
      [knownShow("s1", { listingIds: ["a"] }), knownShow("s2", { localDate: "2027-05-01" })],
      "s1",
      1,
    ],
    [
      "a vanished show of the venue",
      listing("b", { localDate: "2027-05-01" }),
      [knownShow("s1", { gone: true })],
      "s1",
      0,
    ],
    [
      "two vanished shows of the venue",
      listing("b", { localDate: "2027-05-01" }),
      [knownShow("s1", { gone: true }), knownShow("s2", { gone: true, slot: 1 })],
      undefined,
      0,
    ],
  ])("%s", (_, one, known, knownId, slot) => {
    const { shows } = plan([one], known);
    expect(shows).toHaveLength(1);
    expect([shows[0]!.knownId, shows[0]!.slot]).toEqual([knownId, slot]);
  });

  const moved = listing("b", { localDate: "2027-05-01" });
  const old = { listingIds: ["a"], listingId: "a", coming: true };
  const left = (more: Partial<Listing> = {}) => listing("a", { status: "rescheduled", ...more });
  test.each<[string, Listing[], KnownShow[], (string | undefined)[]]>([
    [
      "whose listing left without a date",
      [left({ localDate: undefined }), moved],
      [knownShow("s1", old)],
      ["s1"],
    ],
    [
      "whose listing left from its first date",
      [left({ initialLocalDate: "2027-03-01" }), moved],
      [knownShow("s1", old)],
      ["s1"],
    ],
    [
      "whose listing has its new date",
      [left({ localDate: "2027-04-01", initialLocalDate: "2027-03-01" }), moved],
      [knownShow("s1", old)],
      ["s1", undefined],
    ],
    [
      "that was postponed, and its listing is away",
      [moved],
      [knownShow("s1", { ...old, status: "postponed", localDate: undefined })],
      ["s1"],
    ],
    [
      "that was rescheduled, and its listing is away",
      [moved],
      [knownShow("s1", { ...old, status: "rescheduled" })],
      ["s1"],
    ],
    ["of which one read knew nothing", [moved], [knownShow("s1", { ...old, status: "onsale" })], [undefined]],
    [
      "that the new listing names by its date",
      [{ ...moved, initialLocalDate: "2027-03-01" }],
      [knownShow("s1", old)],
      ["s1"],
    ],
    [
      "named among two that vanished",
      [{ ...moved, initialLocalDate: "2027-03-02" }],
      [
        knownShow("s1", { ...old, gone: true }),
        knownShow("s2", { listingIds: ["c"], coming: true, gone: true, localDate: "2027-03-02" }),
      ],
      ["s2"],
    ],
    [
      "that is over",
      [moved],
      [knownShow("s1", { ...old, coming: false, status: "rescheduled" })],
      [undefined],
    ],
    [
      "at another venue",
      [{ ...moved, venue: { id: "V9", name: "Other Hall", city: "Lund" } }],
      [knownShow("s1", { ...old, status: "postponed" })],
      [undefined],
    ],
    [
      "of a venue that plays two new nights, once",
      [moved, listing("c", { localDate: "2027-05-02" })],
      [knownShow("s1", { ...old, status: "postponed" })],
      ["s1", undefined],
    ],
  ])("moved: one %s", (_, read, known, expected) => {
    const shows = plan(read, withAbsent(known, read)).shows;
    expect(shows.map(({ knownId }) => knownId).sort()).toEqual(expected);
    if (expected.length > 1 || !expected[0]) return;
    expect(shows[0]).toMatchObject({ localDate: "2027-05-01", listingId: "b" });
  });

  it("does not join a listing to the date that a show has left", () => {
    const known = knownShow("s1", { listingIds: ["a"], listingId: "a" });
    const { shows } = plan([listing("a", { localDate: "2027-05-01" }), listing("b")], [known]);
    expect(shows.map(({ knownId, listingId }) => [knownId, listingId])).toEqual([
      [undefined, "b"],
      ["s1", "a"],
    ]);
  });

  it("lets two shows trade places", () => {
    const known = [
      knownShow("s1", { listingIds: ["a"], listingId: "a" }),
      knownShow("s2", { listingIds: ["b"], listingId: "b", localDate: "2027-05-01" }),
    ];
    const { shows } = plan([listing("a", { localDate: "2027-05-01" }), listing("b")], known);
    expect(shows.map(({ knownId, slot }) => [knownId, slot])).toEqual([
      ["s2", 0],
      ["s1", 0],
    ]);
  });
});

describe("the laws", () => {
  const dates = ["2027-03-01", "2027-03-02"];
  const anyListing: fc.Arbitrary<Listing> = fc
    .record({
      id: fc.constantFrom("a", "b", "c", "d", "e", "Z7r9f", "Z7r9g"),
      name: fc.constantFrom("Low Tide", "Low Tide (Late Show)", "Low Tide (Early Show)", "Low Tide Parking"),
      url: fc.option(fc.constant("https://tickets.example"), { nil: undefined }),
      status: fc.constantFrom<Listing["status"][]>("onsale", "postponed", "rescheduled", "cancelled"),
      localDate: fc.option(fc.constantFrom(...dates), { nil: undefined }),
      initialLocalDate: fc.option(fc.constantFrom(...dates), { nil: undefined }),
      localTime: fc.option(fc.constantFrom("17:00:00", "18:00:00", "18:30:00", "19:20:00"), {
        nil: undefined,
      }),
      venue: fc.option(
        fc.constantFrom(
          hall,
          { ...hall, id: "Zr1" },
          { id: "V2", name: "Small Hall" },
          { id: "V2", name: "Small hall" },
        ),
        { nil: undefined },
      ),
      attractions: fc.constantFrom(
        [{ id: OWN, name: "Low Tide" }],
        [],
        [
          { id: "K2", name: "Ebb" },
          { id: OWN, name: "LOW TIDE" },
        ],
      ),
    })
    .map((one): Listing => ({ ...one, attractions: [...one.attractions] }));
  const anyKnown: fc.Arbitrary<KnownShow[]> = fc
    .uniqueArray(
      fc.record({
        venueSourceId: fc.constantFrom("V1", "V2", undefined),
        localDate: fc.constantFrom(...dates, undefined),
        localTime: fc.constantFrom("17:00:00", "19:00:00", undefined),
        slot: fc.nat(2),
        gone: fc.boolean(),
        absent: fc.boolean(),
        status: fc.constantFrom<ShowStatus[]>("onsale", "postponed", "rescheduled"),
        listingIds: fc.subarray(["a", "b", "c", "Z7r9f"]),
      }),
      {
        maxLength: 4,
        selector: ({ venueSourceId, localDate, slot }) => `${venueSourceId} ${localDate} ${slot}`,
      },
    )
    .map((shows) =>
      shows.map((show, at) => {
        const earlier = shows.slice(0, at).flatMap(({ listingIds }) => listingIds);
        const listingIds = show.listingIds.filter((id) => !earlier.includes(id));
        return { ...show, id: `s${at}`, listingIds, listingId: listingIds[0] ?? "" };
      }),
    );
  const anyListings = fc.array(anyListing, { maxLength: 8 });

  /** The database after the plan was written. */
  function written(shows: PlannedShow[], known: KnownShow[]): KnownShow[] {
    const ids = new Set(shows.map(({ knownId }) => knownId));
    const rows = shows.map((show, at): KnownShow => {
      const before = known.find(({ id }) => id === show.knownId);
      return {
        id: show.knownId ?? `t${at}`,
        venueSourceId: show.venue?.id ?? before?.venueSourceId,
        localDate: show.localDate,
        localTime: show.localTime,
        slot: show.slot,
        listingIds: show.listingIds,
        listingId: show.listingId,
      };
    });
    return [...known.filter(({ id }) => !ids.has(id)), ...rows];
  }

  it("the order of listings and known shows does not matter", () => {
    fc.assert(
      fc.property(anyListings, anyKnown, fc.infiniteStream(fc.nat()), (listings, known, stream) => {
        const shuffle = <T>(all: T[]) =>
          all
            .map((one) => ({ one, key: stream.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ one }) => one);
        expect(plan(shuffle(listings), shuffle(known))).toEqual(plan(listings, known));
      }),
      { numRuns: 500 },
    );
  });

  it("planning again changes nothing", () => {
    fc.assert(
      fc.property(anyListings, anyKnown, (listings, known) => {
        const once = plan(listings, known);
        const rows = written(once.shows, known);
        const again = plan(listings, rows);
        expect(again.skipped).toEqual(once.skipped);
        expect(again.shows.map(({ knownId: _, ...show }) => show)).toEqual(
          once.shows.map(({ knownId: _, ...show }) => show),
        );
        expect(
          written(again.shows, rows)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(rows.map(({ id }) => id).sort());
      }),
      { numRuns: 500 },
    );
  });

  it("slots never collide, and stay while the place does", () => {
    fc.assert(
      fc.property(anyListings, anyKnown, (listings, known) => {
        const { shows } = plan(listings, known);
        const rows = written(shows, known);
        const keys = rows.map(
          ({ venueSourceId, localDate, slot }) => `${venueSourceId} ${localDate} ${slot}`,
        );
        expect(new Set(keys).size).toBe(keys.length);
        for (const row of rows) {
          const before = known.find(({ id }) => id === row.id);
          if (before && before.localDate === row.localDate && before.venueSourceId === row.venueSourceId) {
            expect(row.slot).toBe(before.slot);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("every listing is in one show or skipped", () => {
    fc.assert(
      fc.property(anyListings, anyKnown, (listings, known) => {
        const { shows, skipped } = plan(listings, known);
        const seen = [
          ...shows.flatMap(({ listingIds }) => listingIds),
          ...skipped.map(({ listingId }) => listingId),
        ];
        expect(seen.sort()).toEqual([...new Set(listings.map(({ id }) => id))].sort());
      }),
    );
  });
});

describe("showStatus", () => {
  test.each([
    ["onsale", "2026-11-24", "2026-11-24", "onsale"],
    ["onsale", "2026-11-23", "2026-11-24", "past"],
    ["rescheduled", "2026-11-23", "2026-11-24", "past"],
    ["cancelled", "2026-11-23", "2026-11-24", "cancelled"],
    ["postponed", undefined, "2026-11-24", "postponed"],
    ["offsale", "2026-11-25", "2026-11-24", "offsale"],
  ] as const)("%s on %s is, on %s, %s", (stored, localDate, today, expected) => {
    expect(showStatus(stored, localDate, today)).toBe(expected);
  });
});
