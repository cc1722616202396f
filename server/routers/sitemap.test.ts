import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { insertVotedShow } from "../../tests/voted-show.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

test("search engines are told of artists that were read, of their coming shows, and of nothing that is over", async () => {
  const coming = await insertVotedShow(app.db, 1);
  const over = await insertVotedShow(app.db, 1, { localDate: "2020-01-01" });
  await insertVotedShow(app.db, 1, { localDate: "2020-01-01" });
  await sql`update artists set shows_read_at = '2026-11-01T10:00:00Z'
    where id in (${coming.artistId}, ${over.artistId})`.execute(app.db);
  const { entries } = await app.caller.sitemap.list();
  const changedAt = new Date("2026-11-01T10:00:00Z");
  expect(entries.map(({ kind, slug }) => `${kind} ${slug}`).sort()).toEqual(
    [`artist ${coming.slug}`, `artist ${over.slug}`, `show ${coming.slug}`].sort(),
  );
  expect(entries.map((entry) => entry.changedAt)).toEqual([changedAt, changedAt, changedAt]);
});
