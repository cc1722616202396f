import { afterAll, beforeAll, expect, it } from "vitest";
import { type Listing, planShows } from "#rules/events";
import { createTestDb } from "../../tests/database.ts";
import { insertArtist } from "./artists.ts";
import { listKnownShows, writeShows } from "./show-writes.ts";
import { findShowBySlug } from "./shows.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
beforeAll(async () => {
  test = await createTestDb();
});
afterAll(() => test.close());

const attraction = { id: "K8vZ9171Lz0", name: "Muse" };
const listing = (id: string, localDate: string): Listing => ({
  id,
  name: "Muse",
  status: "onsale",
  localDate,
  localTime: "20:00:00",
  venue: { id: "KovZ1", name: "The Hall", city: "Bath" },
  attractions: [attraction],
});

it("lets a new show take the night that another one leaves", async () => {
  const artist = await insertArtist(test.db, { tmAttractionId: attraction.id, slugBases: ["muse"] });
  const write = async (listings: Listing[]) => {
    const known = await listKnownShows(test.db, artist.id);
    return writeShows(test.db, artist, planShows(attraction.id, listings, known).shows);
  };
  expect(await write([listing("one", "2026-12-01")])).toMatchObject({ new: 1 });
  const moved = [listing("one", "2026-12-05"), listing("two", "2026-12-01")];
  expect(await write(moved)).toEqual({ new: 1, changed: 1, unchanged: 0 });
  const nights = (await listKnownShows(test.db, artist.id)).map((show) => [show.listingId, show.localDate]);
  expect(Object.fromEntries(nights)).toEqual({ one: "2026-12-05", two: "2026-12-01" });
});

it("finds the zone of a show by its coordinates where nobody says it, and believes what is said", async () => {
  const artist = await insertArtist(test.db, { tmAttractionId: "K-zones", slugBases: ["zones"] });
  const place = (id: string, more: Partial<NonNullable<Listing["venue"]>> = {}) => ({
    id,
    name: id,
    ...more,
  });
  const oslo = { latitude: 59.9139, longitude: 10.7522 };
  const at = (id: string, venue: Listing["venue"], timezone?: string) => ({
    ...listing(id, "2027-07-01"),
    venue,
    timezone,
    attractions: [],
  });
  const write = async (...listings: Listing[]) =>
    writeShows(
      test.db,
      artist,
      planShows("K-zones", listings, await listKnownShows(test.db, artist.id)).shows,
    );
  await write(
    at("located", place("Z1", oslo)),
    at("told", place("Z2", oslo), "Europe/Helsinki"),
    at("nowhere", place("Z3")),
  );
  const rows = await test.db
    .selectFrom("shows")
    .select(["tm_event_id as id", "timezone", "starts_at as startsAt"])
    .where("artist_id", "=", artist.id)
    .execute();
  const zones = Object.fromEntries(rows.map(({ id, timezone }) => [id, timezone]));
  expect(zones).toEqual({ located: "Europe/Oslo", told: "Europe/Helsinki", nowhere: null });
  const located = rows.find(({ id }) => id === "located");
  expect(new Date(located?.startsAt ?? 0).toISOString()).toBe("2027-07-01T18:00:00.000Z");
});

it("writes a bill that knows who is here by the time it is read", async () => {
  const artist = await insertArtist(test.db, { tmAttractionId: "K-top", slugBases: ["top"] });
  const acts = [
    { id: "K-top", name: "Top" },
    { id: "K-guest", name: "Guest" },
    { id: "K-other", name: "宇多田ヒカル" },
  ];
  const festival = { ...listing("fest", "2027-08-01"), name: "Summer of <script>", attractions: acts };
  await writeShows(test.db, artist, planShows("K-top", [festival], []).shows);
  const read = async () => findShowBySlug(test.db, "top-bath-2027-08-01");
  expect(await read()).toMatchObject({
    name: "Summer of <script>",
    bill: [
      { name: "Guest", attractionId: "K-guest" },
      { name: "宇多田ヒカル", attractionId: "K-other" },
    ],
  });
  await insertArtist(test.db, { tmAttractionId: "K-guest", slugBases: ["guest"] });
  expect((await read())?.bill.map(({ slug }) => slug)).toEqual(["guest", undefined]);
});
