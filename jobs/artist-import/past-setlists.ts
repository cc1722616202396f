/** What they have played lately, from setlist.fm: enough to predict a tour, not an archive. */
import { listSources } from "#db/queries/artist-sources";
import { markRead } from "#db/queries/artists";
import { upsertPastSetlists } from "#db/queries/past-setlist-writes";
import { listAliases, listKnownSongs } from "#db/queries/song-writes";
import type { CallOptions } from "#server/upstreams/index";
import type { JobContext } from "../context.ts";
import { entryReader } from "./played.ts";
import { noCounts, type Run } from "./progress.ts";

/** One is mostly enough for a tour, three cover a band that changes its set, at one call a second. */
const PAGES = 3;
const A_PAGE = 20;
/** played shows that say enough; an artist whose newest pages are half empty is read on */
const ENOUGH = 40;

/** @throws UpstreamError when setlist.fm does not answer; pages written before stay */
export async function pastSetlists(ctx: JobContext, run: Run, call: CallOptions): Promise<void> {
  await run.write((trx) => run.progress(trx, "past-setlists", 0, "Reading the setlists they have played"));
  const { setlistfm } = ctx.upstreams;
  const sources = await listSources(ctx.db, run.artistId);
  const mbid = sources.find((row) => row.source === "setlistfm")?.sourceId;
  if (!mbid && setlistfm.configured) {
    const why = await run.whyMissing("identity", "setlist.fm");
    const fallback = {
      state: "skipped" as const,
      reason: "setlist.fm has no artist that is surely this one.",
    };
    const counts = { ...noCounts, ...(why ? { ...why, state: "failed" as const } : fallback) };
    return run.write((trx) => run.finish(trx, "past-setlists", counts));
  }
  const counts = { read: 0, new: 0, changed: 0, unchanged: 0, skipped: 0 };
  let played = 0;
  for (let page = 1, pages = 1; page <= Math.min(pages, PAGES) && played < ENOUGH; page++) {
    const answer = await setlistfm.pastSetlists(mbid ?? "", page, call);
    pages = answer.pages;
    await run.write(async (trx) => {
      const songs = entryReader(
        await listKnownSongs(trx, run.artistId),
        await listAliases(trx, run.artistId),
      );
      const rows = answer.setlists.map(({ id, ...setlist }, index) => ({
        ...setlist,
        sourceId: id,
        place: (page - 1) * A_PAGE + index,
        songs: songs(setlist.songs),
      }));
      const written = await upsertPastSetlists(trx, run.artistId, rows);
      played += answer.setlists.filter((setlist) => setlist.songs.length > 0).length;
      counts.read += answer.setlists.length + answer.unreadable;
      counts.skipped += answer.unreadable;
      counts.new += written.new;
      counts.changed += written.changed;
      counts.unchanged += written.unchanged;
      await run.progress(
        trx,
        "past-setlists",
        page / Math.min(pages || 1, PAGES),
        `Reading the setlists they have played: ${played} so far`,
      );
    });
  }
  await run.write(async (trx) => {
    await markRead(trx, run.artistId, "past-setlists");
    await run.finish(trx, "past-setlists", { state: "done", ...counts });
  });
}
