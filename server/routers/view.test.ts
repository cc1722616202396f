import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { insertArtist } from "#db/queries/artists";
import { testApp } from "../../tests/app.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterEach(() => app.clear());
afterAll(() => app.close());

const make = (slug: string) =>
  app.db
    .transaction()
    .execute((trx) => insertArtist(trx, { tmAttractionId: `${slug}-id`, slugBases: [slug] }));

const counts = async () =>
  (await app.db.selectFrom("views").select(["kind", "target_id as id", "count"]).execute()).map(
    ({ id, count }) => ({ id, count }),
  );

test("a view counts once per day, visitor and page", async () => {
  const one = await make("one");
  const two = await make("two");
  const fan = app.visitor();
  const paths = ["/artists/one", "/artists/one/", "/artists/two"];
  const answers = [];
  for (const path of paths) answers.push((await fan.view.record({ path })).counted);
  expect(answers).toEqual([true, false, true]);
  await app.visitor({ address: "10.0.0.1" }).view.record({ path: "/artists/one" });
  await app.visitor({ userAgent: "other" }).view.record({ path: "/artists/one" });
  expect(await counts()).toEqual(
    expect.arrayContaining([
      { id: one.id, count: 3 },
      { id: two.id, count: 1 },
    ]),
  );
});

test("many at once are each counted", async () => {
  const { id } = await make("one");
  const visitors = Array.from({ length: 20 }, (_, n) => app.visitor({ address: `10.0.0.${n}` }));
  await Promise.all(visitors.map((visitor) => visitor.view.record({ path: "/artists/one" })));
  expect(await counts()).toEqual([{ id, count: 20 }]);
});

test("pages that are none, and other pages, count nothing", async () => {
  for (const path of ["/artists/nobody", "/about", "/", "/artists/one/two", "/artists/%00"])
    expect(await app.caller.view.record({ path })).toEqual({ counted: false });
  expect(await counts()).toEqual([]);
});

test("no path is refused with the field named", async () => {
  await expect(app.caller.view.record({ path: "artists/one" })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    cause: { issues: [{ path: ["path"], message: "A path begins with /." }] },
  });
});

test("neither address nor browser is in any row, and another day's mark is another one", async () => {
  await make("one");
  const fan = app.visitor({ address: "203.0.113.77", userAgent: "Mozilla/5.0 (Secret)" });
  await fan.view.record({ path: "/artists/one" });
  const { rows } = await sql<{ text: string }>`select (select json_agg(m)::text from view_marks m)
    || (select json_agg(v)::text from views v) || (select json_agg(s)::text from view_salts s) as text`.execute(
    app.db,
  );
  expect(rows[0]?.text).not.toMatch(/203\.0|Secret/);
  // The same visitor under another salt, as tomorrow.
  const mark = async () => (await app.db.selectFrom("view_marks").select("mark").execute())[0]?.mark;
  const before = await mark();
  await sql`truncate view_salts, view_marks, views`.execute(app.db);
  await fan.view.record({ path: "/artists/one" });
  expect(await mark()).not.toEqual(before);
});
