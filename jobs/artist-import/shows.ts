/** Their coming shows: page by page, each page readable as soon as it is written. */
import { findArtist, listSources, markRead } from "#db/queries/artists";
import { listKnownShows, writeShows } from "#db/queries/show-writes";
import { planShows } from "#rules/events";
import type { CallOptions } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import type { Run } from "./progress.ts";

/** @throws UpstreamError when Ticketmaster does not answer; pages written before stay */
export async function shows(ctx: JobContext, run: Run, call: CallOptions): Promise<void> {
  await run.write((trx) => run.progress(trx, "shows", 0, "Reading their coming shows"));
  const artist = await findArtist(ctx.db, run.artistId);
  if (!artist) return;
  const sources = await listSources(ctx.db, artist.id);
  const attractionIds = sources.filter((row) => row.source === "ticketmaster").map((row) => row.sourceId);
  const counts = { read: 0, new: 0, changed: 0, unchanged: 0, skipped: 0 };
  let truncated = false;
  for (const attractionId of attractionIds) {
    for await (const page of ctx.upstreams.ticketmaster.events(attractionId, call)) {
      truncated ||= page.truncated;
      await run.write(async (trx) => {
        const plan = planShows(attractionId, page.listings, await listKnownShows(trx, artist.id));
        const written = await writeShows(trx, artist, plan.shows);
        counts.read += page.listings.length + page.unreadable;
        counts.skipped += plan.skipped.length + page.unreadable;
        counts.new += written.new;
        counts.changed += written.changed;
        counts.unchanged += written.unchanged;
        const sofar = counts.new + counts.changed + counts.unchanged;
        await run.progress(
          trx,
          "shows",
          page.page / Math.max(page.pages, page.page),
          `Reading their coming shows: ${sofar} so far`,
        );
      });
    }
  }
  await run.write(async (trx) => {
    await markRead(trx, artist.id, "shows");
    const missing = truncated ? { missing: "listings past the seller's limit" } : {};
    await run.finish(trx, "shows", { state: "done", ...counts, ...missing });
  });
}
