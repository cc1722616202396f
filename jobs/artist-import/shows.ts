/** Their coming shows: page by page, each page readable as soon as it is written. */
import type { DbOrTrx } from "#db/index";
import { findArtist, markRead } from "#db/queries/artists";
import { listSources } from "#db/queries/artist-sources";
import { recordAbsences } from "#db/queries/show-absences";
import { listKnownShows, writeShows } from "#db/queries/show-writes";
import { type Listing, planShows, withAbsent } from "#rules/events";
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
  let unreadable = 0;
  // Listings of one show may stand on different pages, so a plan is made over all that is read so far. A newcomer's
  // first shows are readable after one page; where shows are known, half a plan would only change them to and fro.
  const newcomer = (await listKnownShows(ctx.db, artist.id)).length === 0;
  const read: Read[] = [];
  for (const attractionId of attractionIds) {
    const listings: Listing[] = [];
    read.push({ attractionId, listings });
    for await (const page of ctx.upstreams.ticketmaster.events(attractionId, call)) {
      if (page.truncated) missing = "listings past the seller's limit";
      listings.push(...page.listings);
      unreadable += page.unreadable;
      counts.read += page.listings.length + page.unreadable;
      await run.write(async (trx) => {
        if (newcomer) counts.new += (await write(trx, artist, { attractionId, listings })).new;
        const message = `Reading their coming shows: ${newcomer ? `${counts.new} so far` : `page ${page.page} of ${page.pages}`}`;
        await run.progress(trx, "shows", page.page / Math.max(page.pages, page.page), message);
      });
    }
  }
  // What could not be read, or was not shown to us, may be the listing of any show.
  const complete = read.length > 0 && missing === undefined && unreadable === 0;
  await run.write(async (trx) => {
    const total = { ...counts, skipped: unreadable };
    const listed: string[] = [];
    const all = complete ? read.flatMap(({ listings }) => listings) : undefined;
    for (const one of read) {
      const written = await write(trx, artist, one, all);
      listed.push(...written.listingIds);
      total.skipped += written.skipped;
      total.new += written.new;
      if (newcomer) continue;
      total.changed += written.changed;
      total.unchanged += written.unchanged;
    }
    if (complete) total.changed += await recordAbsences(trx, artist.id, listed);
    await markRead(trx, artist.id, "shows");
    await run.finish(trx, "shows", { state: "done", ...total, missing });
  });
}

type Read = { attractionId: string; listings: Listing[] };

/** @param all every listing of the artist when no more will come: known shows without one are absent */
async function write(
  trx: DbOrTrx,
  artist: { id: string; slug: string },
  { attractionId, listings }: Read,
  all?: Listing[],
) {
  const known = await listKnownShows(trx, artist.id);
  const plan = planShows(attractionId, listings, all ? withAbsent(known, all) : known);
  const counts = await writeShows(trx, artist, plan.shows);
  return {
    ...counts,
    skipped: plan.skipped.length,
    listingIds: plan.shows.flatMap((show) => show.listingIds),
  };
}
