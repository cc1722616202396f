/** Imports: one run each, at most one live per artist (syncs: per artist and step). The row is the truth that status, stream and page read. */
import { sql } from "kysely";
import { channels, notify } from "../channels.ts";
import type { DbOrTrx } from "../index.ts";

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

/** an import takes longer than this many looks at it */
const JOIN_ROUNDS = 10;

/** Steps that have a sync of their own; predictions follow from the others. */
export const syncSteps = ["identity", "shows", "songs", "past-setlists"] as const;
export type SyncStep = (typeof syncSteps)[number];

/** Who wished it; `startedBy`: the fan's id, where it was somebody with an account. */
export type ImportOrigin = "visitor" | "fan" | "admin" | "schedule" | "command";
type Wish = { message: string; origin?: ImportOrigin; startedBy?: string | null };
export type NewImport = Wish & ({ kind: "import" } | { kind: "sync"; step: SyncStep });

/**
 * The artist's live import (or its live sync of that step), or a new one.
 * @returns joined: it was running already and no job is owed
 */
export async function insertOrJoinImport(
  trx: DbOrTrx,
  artistId: string,
  options: NewImport,
): Promise<{ importId: string; joined: boolean }> {
  const { kind, message, origin, startedBy } = options;
  const step = options.kind === "sync" ? options.step : null;
  // The one that is live may end between the two statements: then there is nothing to join, and ours is inserted.
  for (let round = 0; round < JOIN_ROUNDS; round++) {
    const inserted = await trx
      .insertInto("imports")
      .values({ artist_id: artistId, kind, step, message, origin, started_by: startedBy })
      .onConflict((conflict) =>
        conflict.columns(["artist_id", "kind", "step"]).where("completed_at", "is", null).doNothing(),
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
      .where("step", "is not distinct from", step)
      .where("completed_at", "is", null)
      .executeTakeFirst();
    if (live) return { importId: live.id, joined: true };
  }
  throw new Error(`imports of artist ${artistId} begin and end faster than they can be joined`);
}

type StatusWithRevision = ImportStatus & { revision: number };

/** The newest import of an artist with its steps and its revision; undefined when there was none. One statement. */
export async function findImportStatus(
  db: DbOrTrx,
  artistId: string,
): Promise<StatusWithRevision | undefined> {
  const row = await selectStatus(db)
    .where("artist_id", "=", artistId)
    .where("kind", "=", "import")
    .orderBy("started_at", "desc")
    .orderBy("imports.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && toStatus(row);
}

/** One import, for whoever started it. */
export async function findImport(db: DbOrTrx, importId: string): Promise<StatusWithRevision | undefined> {
  const row = await selectStatus(db).where("imports.id", "=", importId).executeTakeFirst();
  return row && toStatus(row);
}

function selectStatus(db: DbOrTrx) {
  return db.selectFrom("imports").select((eb) => [
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
  ]);
}

type StatusRow = NonNullable<Awaited<ReturnType<ReturnType<typeof selectStatus>["executeTakeFirst"]>>>;

function toStatus({ steps, stage, phaseTimings, ...rest }: StatusRow): StatusWithRevision {
  return {
    ...rest,
    stage: stage as Stage,
    phaseTimings: phaseTimings as Record<string, number>,
    report: { steps: steps ?? [] },
  };
}
