/**
 * One step alone, for an artist already known: what the four `…-sync` queues do. A sync is a row in `imports` like an
 * import, fenced and ended like one, but of kind `sync`: people see neither. One live sync an artist and step; two steps
 * of one artist go side by side, each write under the artist's lock.
 */
import { findArtist } from "#db/queries/artists";
import { insertOrJoinImport, type SyncStep } from "#db/queries/imports";
import { insertSyncTry, resetSyncTry } from "#db/queries/sync-tries";
import type { CallOptions } from "#server/upstreams/index";
import { predictions } from "./artist-import/predictions.ts";
import type { Run } from "./artist-import/progress.ts";
import { runImport, step } from "./artist-import/run.ts";
import type { JobContext } from "./context.ts";

const messages: Record<SyncStep, string> = {
  identity: "Finding out again who they are",
  shows: "Reading their shows again",
  songs: "Reading their songs again",
  "past-setlists": "Reading setlists again",
};

/** Runs `work`, which ends the step `name`, and notes whether that made it whole: the back-off reads it. */
export async function syncStep(
  ctx: JobContext,
  { artistId, name }: { artistId: string; name: SyncStep },
  signal: AbortSignal,
  work: (run: Run, call: CallOptions) => Promise<void>,
): Promise<void> {
  if (!(await findArtist(ctx.db, artistId))) return ctx.log.info({ artistId }, "that artist is gone");
  const importId = await ctx.db.transaction().execute(async (trx) => {
    const started = await insertOrJoinImport(trx, artistId, {
      kind: "sync",
      step: name,
      message: messages[name],
      // An administrator's wish made its row when it was wished, and this job joins it.
      origin: "schedule",
    });
    // A job that comes back after an interruption joins its own row: it is the same try.
    if (!started.joined) await insertSyncTry(trx, artistId, name);
    return started.importId;
  });
  await runImport(ctx, importId, signal, async (run, call) => {
    await work(run, call);
    if (!(await run.whyMissing(name))) await run.write((trx) => resetSyncTry(trx, artistId, name));
  });
}

/** The odds again, after whatever they follow from: cheap, and shows that came have none yet. */
export async function predictAgain(run: Run, call: CallOptions): Promise<void> {
  await step(run, "predictions", call, () => predictions(run));
}
