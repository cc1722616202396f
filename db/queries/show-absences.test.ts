import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Listing, planShows, withAbsent } from "#rules/events";
import { createTestDb } from "../../tests/database.ts";
import { insertArtist } from "./artists.ts";
import { recordAbsences } from "./show-absences.ts";
import { listKnownShows, writeShows } from "./show-writes.ts";
import { findShowBySlug, listArtistShows } from "./shows.ts";

let test: Awaited<ReturnType<typeof createTestDb>>;
let artist: { id: string; slug: string };
let count = 0;
beforeAll(async () => {
  test = await createTestDb();
});
beforeEach(async () => {
  artist = await insertArtist(test.db, { tmAttractionId: `K${++count}`, slugBases: [`act-${count}`] });
});
afterAll(() => test.close());

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const hall = (id: string) => ({ id, name: `Hall ${id}`, city: "Bath", timezone: "Europe/London" });
const listing = (id: string, more: Partial<Listing> = {}): Listing => ({
  id: `${id}-${count}`,
  name: "Muse",
  status: "onsale",
  localDate: day(30),
  localTime: "20:00:00",
  venue: hall(`V${id}`),
  attractions: [],
  ...more,
});

async function read(...listings: Listing[]) {
  const known = withAbsent(await listKnownShows(test.db, artist.id), listings);
  const { shows } = planShows("K", listings, known);
  const written = await writeShows(test.db, artist, shows);
  const ids = shows.flatMap(({ listingIds }) => listingIds);
  return { ...written, left: await recordAbsences(test.db, artist.id, ids) };
}
const hoursPass = (hours: number) =>
  sql`update shows set absent_since = absent_since - make_interval(hours => ${hours}),
    missing_since = missing_since - make_interval(hours => ${hours}) where artist_id = ${artist.id}`.execute(
    test.db,
  );
const coming = async () =>
  (await listArtistShows(test.db, { artistId: artist.id, when: "coming" }))
    .map(({ tmEventId }) => tmEventId.replace(/-.*/, ""))
    .sort();
const idOf = async (listingId: string) =>
  (await listKnownShows(test.db, artist.id)).find(({ listingIds }) =>
    listingIds.includes(`${listingId}-${count}`),
  )?.id;

describe("a show that the seller lists no more", () => {
  it("leaves the lists at the second complete read without it, a day after the first", async () => {
    await read(listing("a"), listing("b"));
    expect(await read(listing("a"))).toMatchObject({ left: 0 });
    await hoursPass(23);
    expect(await read(listing("a"))).toMatchObject({ left: 0 });
    expect(await coming()).toEqual(["a", "b"]);
    await hoursPass(1);
    expect(await read(listing("a"))).toMatchObject({ left: 1 });
    expect(await coming()).toEqual(["a"]);
    expect(await read(listing("a"))).toMatchObject({ left: 0, changed: 0 });
    const { slug } = await test.db
      .selectFrom("shows")
      .select("slug")
      .where("tm_event_id", "=", `b-${count}`)
      .executeTakeFirstOrThrow();
    expect(await findShowBySlug(test.db, slug)).toMatchObject({ name: "Muse" });
  });

  it("comes back when it is listed again, and its absences are forgotten", async () => {
    await read(listing("a"));
    await read();
    await hoursPass(30);
    await read(listing("a"));
    expect(await read()).toMatchObject({ left: 0 });
    await hoursPass(30);
    expect(await read()).toMatchObject({ left: 1 });
    expect(await coming()).toEqual([]);
    expect(await read(listing("a"))).toMatchObject({ new: 0, changed: 1, left: 0 });
    expect(await coming()).toEqual(["a"]);
  });

  it("is not gone while it is postponed without a date", async () => {
    await read(listing("a"));
    const postponed = listing("a", { status: "postponed", localDate: undefined, localTime: undefined });
    await read(postponed);
    await hoursPass(30);
    expect(await read(postponed)).toMatchObject({ left: 0 });
    expect(await coming()).toEqual(["a"]);
  });

  it("is not gone when its day has come", async () => {
    await read(listing("a", { localDate: day(-3) }), listing("b", { localDate: day(0) }));
    await read();
    await hoursPass(30);
    expect(await read()).toMatchObject({ left: 0 });
  });

  it("and is sold anew at its venue, is the same show with the same address", async () => {
    await read(listing("a"), listing("b"));
    const id = await idOf("b");
    await read(listing("a"));
    await hoursPass(30);
    await read(listing("a"));
    const anew = listing("c", { localDate: day(60), venue: hall("Vb") });
    expect(await read(listing("a"), anew)).toMatchObject({ new: 0, changed: 1 });
    expect(await idOf("c")).toBe(id);
    expect(await coming()).toEqual(["a", "c"]);
    expect(await read(listing("a"), anew)).toMatchObject({ new: 0, changed: 0, left: 0 });
  });

  it("and is sold anew where it was rescheduled from, is the same show at once", async () => {
    await read(listing("a", { status: "postponed", localDate: undefined, localTime: undefined }));
    const id = await idOf("a");
    expect(await read(listing("b", { localDate: day(60), venue: hall("Va") }))).toMatchObject({ new: 0 });
    expect(await idOf("b")).toBe(id);
  });
});
