/**
 * What came of the last try to sync a step of an artist: when, and how many in a row were not whole. All back-offs of
 * syncs are read from here; imports do not count, they are people's wishes.
 */
import { sql } from "kysely";
import type { DbOrTrx } from "../index.ts";
import type { SyncStep } from "./imports.ts";

/** A try begins as a failure, so that one whose worker or job is lost for good counts as one. */
export async function insertSyncTry(trx: DbOrTrx, artistId: string, step: SyncStep): Promise<void> {
  await trx
    .insertInto("sync_tries")
    .values({ artist_id: artistId, step, failures: 1 })
    .onConflict((conflict) =>
      conflict.columns(["artist_id", "step"]).doUpdateSet({
        failures: sql`least(sync_tries.failures + 1, 100)`,
        tried_at: sql`now()`,
      }),
    )
    .execute();
}

/** The step is whole: its back-off is over. */
export async function resetSyncTry(trx: DbOrTrx, artistId: string, step: SyncStep): Promise<void> {
  await trx
    .updateTable("sync_tries")
    .set({ failures: 0 })
    .where("artist_id", "=", artistId)
    .where("step", "=", step)
    .execute();
}

/** How many syncs of each step began within the last 24 hours. */
export async function countSyncsToday(db: DbOrTrx): Promise<Partial<Record<SyncStep, number>>> {
  const rows = await db
    .selectFrom("imports")
    .select((eb) => ["step", eb.fn.countAll<number>().as("count")])
    .where("kind", "=", "sync")
    .where("started_at", ">", sql<Date>`now() - interval '24 hours'`)
    .groupBy("step")
    .execute();
  return Object.fromEntries(rows.map(({ step, count }) => [step, Number(count)]));
}

/** 5, 10, 20 … minutes after the last try, six hours at most: a service may be back while one artist's step is not. */
const gapOver = sql<boolean>`(t.artist_id is null or t.tried_at + least(
  interval '6 hours', interval '5 minutes' * power(2, least(t.failures, 10) - 1)) <= now())`;

export type Gap = { artistId: string; step: SyncStep };

/**
 * Steps that a service kept from being whole in an artist's newest import, and no sync has made up for since, if that
 * service is `upstream`; the longest missing first. Artists with a live import are left to it.
 */
export async function listGaps(db: DbOrTrx, upstream: string, limit: number): Promise<Gap[]> {
  const { rows } = await sql<Gap>`
    select i.artist_id as "artistId", s.step
    from import_steps s
    join imports i on i.id = s.import_id
    left join sync_tries t on t.artist_id = i.artist_id and t.step = s.step
    where s.upstream = ${upstream}
      and s.step <> 'predictions'
      and i.kind = 'import' and i.completed_at is not null
      -- whoever was never identified has no name, and nothing hangs on it
      and i.stage <> 'failed'
      and not exists (select from imports newer where newer.artist_id = i.artist_id
        and newer.kind = 'import' and (newer.started_at, newer.id) > (i.started_at, i.id))
      and not exists (select from imports live where live.artist_id = i.artist_id
        and live.kind = 'sync' and live.step = s.step and live.completed_at is null)
      and not (t.artist_id is not null and t.failures = 0 and t.tried_at >= i.completed_at)
      and (t.tried_at is null or t.tried_at < i.completed_at or ${gapOver})
    order by i.completed_at, i.artist_id, s.step
    limit ${limit}`.execute(db);
  return rows;
}
