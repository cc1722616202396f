/**
 * One run of an import by one worker: its fence, and what the bar shows. Steps run side by side; the stage shown is the
 * first unfinished one in the fan's order, so a later step done early makes a jump and never a fall.
 */
import type { DbOrTrx } from "#db/index";
import { lockArtist } from "#db/queries/artists";
import { type Fence, insertStep, listSteps, lockImport, updateProgress } from "#db/queries/import-runs";
import type { Stage, StepName, StepReport } from "#db/queries/imports";
import type { CallOptions } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import { type Trace, traceStep } from "./trace.ts";

/** Where each step stands on the bar; the order is the fan's. */
const places: { step: StepName; stage: Stage; from: number; to: number }[] = [
  { step: "identity", stage: "syncing-identifiers", from: 10, to: 20 },
  { step: "shows", stage: "importing-shows", from: 25, to: 50 },
  { step: "songs", stage: "importing-songs", from: 50, to: 85 },
  { step: "past-setlists", stage: "creating-setlists", from: 90, to: 94 },
  { step: "predictions", stage: "creating-setlists", from: 94, to: 95 },
];

export type Counts = Omit<StepReport, "step">;
export const noCounts = { read: 0, new: 0, changed: 0, unchanged: 0, skipped: 0 } as const;

export type Run = {
  artistId: string;
  /** A transaction in which this artist's and this import's rows may be written. @throws FencedError */
  write<T>(work: (trx: DbOrTrx) => Promise<T>): Promise<T>;
  /** How far a step is, 0 to 1, with a sentence for the fan. */
  progress(trx: DbOrTrx, step: StepName, fraction: number, message: string): Promise<void>;
  /** Ends a step, in the transaction that did its last work. */
  finish(trx: DbOrTrx, step: StepName, counts: Counts): Promise<void>;
  isDone(step: StepName): boolean;
  /** Begins to record where a step's time goes. */
  trace(step: StepName, call: CallOptions): Trace;
  /** The service that kept a step from being whole, if one did; where `what` is given, only if that was missing, and why that was. */
  whyMissing(step: StepName, what?: string): Promise<{ reason: string; upstream: string } | undefined>;
};

export function createRun(ctx: JobContext, fence: Fence, artistId: string, stepsDone: StepName[]): Run {
  const done = new Set<StepName>(stepsDone);
  const fractions = new Map<StepName, number>();
  const messages = new Map<StepName, string>();
  const startedAt = new Map<StepName, number>();

  const show = (trx: DbOrTrx) => {
    const place = places.find(({ step }) => !done.has(step)) ?? places[places.length - 1];
    if (!place) return Promise.resolve();
    const { step, stage, from, to } = place;
    const percentage = done.has(step) ? to : Math.floor(from + (to - from) * (fractions.get(step) ?? 0));
    return updateProgress(trx, fence, { stage, percentage, message: messages.get(step) ?? opening[step] });
  };

  return {
    artistId,
    write: (work) =>
      ctx.db.transaction().execute(async (trx) => {
        await lockArtist(trx, artistId);
        await lockImport(trx, fence);
        return work(trx);
      }),
    async progress(trx, step, fraction, message) {
      if (!startedAt.has(step)) startedAt.set(step, performance.now());
      fractions.set(step, Math.max(fraction, fractions.get(step) ?? 0));
      messages.set(step, message);
      await show(trx);
    },
    async finish(trx, step, counts) {
      const durationMs = performance.now() - (startedAt.get(step) ?? performance.now());
      await insertStep(trx, fence, { step, durationMs, ...counts });
      // Not before the commit in truth, but a rollback ends this run with an error anyway.
      done.add(step);
      await show(trx);
    },
    isDone: (step) => done.has(step),
    trace: (step, call) => traceStep(ctx.db, fence, step, call),
    async whyMissing(step, what) {
      const row = (await listSteps(ctx.db, fence.importId)).find((other) => other.step === step);
      const names = (row?.missing ?? "").split(", ");
      if (what !== undefined && !names.includes(what)) return undefined;
      if (!row?.upstream) return undefined;
      // One reason for each that is missing, in the same order: the others' have nothing to do with it.
      const reasons = (row.reason ?? "").split("; ");
      const its = what !== undefined && reasons.length === names.length && reasons[names.indexOf(what)];
      return { reason: its || (row.reason ?? ""), upstream: row.upstream };
    },
  };
}

const opening: Record<StepName, string> = {
  identity: "Finding out who they are",
  shows: "Reading their coming shows",
  songs: "Reading their songs",
  "past-setlists": "Reading the setlists they have played",
  predictions: "Working out the odds",
};
