/** Every hour: whose setlists are due to be read again. Only sends; the work is setlist-sync's. */
import { listArtistsDueForSetlists } from "#db/queries/artist-lists";
import type { Handler } from "./context.ts";

/** At most a quarter of setlist.fm's 1,440 calls a day: 360, at up to three calls an artist, spread over 24 hours. */
const ARTISTS_AN_HOUR = 5;

export const scheduledSync: Handler<"scheduled-sync"> = async (ctx) => {
  const due = await listArtistsDueForSetlists(ctx.db, ARTISTS_AN_HOUR);
  for (const artistId of due) {
    await ctx.queue.send(ctx.db, "setlist-sync", { artistId }, { priority: "background", key: artistId });
  }
  ctx.log.info({ artists: due.length }, "setlists due");
};
