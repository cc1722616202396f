import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Db } from "#db/index";
import { createTestDb } from "../../tests/database.ts";
import { insertArtist, lockArtist } from "./artists.ts";
import { insertOrJoinImport } from "./imports.ts";

let db: Db;
let close: () => Promise<void>;
let artistId: string;
const start = { kind: "import", message: "Waiting for a free worker" } as const;
beforeAll(async () => {
  ({ db, close } = await createTestDb());
  ({ id: artistId } = await insertArtist(db, { tmAttractionId: "K8vZ9170001", slugBases: ["someone"] }));
});
afterAll(() => close());

test("an import that ends while a second click is joining it is followed by a new one", async () => {
  const first = await insertOrJoinImport(db, artistId, start);
  expect(await insertOrJoinImport(db, artistId, start)).toEqual({ ...first, joined: true });

  let answers = 0;
  const meanwhile = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (++answers === 1)
        await sql`update imports set stage = 'completed', completed_at = now() where id = ${first.importId}`.execute(
          db,
        );
      return result;
    },
  });
  const second = await insertOrJoinImport(meanwhile, artistId, start);
  expect(second).toMatchObject({ joined: false });
  expect(second.importId).not.toBe(first.importId);
});

test("whoever holds an artist's turn and goes silent loses it", async () => {
  const silent = db.transaction().execute(async (trx) => {
    await lockArtist(trx, artistId);
    const { rows } = await sql`show idle_in_transaction_session_timeout`.execute(trx);
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: "15s" }]);
    // The product's 15 s, shortened from here on.
    await sql`set local idle_in_transaction_session_timeout = '300ms'`.execute(trx);
    await db.transaction().execute((other) => lockArtist(other, artistId));
    await sql`select 1`.execute(trx);
  });
  await expect(silent).rejects.toThrow(/idle-in-transaction|Connection terminated|not queryable/);
});
