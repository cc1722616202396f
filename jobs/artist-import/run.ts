/**
 * The frame around every import and sync: taken by one worker, fenced, ended once.
 *
 * The law:
 * - An import that an administrator cancels has ended: whoever runs it notices within half a second (watch.ts) and stops.
 * - Should two workers run one import – one was thought dead – every write is fenced by the attempt, so only the newest
 *   writes.
 * - A service that fails ends its step, not the import: `partial`. `failed` only where an artist never seen could not be
 *   identified. Our own failures are thrown: the queue tries again, the third ends the import. Being interrupted
 *   (deploy, kill, a database that restarts) is no failure.
 */
import { isDatabaseAway } from "#db/errors";
import { findArtist } from "#db/queries/artists";
import {
  countFailure,
  type Ending,
  FencedError,
  type Fence,
  finishImport,
  listSteps,
  takeImport,
} from "#db/queries/import-runs";
import type { StepName } from "#db/queries/imports";
import { type CallOptions, describe, UpstreamError } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import { UnknownArtistError } from "./identity.ts";
import { createRun, noCounts, type Run } from "./progress.ts";
import { watchImport } from "./watch.ts";

const FAILURES = 3;

/** Does `work` for a live import and ends it; does nothing when it has ended. Throws to be tried again by the queue. */
export async function runImport(
  ctx: JobContext,
  importId: string,
  signal: AbortSignal,
  work: (run: Run, call: CallOptions) => Promise<void>,
): Promise<void> {
  const taken = await takeImport(ctx.db, importId);
  if (!taken) return;
  const fence: Fence = { importId, attempt: taken.attempt };
  const log = ctx.log.child({ import: importId, attempt: taken.attempt });
  const run = createRun(ctx, fence, taken.artistId, taken.stepsDone);
  const watch = watchImport(ctx.db, fence, signal);
  try {
    await work(run, { signal: watch.signal, log });
    await finish(ctx, fence, await ending(ctx, importId));
  } catch (error) {
    const fenced = [error, watch.signal.reason].find((one) => one instanceof FencedError);
    if (fenced) return log.info({ reason: fenced.message }, "left to a newer attempt, or ended meanwhile");
    if (error instanceof UnknownArtistError) {
      return finish(ctx, fence, { stage: "failed", message: error.message, error: error.message });
    }
    if (signal.aborted || isDatabaseAway(error)) throw error;
    log.error({ err: error }, "the import broke");
    if ((await countFailure(ctx.db, fence)) < FAILURES) throw error;
    await finish(ctx, fence, await broken(ctx, taken.artistId));
  } finally {
    watch.end();
  }
}

/** Runs a step unless it is done. A service that fails ends the step with the reason, and nothing else. */
export async function step(
  run: Run,
  name: StepName,
  call: CallOptions,
  work: (call: CallOptions) => Promise<void>,
  options = { mustAnswer: false },
): Promise<void> {
  if (run.isDone(name)) return;
  const trace = run.trace(name, call);
  let over = false;
  try {
    await work(trace.call);
    over = true;
  } catch (error) {
    await failedBy(error);
    over = true;
  } finally {
    await trace.end(over);
  }

  async function failedBy(error: unknown): Promise<void> {
    if (error instanceof UnknownArtistError && !options.mustAnswer)
      return fail(error.message, "ticketmaster");
    if (!(error instanceof UpstreamError)) throw error;
    // Most steps cope with a "no"; this one did not.
    if (error.kind === "rejected") trace.call.onFailed?.({ error, ms: 0 });
    if (options.mustAnswer)
      throw new UnknownArtistError(`${describe(error)}. We could not find out who they are.`);
    await fail(describe(error), error.upstream, error.kind === "not-configured" ? "skipped" : "failed");
  }

  async function fail(
    reason: string,
    upstream: string,
    state: "failed" | "skipped" = "failed",
  ): Promise<void> {
    await run.write((trx) => run.finish(trx, name, { ...noCounts, state, reason, missing: name, upstream }));
  }
}

/** Runs works side by side; when one breaks, the others' calls are stopped, and all have ended when this throws. */
export async function sideBySide(
  call: CallOptions,
  works: ((call: CallOptions) => Promise<void>)[],
): Promise<void> {
  const stop = new AbortController();
  const outer = call.signal;
  const onAbort = () => stop.abort(outer?.reason);
  outer?.addEventListener("abort", onAbort, { once: true });
  if (outer?.aborted) onAbort();
  let broke: { error: unknown } | undefined;
  const guarded = works.map((work) =>
    work({ ...call, signal: stop.signal }).catch((error: unknown) => {
      broke ??= { error };
      stop.abort(error);
    }),
  );
  await Promise.all(guarded);
  outer?.removeEventListener("abort", onAbort);
  if (broke) throw broke.error;
}

/** `completed`, or `partial` when a service was the reason that something is missing. */
async function ending(ctx: JobContext, importId: string): Promise<Ending> {
  const steps = await listSteps(ctx.db, importId);
  // Skipped: a service is not set up here, so nothing failed and nothing will come.
  const silent = steps.filter(({ upstream, state }) => upstream !== null && state !== "skipped");
  const reasons = [...new Set(silent.map((row) => row.reason))];
  if (reasons.length === 0) return { stage: "completed", message: "Everything is read" };
  const error = reasons.filter((reason) => reason !== null).join("; ");
  return { stage: "partial", message: `Read what could be read. ${error}`, error };
}

/** Our own third failure: what was read stays; an artist that has a name is merely incomplete. */
async function broken(ctx: JobContext, artistId: string): Promise<Ending> {
  const message = "This import broke on our side three times. It is safe to start it again.";
  const artist = await findArtist(ctx.db, artistId);
  return { stage: artist?.name == null ? "failed" : "partial", message, error: message };
}

async function finish(ctx: JobContext, fence: Fence, end: Ending): Promise<void> {
  await ctx.db.transaction().execute((trx) => finishImport(trx, fence, end));
}
