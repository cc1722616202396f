import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { nameKey } from "#rules/text";
import { testApp } from "../../tests/app.ts";
import { searchPlaces } from "./search-places.ts";
import { fillVenueKeys, upsertVenues } from "./venues.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

/** Venues with so many coming shows each. */
async function make(venues: [name: string, city: string | undefined, country: string, shows: number][]) {
  const listed = venues.map(([name, city, country], n) => ({ id: `v${n}`, name, city, country }));
  await upsertVenues(
    app.db,
    listed.map(({ city, ...venue }) => ({ ...venue, ...(city !== undefined && { city }) })),
  );
  const coming = JSON.stringify(venues.map(([, , , shows], n) => ({ id: `v${n}`, shows })));
  await sql`with artist as (insert into artists (slug, name, name_key) values ('one', 'One', 'one') returning id)
    insert into shows (artist_id, venue_id, slug, tm_event_id, name, local_date, timezone, status, slot)
    select artist.id, venues.id, t.id || '-' || n, t.id || '-' || n, 'One', current_date + 9, 'UTC', 'onsale', n
    from artist, jsonb_to_recordset(${coming}::jsonb) as t (id text, shows int)
    join venues on venues.source_id = t.id cross join generate_series(1, t.shows) n`.execute(app.db);
}

const search = (q: string) => searchPlaces(app.db, nameKey(q), 10);
const names = async (q: string) => {
  const { venues, cities } = await search(q);
  return { venues: venues.map(({ name }) => name), cities: cities.map(({ name }) => name) };
};

describe("places", () => {
  test("are found by the beginning of any word, accents aside; only where something comes", async () => {
    await make([
      ["Teatro Salina", "Lisboa", "PT", 2],
      ["Salón Azul", "São Paulo", "BR", 1],
      ["Saline", "Halle", "DE", 0],
      ["Halle 9", "Leipzig", "DE", 1],
      ["Nowhere", undefined, "DE", 1],
    ]);
    expect(await names("sal")).toEqual({ venues: ["Teatro Salina", "Salón Azul"], cities: [] });
    expect(await names("sao paulo")).toEqual({ venues: [], cities: ["São Paulo"] });
    expect(await names("halle")).toEqual({ venues: ["Halle 9"], cities: [] });
  });

  test("a city has its shows and its venues, most shows first; one of the same name elsewhere is another", async () => {
    await make([
      ["Hall", "Portland", "US", 1],
      ["Yard", "Portland", "US", 3],
      ["Barn", "Portland", "GB", 1],
    ]);
    const { cities } = await search("portland");
    expect(cities).toEqual([
      {
        name: "Portland",
        country: "US",
        shows: 4,
        venueCount: 2,
        venues: [
          { slug: expect.any(String) as string, name: "Yard", shows: 3 },
          { slug: expect.any(String) as string, name: "Hall", shows: 1 },
        ],
      },
      expect.objectContaining({ name: "Portland", country: "GB", shows: 1 }),
    ]);
  });

  test("an error of typing is forgiven where nothing else is found", async () => {
    await make([
      ["The Brinehouse", "Bristol", "GB", 1],
      ["Bistro Nine", "Leeds", "GB", 1],
    ]);
    expect(await names("brsitol")).toEqual({ venues: [], cities: ["Bristol"] });
    expect((await names("brinehuose")).venues).toEqual(["The Brinehouse"]);
    expect(await names("zzqx")).toEqual({ venues: [], cities: [] });
    expect(await names("")).toEqual({ venues: [], cities: [] });
  });
});

describe("keys", () => {
  test("of venues from before there were any come with the sweep, and by themselves when the venue is read again", async () => {
    await make([
      ["Salón Azul", "São Paulo", "BR", 1],
      ["Nowhere", undefined, "DE", 1],
    ]);
    const keys = async () =>
      (await app.db.selectFrom("venues").select(["name_key", "city_key"]).orderBy("source_id").execute()).map(
        (row) => [row.name_key, row.city_key],
      );
    const whole = [
      ["salon azul", "sao paulo"],
      ["nowhere", null],
    ];
    const forget = () => app.db.updateTable("venues").set({ name_key: null, city_key: null }).execute();
    await forget();
    expect(await fillVenueKeys(app.db, 1)).toBe(1);
    expect(await keys()).not.toEqual(whole);
    await app.services.queue.send(app.db, "scheduled-sync", { kind: "sweep" });
    await app.drain();
    expect(await keys()).toEqual(whole);
    expect(await fillVenueKeys(app.db, 9)).toBe(0);

    await forget();
    await upsertVenues(app.db, [{ id: "v0", name: "Salón Azul", city: "São Paulo", country: "BR" }]);
    expect((await keys())[0]).toEqual(whole[0]);
  });
});
