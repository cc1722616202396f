import { describe, expect, it } from "vitest";
import { haveSamples, listSamples, sampleBody, sampleJson, samplesNote } from "../../../tests/samples.ts";
import { readOutcome } from "../outcome.ts";
import { attractionAnswer, attractionsPage, readArtists, readAttraction } from "./attractions.ts";
import { eventsPage, readListings } from "./events.ts";
import { readTooMany } from "./too-many.ts";

const upstream = { name: "ticketmaster" as const, readTooMany };

/** Whatever kind of file it is: the events in it. */
function eventsOf(file: string): unknown[] {
  const body = sampleJson(file);
  if (Array.isArray(body)) return body;
  const page = eventsPage.safeParse(body);
  return page.success ? (page.data._embedded?.events ?? []) : [body];
}
const listingsOf = (file: string) => readListings(eventsOf(`ticketmaster/${file}.json`), 200);

describe.skipIf(!haveSamples)(`recorded Ticketmaster answers${samplesNote}`, () => {
  const good = listSamples("ticketmaster").filter(({ status }) => status === 200);

  it.each(good.filter(({ kind }) => kind.startsWith("event")))("$file is read whole", ({ file, kind }) => {
    if (kind === "events page") expect(eventsPage.safeParse(sampleJson(file)).success).toBe(true);
    const { listings, unreadable } = readListings(eventsOf(file), 200);
    expect(unreadable).toBe(0);
    for (const listing of listings) {
      expect(listing.id).toMatch(/^[A-Za-z0-9_-]{10,21}$/);
      expect(listing.name).toBe(listing.name.trim());
      expect(listing.venue?.name ?? "").toBe((listing.venue?.name ?? "").trim());
      if (listing.localTime) expect(listing.localTime).toMatch(/^\d\d:\d\d:\d\d$/);
      if (listing.localTime) expect(listing.localDate).toBeDefined();
      if (listing.localDate) expect(listing.localDate).toMatch(/^\d{4}-\d\d-\d\d$/);
      if (listing.venue?.latitude) expect(listing.venue.latitude).toBeTypeOf("number");
      expect(Object.values(listing)).not.toContain(undefined);
    }
  });

  it.each(good.filter(({ kind }) => kind === "attraction"))("$file is read whole", ({ file }) => {
    expect(attractionAnswer.safeParse(sampleJson(file)).success).toBe(true);
    expect(readAttraction(sampleJson(file))).toBeDefined();
  });

  it("reads who an attraction is elsewhere, its picture and genre", () => {
    expect(readAttraction(sampleJson("ticketmaster/attraction-with-externallinks.json"))).toEqual({
      id: "K8vZ9171Lz0",
      name: "Slipknot",
      url: "http://www.ticketmaster.cz/artist/6346",
      genre: "Metal",
      imageUrl: expect.stringMatching(/^https:.*_TABLET_LANDSCAPE_16_9\.jpg$/) as string,
      upcoming: 33,
      links: {
        musicbrainz: ["a466c2a2-6517-42fb-a160-1087c3bafd9f"],
        spotify: ["05fG473iIaoy82BF1aGhL8"],
        setlistfm: [],
      },
    });
  });

  it("leaves films, plays and festivals out of a search for artists", () => {
    const page = attractionsPage.parse(sampleJson("ticketmaster/attractions-page.json"));
    const found = readArtists(page._embedded?.attractions ?? [], 20).map(({ name }) => name);
    expect(found).toContain("!!!");
    expect(found).not.toContain("!Women Art Revolution");
    expect(found).not.toContain("#140conf");
    expect(found).toHaveLength(15);
  });

  it("reads an empty page as no listings", () => {
    expect(listingsOf("events-empty")).toEqual({ listings: [], unreadable: 0 });
  });

  it("keeps a postponed show without a date, and where it was first set", () => {
    expect(listingsOf("event-dates-postponed-no-date").listings[0]).toMatchObject({
      status: "postponed",
      initialLocalDate: "2026-09-13",
      timezone: "America/Los_Angeles",
    });
    expect(listingsOf("event-dates-postponed-no-date").listings[0]).not.toHaveProperty("localDate");
  });

  it("reads no time where the seller knows none", () => {
    const { listings } = listingsOf("event-dates-multi-day-pass");
    expect(listings[0]).toMatchObject({ localDate: "2025-12-30", endLocalDate: "2025-12-31" });
    expect(listings[0]).not.toHaveProperty("localTime");
    expect(listings[0]).not.toHaveProperty("startsAt");
  });

  it("takes the venue's zone where the event has none", () => {
    const { listings } = listingsOf("events-array-slipknot-tour");
    expect(listings.every(({ timezone }) => timezone)).toBe(true);
    const { listings: resale } = listingsOf("event-resale-rescheduled-no-timezone");
    expect(resale[0]).toMatchObject({ status: "rescheduled", timezone: resale[0]?.venue?.timezone });
  });

  it("prefers the plain price to the one with fees", () => {
    const { listings } = listingsOf("events-page-poland-spotify-link-with-query");
    expect(listings[0]?.price).toEqual({ min: 139, max: 139, currency: "PLN" });
    expect(listings[0]?.venue).toMatchObject({ country: "PL", region: "Mazowieckie", latitude: 52.23236 });
    expect(listings[0]?.attractions.map(({ name }) => name)).toEqual(["John Maus", "Winiary Bookings"]);
  });

  it("reads cancelled and rescheduled shows of 2023", () => {
    const statuses = listingsOf("events-mexico-cancelled-rescheduled").listings.map(({ status }) => status);
    expect(statuses.filter((status) => status === "cancelled")).toHaveLength(3);
    expect(statuses.filter((status) => status === "rescheduled")).toHaveLength(1);
  });

  it.each([
    ["error-404-not-found", "no", "not-found"],
    ["error-400-paging-depth", "no", "rejected"],
    ["error-400-size", "no", "rejected"],
    ["error-400-date-format", "no", "rejected"],
    ["error-401-invalid-key", "refused", "refused"],
    ["error-429-quota", "day", "quota"],
    ["error-429-spike", "rest", "busy"],
  ])("%s means %s", (name, outcome, kind) => {
    const sample = listSamples("ticketmaster").find(({ file }) => file.endsWith(`/${name}.json`))!;
    const read = readOutcome(upstream, {
      status: sample.status,
      headers: new Headers(),
      body: sampleBody(sample.file),
    });
    expect(read).toMatchObject({ kind: outcome, error: { kind, status: sample.status } });
  });

  it("knows every recorded error", () => {
    expect(listSamples("ticketmaster").filter(({ status }) => status !== 200)).toHaveLength(7);
  });
});

describe("Ticketmaster's spent day", () => {
  const body = { fault: { detail: { errorcode: "policies.ratelimit.QuotaViolation" } } };
  it.each([
    ["1764000000000", new Date(1_764_000_000_000)],
    ["soon", undefined],
    ["1e99", undefined],
    ["", undefined],
  ])("ends when Rate-Limit-Reset (%s) says so", (value, until) => {
    const headers = new Headers({ "rate-limit-reset": value });
    expect(readTooMany({ headers, body })).toEqual({ kind: "day", until });
  });
});
