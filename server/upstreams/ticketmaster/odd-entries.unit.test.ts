import { describe, expect, it } from "vitest";
import { spotifyArtistId } from "./attractions.ts";
import { readListings } from "./events.ts";

describe("one odd event", () => {
  const event = (fields: object) => ({ id: "vvG1zZ9abcd", name: "A show", ...fields });
  const read = (fields: object) => readListings([event(fields)], 200).listings[0];

  it("never costs the page", () => {
    const entries = [null, 7, {}, { id: "x" }, { id: "../up", name: "x" }, { id: 4, name: "x" }, event({})];
    expect(readListings(entries, 200)).toMatchObject({ unreadable: 6, listings: [{ name: "A show" }] });
  });

  it("is read where every other field is of the wrong type", () => {
    const wrong = ["dates", "url", "classifications", "priceRanges", "_embedded", "test"];
    for (const value of [null, 5, "text", [], {}, [null], [[]]]) {
      const fields = Object.fromEntries(wrong.map((name) => [name, value]));
      expect(read(fields)).toEqual({ id: "vvG1zZ9abcd", name: "A show", status: "onsale", attractions: [] });
    }
  });

  it("counts what comes beyond the page it asked for as unreadable", () => {
    const many = Array.from({ length: 100_000 }, (_, at) => event({ id: `e${at}` }));
    expect(readListings(many, 200)).toMatchObject({ unreadable: 99_800 });
  });

  it.each([
    [{ code: "canceled" }, {}, "cancelled"],
    [{ code: "OnSale" }, {}, "onsale"],
    [{ code: "moved" }, { localDate: "2027-01-02" }, "rescheduled"],
    [{}, { dateTBA: true }, "postponed"],
  ])("with status %o and start %o is %s", (status, start, expected) => {
    const dates = { status, start, initialStartDate: { localDate: "2027-01-01" } };
    expect(read({ dates })).toMatchObject({ status: expected });
  });

  it.each(["-001-01-01", "2027-02-30", "0000-00-00", "27-01-01", "9999-01-01", "2027-01-01T00:00"])(
    "has no date where it says %s",
    (localDate) => {
      expect(read({ dates: { start: { localDate, localTime: "20:00:00" } } })).not.toHaveProperty(
        "localDate",
      );
    },
  );

  it.each(["EST", "+02:00", "Mars/Olympus", "GMT+2", "../etc/passwd", ""])(
    "falls back to the venue's zone where it says %s",
    (timezone) => {
      const venues = [{ id: "KovZpZA1", name: "Hall", timezone: "Europe/Prague" }];
      expect(read({ dates: { timezone }, _embedded: { venues } })).toMatchObject({
        timezone: "Europe/Prague",
      });
    },
  );

  it.each([
    { min: -1, max: 5, currency: "USD" },
    { min: 9, max: 5, currency: "USD" },
    { min: 0, max: 0, currency: "USD" },
    { min: 1, max: 1e12, currency: "USD" },
    { min: 1, max: 5, currency: "dollars" },
    { currency: "USD" },
  ])("has no price where the range is %o", (range) => {
    expect(read({ priceRanges: [{ type: "standard", ...range }] })).not.toHaveProperty("price");
  });

  it("is cleaned of NUL, lone surrogates and script addresses", () => {
    const listing = read({ name: " A\u0000 \ud800show ", url: "javascript:alert(1)" });
    expect(listing?.name).toBe("A show");
    expect(listing).not.toHaveProperty("url");
  });

  it("of parking or of the seller's own tests is no listing, and no fault", () => {
    const parking = event({ classifications: [{ primary: true, type: { name: "Parking" } }] });
    expect(readListings([parking, event({ test: true })], 200)).toEqual({ listings: [], unreadable: 0 });
  });

  it("tells a festival's brand from those who play there", () => {
    const named = (name: string) => ({ name });
    const filed = [{ primary: true, type: named("Event Style"), subType: named("Festival") }];
    const attractions = [
      { id: "K1", name: "Knotfest", classifications: filed },
      { id: "K2", name: "Low Tide", classifications: [{ type: named("Group"), subType: named("Band") }] },
    ];
    expect(read({ _embedded: { attractions } })?.attractions).toEqual([
      { id: "K1", name: "Knotfest", festival: true },
      { id: "K2", name: "Low Tide" },
    ]);
  });

  it("keeps ids exactly", () => {
    expect(read({ id: "0vvG1-_z-" })?.id).toBe("0vvG1-_z-");
  });
});

describe("a Spotify address", () => {
  const id = "4R073T3AVJKqAsbzLmLW9u";
  it.each([
    `https://open.spotify.com/artist/${id}?autoplay=true`,
    `https://open.spotify.com/intl-de/artist/${id}?si=abc`,
    `http://play.spotify.com/artist/${id}/`,
    `https://open.spotify.com/embed/artist/${id}`,
    `spotify:artist:${id}`,
  ])("%s names the artist", (url) => expect(spotifyArtistId(url)).toBe(id));

  it.each([`https://open.spotify.com/album/${id}`, `https://open.spotify.com/artist/${id}x`, "", undefined])(
    "%s names none",
    (url) => expect(spotifyArtistId(url)).toBeUndefined(),
  );
});
