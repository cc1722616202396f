import { afterAll, beforeAll, expect, it } from "vitest";
import { type Listing, planShows } from "#rules/events";
import { createTestDb } from "../../tests/database.ts";
import { insertArtist } from "./artists.ts";
import { listKnownShows, writeShows } from "./show-writes.ts";

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
