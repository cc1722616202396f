/** Where the time of an import went: a row a step, written while the step runs. Every write is fenced by the attempt. */
import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";
import type { Fence } from "./import-runs.ts";
import type { StepName } from "./imports.ts";

/**
 * A stretch of a step in which nothing was done: a `wait` for a turn of the budget, for a rest that a service asked for,
 * or for another worker after the one before was lost; or a request that `failed`. Times in ms since the step began.
 */
export type TraceSpan = {
  kind: "wait" | "failed";
  upstream: string | null;
  fromMs: number;
  toMs: number;
  /** for people */
  why: string;
};
export type TraceFigures = { calls: number; cached: number; waitedMs: number; spans: TraceSpan[] };

/** What an earlier attempt left, and where this one's first moment lies: ms since the step began. */
export type TraceBegun = TraceFigures & {
  attempt: number;
  offsetMs: number;
  /** when the attempt before last wrote, in ms since the step began; null: this is the first */
  lastMs: number | null;
};

const isOurs = (fence: Fence) =>
  sql`imports.id = ${fence.importId} and imports.attempt = ${fence.attempt} and imports.completed_at is null`;

/**
 * A step begins, or is taken up again.
 * @param agoMs how long ago it began
 * @returns undefined when this attempt may not write any more
 */
export async function beginTrace(
  db: DbOrTrx,
  fence: Fence,
  { step, agoMs }: { step: StepName; agoMs: number },
): Promise<TraceBegun | undefined> {
  const { rows } = await sql<TraceBegun>`
    insert into import_traces as t (import_id, step, attempt, began_at)
    select id, ${step}, attempt, clock_timestamp() - make_interval(secs => ${agoMs}::float8 / 1000)
    from imports where ${isOurs(fence)}
    on conflict (import_id, step) do update set attempt = excluded.attempt, ended_at = null
    returning t.attempt, t.calls, t.cached, t.waited_ms as "waitedMs", t.spans,
      greatest(0, extract(epoch from clock_timestamp() - t.began_at) * 1000 - ${agoMs})::integer as "offsetMs",
      case when t.xmax <> 0 then (extract(epoch from t.updated_at - t.began_at) * 1000)::integer end as "lastMs"`.execute(
    db as Db,
  );
  return rows[0];
}

/** @param ended the step is over; otherwise it goes on, or was broken off */
export async function updateTrace(
  db: DbOrTrx,
  fence: Fence,
  { step, ended, ...figures }: TraceFigures & { step: StepName; ended: boolean },
): Promise<void> {
  await sql`
    update import_traces set
      calls = ${figures.calls}, cached = ${figures.cached}, waited_ms = ${Math.round(figures.waitedMs)},
      spans = ${JSON.stringify(figures.spans)}::jsonb,
      updated_at = clock_timestamp(), ended_at = case when ${ended} then clock_timestamp() end
    where import_id = ${fence.importId} and step = ${step}
      and exists (select from imports where ${isOurs(fence)})`.execute(db as Db);
}

export type TraceRow = TraceFigures & {
  step: StepName;
  attempt: number;
  beganAt: Date;
  endedAt: Date | null;
  updatedAt: Date;
};

/** The steps of an import that have begun, in the order they began. */
export async function listTraces(db: DbOrTrx, importId: string): Promise<TraceRow[]> {
  const rows = await db
    .selectFrom("import_traces")
    .select([
      "step",
      "attempt",
      "began_at as beganAt",
      "ended_at as endedAt",
      "updated_at as updatedAt",
      "calls",
      "cached",
      "waited_ms as waitedMs",
      "spans",
    ])
    .where("import_id", "=", importId)
    .orderBy("began_at")
    .execute();
  return rows as unknown as TraceRow[];
}
