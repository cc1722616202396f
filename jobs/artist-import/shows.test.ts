/** The step "shows" against a seller who has more than may be paged through, and one who damages what it sends. */
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { worlds } from "#server/simulator/index";
import { DUPLICATE_ID, spoils, TWIN } from "#server/simulator/ticketmaster/hostile";
import { buildWorld } from "#server/simulator/world/index";
import { listingsOf } from "#server/simulator/world/listings";
import type { WorldName } from "#server/simulator/world/worlds";
import { testApp } from "../../tests/app.ts";

const NOW = new Date("2026-11-27T12:00:00Z");
type App = Awaited<ReturnType<typeof testApp>>;

const listed = (world: WorldName, attractionId: string) =>
  buildWorld(world, "theset")
    .shows(NOW.getTime())
    .flatMap((show) => listingsOf(show, NOW.getTime()))
    .filter(({ attractions }) => attractions.some((who) => who.tmAttractionId === attractionId));

async function importArtist(app: App, tmAttractionId: string) {
  const started = await app.caller.artist.import({ tmAttractionId });
  await app.drain();
  const status = await app.caller.artist.importStatus({ artistId: started.artistId });
  return { ...started, status, shows: status.report.steps.find(({ step }) => step === "shows") };
}

const addresses = async (app: App, artistId: string) =>
  (await app.db.selectFrom("shows").select("slug").where("artist_id", "=", artistId).execute()).map(
    ({ slug }) => slug,
  );

describe("an artist with more shows than a query may page through", () => {
  let app: App;
  beforeAll(async () => {
    app = await testApp({ world: "huge", now: NOW });
  });
  afterAll(() => app.close());

  it("has all of them, each with an address of its own", { timeout: 120_000 }, async () => {
    const { tmAttractionId } = worlds.huge.artists.caravan;
    const { length } = listed("huge", tmAttractionId);
    expect(length).toBeGreaterThan(1_400);
    const { artistId, status, shows } = await importArtist(app, tmAttractionId);
    expect(status.stage).toBe("completed");
    expect(shows).toMatchObject({ state: "done", read: length, new: length, skipped: 0 });
    expect(shows?.missing).toBeUndefined();
    const slugs = await addresses(app, artistId);
    expect(slugs.length).toBe(length);
    const asked = app.simulator.requests().filter(({ path }) => path.includes("events.json"));
    expect(asked.length).toBeLessThan(20);
  });
});

describe("names and listings made to break things", () => {
  let app: App;
  beforeAll(async () => {
    app = await testApp({ world: "hostile", now: NOW });
  });
  afterAll(() => app.close());

  const unreadable = ["nameless", "name is a number", "id is a number", "id is an address", "no event"];
  const ways = Object.keys(spoils);

  it.each(Object.entries(worlds.hostile.artists))("%s is imported, odd listings apart", async (_, artist) => {
    const sold = listed("hostile", artist.tmAttractionId).map(({ show }) => ways[show.night % ways.length]!);
    expect(new Set(sold).size).toBe(ways.length);
    const skipped = sold.filter((way) => unreadable.includes(way)).length;
    const twice = sold.filter((way) => way === "duplicate").length;
    const read = sold.length - Math.max(0, twice - 1);
    const { artistId, slug, status, shows } = await importArtist(app, artist.tmAttractionId);
    expect(status.stage).toBe("completed");
    expect(shows).toMatchObject({ state: "done", read, new: read - skipped, skipped });
    expect(slug).toMatch(/^[a-z0-9-]+$/);
    const slugs = await addresses(app, artistId);
    expect(slugs.filter((one) => !/^[a-z0-9-]{3,200}$/.test(one))).toEqual([]);
    expect(new Set(slugs).size).toBe(read - skipped);
    for (const one of slugs.slice(0, 30)) {
      const { show } = await app.caller.show.bySlug({ slug: one });
      expect(JSON.stringify(show)).not.toMatch(/javascript:|\\u0000|\\ud8|Mars/);
      expect(show.name.length).toBeLessThanOrEqual(300);
      expect(show.priceRange?.min ?? 0).toBeLessThanOrEqual(show.priceRange?.max ?? 0);
    }
    const again = await importArtist(app, artist.tmAttractionId);
    expect(again.shows).toMatchObject({ new: 0, changed: 0, unchanged: read - skipped });
  });

  it("one listing claimed by several is one show, and halls of one name have addresses of their own", async () => {
    const claimed = app.db.selectFrom("show_sources").where("source_id", "=", DUPLICATE_ID);
    expect((await claimed.select("show_id").execute()).length).toBe(3);
    const twins = await app.db
      .selectFrom("venues")
      .select(["slug", "source_id as id"])
      .where("name", "=", TWIN.name)
      .execute();
    expect(twins.length).toBe(2);
    expect(new Set(twins.map(({ slug }) => slug)).size).toBe(twins.length);
  });

  it("a read with gaps says of no show that it is gone", async () => {
    const { count } = await app.db
      .selectFrom("shows")
      .select(sql<number>`count(*)::int`.as("count"))
      .where((where) =>
        where.or([where("absent_since", "is not", null), where("missing_since", "is not", null)]),
      )
      .executeTakeFirstOrThrow();
    expect(count).toBe(0);
  });
});

describe("a show that is listed no more", () => {
  let app: App;
  beforeAll(async () => {
    app = await testApp({ now: NOW });
  });
  afterAll(() => app.close());

  it("leaves the lists after two whole reads a day apart, and not by a read that broke off", async () => {
    const { tmAttractionId } = worlds.small.artists.saltmarsh;
    const { artistId, slug } = await importArtist(app, tmAttractionId);
    // Known from a listing that has been withdrawn since.
    const { id } = await app.db
      .insertInto("shows")
      .values({
        artist_id: artistId,
        slug: "withdrawn",
        name: "Withdrawn",
        status: "onsale",
        tm_event_id: "withdrawn",
        local_date: "2099-05-01",
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await app.db
      .insertInto("show_sources")
      .values({ source: "ticketmaster", source_id: "withdrawn", artist_id: artistId, show_id: id })
      .execute();
    await app.db.insertInto("slugs").values({ kind: "show", slug: "withdrawn", target_id: id }).execute();
    const state = async () => {
      const row = await app.db
        .selectFrom("shows")
        .select(["absent_since", "missing_since"])
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const { shows } = await app.caller.show.list({ artistSlug: slug, when: "coming" });
      return [row.absent_since !== null, row.missing_since !== null, shows.some((show) => show.id === id)];
    };

    app.simulator.setFaults([{ upstream: "ticketmaster", kind: "500", match: "includeTBD" }]);
    const broken = await importArtist(app, tmAttractionId);
    expect(broken.shows).toMatchObject({ state: "failed" });
    expect(await state()).toEqual([false, false, true]);
    app.simulator.setFaults([]);
    await app.db.deleteFrom("upstream_state").execute();

    await importArtist(app, tmAttractionId);
    expect(await state()).toEqual([true, false, true]);
    await sql`update shows set absent_since = absent_since - interval '1 day'`.execute(app.db);
    const { shows } = await importArtist(app, tmAttractionId);
    expect(shows).toMatchObject({ new: 0, changed: 1 });
    expect(await state()).toEqual([true, true, false]);
    expect(await app.caller.show.bySlug({ slug: "withdrawn" })).toMatchObject({ show: { id } });
  });
});
