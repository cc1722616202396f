/**
 * Every minute: live imports without a job get one, what a service kept from an artist is asked for again, venues from
 * before there were search keys get theirs, and what the queues did is summed up for the dashboard.
 */
import { queueOfStep } from "#db/queue";
import { listQuietImports } from "#db/queries/import-runs";
import { insertQueueCounts } from "#db/queries/queue-counts";
import { listGaps } from "#db/queries/sync-tries";
import { listOpenAccounts } from "#db/queries/upstream-state";
import { fillVenueKeys } from "#db/queries/venues";
import type { JobContext } from "../context.ts";

const SENT_BY = "sweep";
const QUIET_IMPORTS = 100;
/** Of each service: after an outage a few artists at a time, beside the imports of people who wait. */
const GAPS_A_MINUTE = 5;
/** One statement's worth; a product's venues are done within minutes of its update. */
const KEYS_A_MINUTE = 2_000;

export async function sweep(ctx: JobContext): Promise<void> {
  await sendQuietImports(ctx);
  await fillGaps(ctx);
  await fillVenueKeys(ctx.db, KEYS_A_MINUTE);
  await insertQueueCounts(ctx.db);
}

/**
 * A live import without a job would be joined for ever and never end. Jobs go when the queue gives them up: after 50
 * retries, or two weeks in a product that was off. Where the job still exists, its key keeps it the only one.
 */
async function sendQuietImports({ db, queue, log }: JobContext): Promise<void> {
  for (const { importId, artistId, step } of await listQuietImports(db, QUIET_IMPORTS)) {
    const job =
      step === null
        ? await queue.send(
            db,
            "artist-import",
            { importId, sentBy: SENT_BY },
            { priority: "high", key: importId },
          )
        : await queue.send(
            db,
            queueOfStep[step],
            { artistId, sentBy: SENT_BY },
            { priority: "background", key: artistId },
          );
    if (job) log.warn({ import: importId }, "its job was gone and is sent again");
  }
}

/** The import stays as it ended, its step too; the artist becomes whole. */
async function fillGaps({ db, queue, upstreams, log }: JobContext): Promise<void> {
  for (const { upstream, proven } of await listOpenAccounts(db, upstreams.accounts)) {
    // While nobody knows whether it is back, one artist tries for all: the others would only fail once more.
    for (const { artistId, step } of await listGaps(db, upstream, proven ? GAPS_A_MINUTE : 1)) {
      const options = { priority: "low", key: artistId } as const;
      const job = await queue.send(db, queueOfStep[step], { artistId, sentBy: SENT_BY }, options);
      if (job) log.info({ artistId, step, upstream }, "asking again for what was missing");
    }
  }
}
