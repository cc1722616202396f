import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { worlds } from "#server/simulator/index";
import { testApp } from "../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
let slug = "";
beforeAll(async () => {
  app = await testApp();
  const { saltmarsh } = worlds.small.artists;
  const artist = await app.caller.artist.import({ tmAttractionId: saltmarsh.tmAttractionId });
  await app.drain();
  const { shows } = await app.caller.artist.bySlug({ slug: artist.slug });
  slug = shows.find((show) => show.venue)?.venue?.slug ?? "";
});
afterAll(() => app.close());

test("a venue has its coming shows with their artists, and says how old they are", async () => {
  const { venue, shows } = await app.caller.venue.bySlug({ slug });
  expect(venue).toMatchObject({ slug });
  expect(venue.readAt).toBeInstanceOf(Date);
  expect(shows.length).toBeGreaterThan(0);
  for (const show of shows) {
    expect(show.venue?.slug).toBe(slug);
    expect(show.artist.slug).toBe("saltmarsh-radio");
  }
});

test("what is over is listed apart", async () => {
  await app.db
    .updateTable("shows")
    .set({ local_date: sql<string>`local_date - 10000` })
    .where("venue_id", "=", (await app.caller.venue.bySlug({ slug })).venue.id)
    .execute();
  expect((await app.caller.venue.bySlug({ slug })).shows).toEqual([]);
  const { shows } = await app.caller.venue.bySlug({ slug, when: "past" });
  expect(shows.length).toBeGreaterThan(0);
  for (const show of shows) expect(show.status).not.toBe("onsale");
});

test("an earlier address finds it, an unknown one is NOT_FOUND", async () => {
  const { venue } = await app.caller.venue.bySlug({ slug });
  await app.db
    .insertInto("slugs")
    .values({ kind: "venue", slug: "its-old-name", target_id: venue.id })
    .execute();
  expect((await app.caller.venue.bySlug({ slug: "its-old-name" })).venue.slug).toBe(slug);
  for (const unknown of ["nowhere", "../..", ""]) {
    await expect(app.caller.venue.bySlug({ slug: unknown })).rejects.toMatchObject({ code: "NOT_FOUND" });
  }
});
