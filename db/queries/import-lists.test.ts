import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApp } from "../../tests/app.ts";
import { type ImportCursor, listImports } from "./import-lists.ts";

let app: Awaited<ReturnType<typeof testApp>>;
beforeAll(async () => {
  app = await testApp();
  await sql`insert into artists (slug, name, name_key) values ('vesper', 'Vesper', 'vesper')`.execute(app.db);
  // The newest 2,500 say nothing of it; then 5,100 that are common, every thousandth of them rare too.
  await sql`
    insert into imports (artist_id, stage, percentage, message, error, started_at, completed_at)
    select (select id from artists), 'partial', 100, 'Read', case when n > 2500 then 'an old reason' end
        || case when n % 1000 = 0 then ', 5% of it rare' else '' end,
      now() - n * interval '1 minute', now()
    from generate_series(1, 7600) n`.execute(app.db);
});
afterAll(() => app.close());

/** All that say so, page by page. */
async function all(text: string, limit: number): Promise<number> {
  let after: ImportCursor | undefined;
  for (let count = 0; ;) {
    const rows = await listImports(app.db, { filter: { kind: "import", text }, after, limit });
    count += rows.length;
    after = rows.at(-1)?.cursor;
    if (rows.length < limit) return count;
  }
}

test.each([
  ["what the newest say", "read", 7600],
  ["what many said long ago", "OLD reason", 5100],
  ["what few said long ago", "5% of it", 5],
  ["what nobody said", "5_ of it", 0],
])("imports are found by %s", async (_what, text, count) => {
  expect(await all(text, 1_000)).toBe(count);
});
