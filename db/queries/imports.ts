/** Imports: one run each, at most one live per artist. The row is the truth that status, stream and page read. */
import { sql } from "kysely";
import { channels, notify } from "../channels.ts";
import type { Db, DbOrTrx } from "../index.ts";

export const finalStages = ["completed", "partial", "failed", "cancelled"] as const;
export type FinalStage = (typeof finalStages)[number];
/** In the order a fan sees them. */
export const runningStages = [
  "initializing",
  "syncing-identifiers",
  "importing-shows",
  "importing-songs",
  "creating-setlists",
] as const;
export type Stage = (typeof runningStages)[number] | FinalStage;
export type StepName = "identity" | "shows" | "songs" | "past-setlists" | "predictions";
export type StepState = "done" | "skipped" | "failed";

export type StepReport = {
  step: StepName;
  state: StepState;
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  skipped: number;
  missing?: string;
  reason?: string;
  upstream?: string;
};

/** The answer of `artist.importStatus`, of the status route and of every `progress` event. */
export type ImportStatus = {
  importId: string;
  stage: Stage;
  percentage: number;
  message: string;
  error: string | null;
  startedAt: Date;
  completedAt: Date | null;
  updatedAt: Date;
  /** stage names and `total`, in ms */
  phaseTimings: Record<string, number>;
  report: { steps: StepReport[] };
};

export function isFinal(stage: string): stage is FinalStage {
  return (finalStages as readonly string[]).includes(stage);
}

/** Thrown when a write names an attempt that is no longer the import's: another worker took over, or it has ended. */
export class FencedError extends Error {}

/**
 * The artist's live import (or sync), or a new one.
 * @returns joined: it was running already and no job is owed
 */
export async function insertOrJoinImport(
  trx: DbOrTrx,
  artistId: string,
  options: { kind: "import" | "sync"; message: string },
): Promise<{ importId: string; joined: boolean }> {
  const { kind, message } = options;
  const inserted = await trx
    .insertInto("imports")
    .values({ artist_id: artistId, kind, message })
    .onConflict((conflict) =>
      conflict.columns(["artist_id", "kind"]).where("completed_at", "is", null).doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  if (inserted) {
    await notify(trx, channels.import, artistId);
    return { importId: inserted.id, joined: false };
  }
  const live = await trx
    .selectFrom("imports")
    .select("id")
    .where("artist_id", "=", artistId)
    .where("kind", "=", kind)
    .where("completed_at", "is", null)
    .executeTakeFirstOrThrow();
  return { importId: live.id, joined: true };
}

/** The newest import of an artist with its steps and its revision; undefined when there was none. One statement. */
export async function findImportStatus(
  db: DbOrTrx,
  artistId: string,
): Promise<(ImportStatus & { revision: number }) | undefined> {
  const row = await db
    .selectFrom("imports")
    .select((eb) => [
      "imports.id as importId",
      "stage",
      "percentage",
      "message",
      "error",
      "started_at as startedAt",
      "completed_at as completedAt",
      "updated_at as updatedAt",
      "phase_timings as phaseTimings",
      "revision",
      eb
        .selectFrom("import_steps")
        .whereRef("import_steps.import_id", "=", "imports.id")
        .select(
          sql<StepReport[]>`coalesce(json_agg(json_strip_nulls(json_build_object(
            'step', step, 'state', state, 'read', read, 'new', new, 'changed', changed, 'unchanged', unchanged,
            'skipped', skipped, 'missing', missing, 'reason', reason, 'upstream', upstream))
            order by array_position(array['identity', 'shows', 'songs', 'past-setlists', 'predictions'], step)), '[]')`.as(
            "steps",
          ),
        )
        .as("steps"),
    ])
    .where("artist_id", "=", artistId)
    .where("kind", "=", "import")
    .orderBy("started_at", "desc")
    .orderBy("imports.id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { steps, stage, phaseTimings, ...rest } = row;
  return {
    ...rest,
    stage: stage as Stage,
    phaseTimings: phaseTimings as Record<string, number>,
    report: { steps: steps ?? [] },
  };
}

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
  round(extract(epoch from ${until} - started_at) * 1000)::int
  - coalesce((select sum(value::int)::int from jsonb_each_text(phase_timings)), 0))`;

export type Ending = { stage: FinalStage; message: string; error?: string };

/** Ends an import for good; nothing changes it afterwards. @throws FencedError */
export async function finishImport(trx: DbOrTrx, fence: Fence, ending: Ending): Promise<void> {
  const full = ending.stage === "completed" || ending.stage === "partial";
  const row = await sql<{ artistId: string }>`
    update imports set
      phase_timings = ${timed(sql`clock_timestamp()`)}
        || jsonb_build_object('total', round(extract(epoch from clock_timestamp() - started_at) * 1000)::int),
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

/** How the steps of an import ended so far. */
export async function listSteps(
  db: DbOrTrx,
  importId: string,
): Promise<{ step: StepName; state: StepState; upstream: string | null; reason: string | null }[]> {
  const rows = await db
    .selectFrom("import_steps")
    .select(["step", "state", "upstream", "reason"])
    .where("import_id", "=", importId)
    .execute();
  return rows as { step: StepName; state: StepState; upstream: string | null; reason: string | null }[];
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
