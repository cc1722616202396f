/** Their coming shows: page by page, each page readable as soon as it is written. */
import type { DbOrTrx } from "#db/index";
import { findArtist, markRead } from "#db/queries/artists";
import { listSources } from "#db/queries/artist-sources";
import { listKnownShows, writeShows } from "#db/queries/show-writes";
import { type Listing, planShows } from "#rules/events";
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
  let missing: string | undefined;
  for (const attractionId of attractionIds) {
    // Listings of one show may stand on different pages, so a plan is made over all that is read so far. A newcomer's
    // first shows are readable after one page; where shows are known, half a plan would only change them to and fro.
    const newcomer = (await listKnownShows(ctx.db, artist.id)).length === 0;
    const listings: Listing[] = [];
    for await (const page of ctx.upstreams.ticketmaster.events(attractionId, call)) {
      if (page.truncated) missing = "listings past the seller's limit";
      listings.push(...page.listings);
      counts.read += page.listings.length + page.unreadable;
      counts.skipped += page.unreadable;
      await run.write(async (trx) => {
        if (newcomer) counts.new += (await write(trx, artist, attractionId, listings)).new;
        const message = `Reading their coming shows: ${newcomer ? `${counts.new} so far` : `page ${page.page} of ${page.pages}`}`;
        await run.progress(trx, "shows", page.page / Math.max(page.pages, page.page), message);
      });
    }
    await run.write(async (trx) => {
      const written = await write(trx, artist, attractionId, listings);
      counts.skipped += written.skipped;
      counts.new += written.new;
      if (newcomer) return;
      counts.changed += written.changed;
      counts.unchanged += written.unchanged;
    });
  }
  await run.write(async (trx) => {
    await markRead(trx, artist.id, "shows");
    await run.finish(trx, "shows", { state: "done", ...counts, missing });
  });
}

async function write(
  trx: DbOrTrx,
  artist: { id: string; slug: string },
  attractionId: string,
  listings: Listing[],
) {
  const plan = planShows(attractionId, listings, await listKnownShows(trx, artist.id));
  return { ...(await writeShows(trx, artist, plan.shows)), skipped: plan.skipped.length };
}
