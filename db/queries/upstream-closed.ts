/** What a service does not give to a key: asked once, remembered for a month. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

type Feature = { upstream: string; keyHash: string; feature: string };

export async function isClosed(db: DbOrTrx, { upstream, keyHash, feature }: Feature): Promise<boolean> {
  const row = await db
    .selectFrom("upstream_closed")
    .select("feature")
    .where("upstream", "=", upstream)
    .where("key_hash", "=", keyHash)
    .where("feature", "=", feature)
    .where("closed_until", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return row !== undefined;
}

export async function closeFeature(
  db: DbOrTrx,
  { upstream, keyHash, feature, reason }: Feature & { reason: string },
): Promise<void> {
  const fields = { reason, closed_until: sql<Date>`now() + interval '30 days'` };
  await db
    .insertInto("upstream_closed")
    .values({ upstream, key_hash: keyHash, feature, ...fields })
    .onConflict((conflict) => conflict.columns(["upstream", "key_hash", "feature"]).doUpdateSet(fields))
    .execute();
}
