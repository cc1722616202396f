import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

/** An artist with an address and a coming show; more of theirs by `add`. */
async function artist() {
  const first = await insertVotedShow(app.db, 1);
  await app.db
    .insertInto("slugs")
    .values({ kind: "artist", slug: first.slug, target_id: first.artistId })
    .execute();
  const add = (slug: string, days: number | null, rest: { status?: string; missing?: boolean } = {}) =>
    sql`insert into shows (artist_id, slug, local_date, name, status, tm_event_id, missing_since)
      values (${first.artistId}, ${slug}, current_date + ${days}::int, 'Show', ${rest.status ?? "onsale"}, ${slug},
        ${rest.missing ? sql`now()` : null})`.execute(app.db);
  return { ...first, add };
}
const slugs = (answer: { shows: { slug: string }[] }) => answer.shows.map(({ slug }) => slug);

test("an artist's calendar has the coming shows by date, cancelled ones too; none without a date, over or gone", async () => {
  const { slug, add } = await artist();
  await add("next", 3);
  await add("off", 40, { status: "cancelled" });
  await add("undated", null);
  await add("over", -9);
  await add("gone", 5, { missing: true });
  const answer = await app.visitor().calendar.artist({ slug });
  expect(answer.artist).toEqual({ slug, name: slug });
  expect(slugs(answer)).toEqual(["next", slug, "off"]);
});

test("an older address leads to the same calendar, and says which is the one now; an unknown one to none", async () => {
  const { slug, artistId } = await artist();
  await app.db.insertInto("slugs").values({ kind: "artist", slug: "old", target_id: artistId }).execute();
  expect((await app.visitor().calendar.artist({ slug: "old" })).artist.slug).toBe(slug);
  for (const unknown of ["nobody", "", "a\u0000b"])
    await expect(app.visitor().calendar.artist({ slug: unknown })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
});

test("the sequence of a show rises when it changes, and when its venue does; its id stays", async () => {
  const { slug } = await artist();
  const read = async () => (await app.visitor().calendar.artist({ slug })).shows[0]!;
  await sql`with venue as (
      insert into venues (slug, source, source_id, name, updated_at)
      values ('v', 'ticketmaster', 'v', 'Venue', now() - interval '2 days') returning id)
    update shows set venue_id = venue.id, created_at = now() - interval '3 days', updated_at = now() - interval '3 days'
    from venue`.execute(app.db);
  const first = await read();
  await sql`update shows set status = 'cancelled', updated_at = now() - interval '1 day'`.execute(app.db);
  const second = await read();
  await sql`update venues set name = 'Other', updated_at = now()`.execute(app.db);
  const third = await read();
  expect([first, second, third].map(({ sequence }) => sequence)).toEqual([86_400, 2 * 86_400, 3 * 86_400]);
  expect(new Set([first.id, second.id, third.id]).size).toBe(1);
  expect(third).toMatchObject({ status: "cancelled", venueName: "Other" });
});

test("a fan's calendar has the shows of all they follow, and changes with whom they follow", async () => {
  const [one, two, other] = [await artist(), await artist(), await artist()];
  await two.add("soon", 2);
  const { caller } = app.browser();
  await caller.follow.add(one);
  await caller.follow.add(two);
  const { key } = await caller.follow.calendar();
  const shows = slugs(await app.visitor().calendar.follows({ key }));
  expect(shows[0]).toBe("soon");
  expect([...shows].sort()).toEqual(["soon", one.slug, two.slug].sort());
  expect(shows).not.toContain(other.slug);
  await caller.follow.remove(two);
  expect(slugs(await app.visitor().calendar.follows({ key }))).toEqual([one.slug]);
});
