/** Every hour: whose setlists are due to be read again, and imports whose job is gone. Only sends. */
import { listArtistsDueForSetlists } from "#db/queries/artist-lists";
import { listQuietImports } from "#db/queries/import-runs";
import type { Handler, JobContext } from "./context.ts";

/** At most a quarter of setlist.fm's 1,440 calls a day: 360, at up to three calls an artist, spread over 24 hours. */
const ARTISTS_AN_HOUR = 5;
const QUIET_IMPORTS = 100;

export const scheduledSync: Handler<"scheduled-sync"> = async (ctx) => {
  await sendQuietImports(ctx);
  const due = await listArtistsDueForSetlists(ctx.db, ARTISTS_AN_HOUR);
  for (const artistId of due) {
    await ctx.queue.send(ctx.db, "setlist-sync", { artistId }, { priority: "background", key: artistId });
  }
  ctx.log.info({ artists: due.length }, "setlists due");
};

/**
 * A live import without a job would be joined for ever and never end. Jobs go when the queue gives them up: after 50
 * retries, or two weeks in a product that was off. Where the job still exists, its key keeps it the only one.
 */
async function sendQuietImports({ db, queue, log }: JobContext): Promise<void> {
  for (const { importId, artistId, kind } of await listQuietImports(db, QUIET_IMPORTS)) {
    const job =
      kind === "import"
        ? await queue.send(db, "artist-import", { importId }, { priority: "high", key: importId })
        : await queue.send(db, "setlist-sync", { artistId }, { priority: "background", key: artistId });
    if (job) log.warn({ import: importId }, "its job was gone and is sent again");
  }
}
