/** Small answers kept for a short time, as the services' terms allow. `request` is path and query without any key. */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";

type Key = { upstream: string; request: string };

/** Undefined when there is none, or only an expired one. */
export async function findAnswer(db: DbOrTrx, { upstream, request }: Key): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom("upstream_cache")
    .select("body")
    .where("upstream", "=", upstream)
    .where("request", "=", request)
    .where(sql<boolean>`expires_at > clock_timestamp()`)
    .executeTakeFirst();
  return row?.body;
}

export async function upsertAnswer(
  db: DbOrTrx,
  args: Key & { body: Buffer; seconds: number },
): Promise<void> {
  const fields = {
    body: args.body,
    fetched_at: sql<Date>`clock_timestamp()`,
    expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${args.seconds})`,
  };
  await db
    .insertInto("upstream_cache")
    .values({ upstream: args.upstream, request: args.request, ...fields })
    .onConflict((conflict) => conflict.columns(["upstream", "request"]).doUpdateSet(fields))
    .execute();
}

/** @returns how many were deleted, at most 1,000 at a time */
export async function deleteExpiredAnswers(db: DbOrTrx): Promise<number> {
  const deleted = await db
    .deleteFrom("upstream_cache")
    .where(({ eb, refTuple }) =>
      eb(
        refTuple("upstream", "request"),
        "in",
        eb
          .selectFrom("upstream_cache")
          .select(["upstream", "request"])
          .where(sql<boolean>`expires_at <= clock_timestamp()`)
          .limit(1000)
          .$asTuple("upstream", "request"),
      ),
    )
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
