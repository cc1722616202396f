/** How a worker writes an import: taken, fenced by its attempt, stepped, ended once. */
import { sql } from "kysely";
import { channels, notify } from "../channels.ts";
import type { Db, DbOrTrx } from "../index.ts";
import {
  type FinalStage,
  type Stage,
  type StepName,
  type StepReport,
  type StepState,
  type SyncStep,
  syncSteps,
} from "./imports.ts";

/** Thrown when a write names an attempt that is no longer the import's: another worker took over, or it has ended. */
export class FencedError extends Error {}

/**
 * Takes an import for one run of its handler: raises `attempt`, by which every later write is fenced.
 * @returns undefined when the import has ended, or is gone
 */
export async function takeImport(
  db: DbOrTrx,
  importId: string,
): Promise<{ artistId: string; attempt: number; failures: number; stepsDone: StepName[] } | undefined> {
  const taken = await db
    .updateTable("imports")
    .set((eb) => ({ attempt: eb("attempt", "+", 1) }))
    .where("id", "=", importId)
    .where("completed_at", "is", null)
    .returning(["artist_id as artistId", "attempt", "failures"])
    .executeTakeFirst();
  if (!taken) return undefined;
  const steps = await db
    .selectFrom("import_steps")
    .select("step")
    .where("import_id", "=", importId)
    .execute();
  return { ...taken, stepsDone: steps.map((row) => row.step as StepName) };
}

export type Fence = { importId: string; attempt: number };

/** Locks the import's row for the rest of the transaction. @throws FencedError when this attempt may not write any more */
export async function lockImport(trx: DbOrTrx, fence: Fence): Promise<void> {
  const row = await trx
    .selectFrom("imports")
    .select("id")
    .where("id", "=", fence.importId)
    .where("attempt", "=", fence.attempt)
    .where("completed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  if (!row)
    throw new FencedError(
      `import ${fence.importId}: attempt ${fence.attempt} was taken over or the import has ended`,
    );
}

/** Which attempt each live one of these imports belongs to; those that have ended are missing. */
export async function listLiveAttempts(db: DbOrTrx, importIds: string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("imports")
    .select(["id", "attempt"])
    .where("id", "=", sql<string>`any(${importIds}::uuid[])`)
    .where("completed_at", "is", null)
    .execute();
  return new Map(rows.map(({ id, attempt }) => [id, attempt]));
}

export type ProgressWrite = { stage: Stage; percentage: number; message: string };

/**
 * Writes progress and says so. A percentage never falls, a stage never goes back; `phase_timings` gets the time of the
 * stage that ends. Inside a transaction it is heard after the commit only.
 * @throws FencedError
 */
export async function updateProgress(trx: DbOrTrx, fence: Fence, progress: ProgressWrite): Promise<void> {
  const { stage, percentage, message } = progress;
  const row = await sql<{ artistId: string }>`
    update imports set
      stage = ${stage},
      percentage = greatest(percentage, ${percentage}),
      message = ${message},
      phase_timings = case when stage = ${stage} then phase_timings else ${timed(sql`clock_timestamp()`)} end,
      revision = nextval('import_revision'),
      updated_at = clock_timestamp()
    where id = ${fence.importId} and attempt = ${fence.attempt} and completed_at is null
    returning artist_id as "artistId"`.execute(trx as Db);
  const [updated] = row.rows;
  if (!updated) throw new FencedError(`import ${fence.importId}: progress of a past attempt`);
  await notify(trx, channels.import, updated.artistId);
}

/** The timings with the running stage's share added: what has passed since the stages before it ended. */
const timed = (until: ReturnType<typeof sql>) => sql`phase_timings || jsonb_build_object(stage,
  round(extract(epoch from ${until} - started_at) * 1000)::bigint
  - coalesce((select sum(value::bigint)::bigint from jsonb_each_text(phase_timings)), 0))`;

export type Ending = { stage: FinalStage; message: string; error?: string };

/** Ends an import for good; nothing changes it afterwards. @throws FencedError */
export async function finishImport(trx: DbOrTrx, fence: Fence, ending: Ending): Promise<void> {
  const full = ending.stage === "completed" || ending.stage === "partial";
  const row = await sql<{ artistId: string }>`
    update imports set
      phase_timings = ${timed(sql`clock_timestamp()`)}
        || jsonb_build_object('total', round(extract(epoch from clock_timestamp() - started_at) * 1000)::bigint),
      stage = ${ending.stage},
      percentage = case when ${full} then 100 else percentage end,
      message = ${ending.message},
      error = ${ending.error ?? null},
      revision = nextval('import_revision'),
      updated_at = clock_timestamp(),
      completed_at = clock_timestamp()
    where id = ${fence.importId} and attempt = ${fence.attempt} and completed_at is null
    returning artist_id as "artistId"`.execute(trx as Db);
  const [updated] = row.rows;
  if (!updated) throw new FencedError(`import ${fence.importId}: the end of a past attempt`);
  await notify(trx, channels.import, updated.artistId);
}

/** Stores how a step ended, in the transaction that did its work. A step that ended stays as it is. */
export async function insertStep(
  trx: DbOrTrx,
  fence: Fence,
  report: StepReport & { durationMs: number },
): Promise<void> {
  const { durationMs, ...step } = report;
  await trx
    .insertInto("import_steps")
    .values({ import_id: fence.importId, duration_ms: Math.round(durationMs), ...step })
    .onConflict((conflict) => conflict.columns(["import_id", "step"]).doNothing())
    .execute();
}

export type StepRow = {
  step: StepName;
  state: StepState;
  missing: string | null;
  upstream: string | null;
  reason: string | null;
};

/** How the steps of an import ended so far. */
export async function listSteps(db: DbOrTrx, importId: string): Promise<StepRow[]> {
  const rows = await db
    .selectFrom("import_steps")
    .select(["step", "state", "missing", "upstream", "reason"])
    .where("import_id", "=", importId)
    .execute();
  return rows as StepRow[];
}

/** Live imports that nobody wrote to for a minute, oldest first: their job may be gone. `step` null: a whole import. */
export async function listQuietImports(
  db: DbOrTrx,
  limit: number,
): Promise<{ importId: string; artistId: string; step: SyncStep | null }[]> {
  const rows = await db
    .selectFrom("imports")
    .select(["id as importId", "artist_id as artistId", "step"])
    .where("completed_at", "is", null)
    .where("updated_at", "<", sql<Date>`now() - interval '1 minute'`)
    .orderBy("started_at")
    .limit(limit)
    .execute();
  return rows as { importId: string; artistId: string; step: SyncStep | null }[];
}

/** Syncs that ended long ago; imports stay, they are what the pages' status reads. @returns how many, at most 1,000 a call */
export async function deleteOldSyncs(db: DbOrTrx, days: number): Promise<number> {
  const deleted = await db
    .deleteFrom("imports")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("imports")
        .select("id")
        .where("kind", "=", "sync")
        .where("step", "in", syncSteps)
        .where("completed_at", "is not", null)
        .where("started_at", "<", sql<Date>`now() - make_interval(days => ${days})`)
        .limit(1000),
    )
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}

/** Counts a real failure (not an interruption) of this attempt. @returns failures so far */
export async function countFailure(db: DbOrTrx, fence: Fence): Promise<number> {
  const row = await db
    .updateTable("imports")
    .set((eb) => ({ failures: eb("failures", "+", 1) }))
    .where("id", "=", fence.importId)
    .where("attempt", "=", fence.attempt)
    .where("completed_at", "is", null)
    .returning("failures")
    .executeTakeFirst();
  return row?.failures ?? 0;
}
