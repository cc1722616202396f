/**
 * The import of one artist, from its Ticketmaster id to a predicted setlist for every coming show.
 *
 * One live import an artist (a unique index), one job an import (an exclusive queue by import id). The services are asked
 * before a transaction opens, never inside one; a page is written when it comes, and the row that says "this step is
 * done" with the last of it, so a worker killed at any line leaves nothing doubled. What ends how: run.ts.
 */
import { findArtist } from "#db/queries/artists";
import type { Handler } from "../context.ts";
import { identity } from "./identity.ts";
import { pastSetlists } from "./past-setlists.ts";
import { predictions } from "./predictions.ts";
import { runImport, sideBySide, step } from "./run.ts";
import { shows } from "./shows.ts";
import { songs } from "./songs.ts";

export const artistImport: Handler<"artist-import"> = (ctx, { importId }, signal) =>
  runImport(ctx, importId, signal, async (run, call) => {
    const known = await findArtist(ctx.db, run.artistId);
    const named = known?.name != null;
    // The address of a show begins with its artist's, so the shows of an artist without a name wait for it.
    if (!named) await step(run, "identity", call, (call) => identity(ctx, run, call), { mustAnswer: true });
    await sideBySide(call, [
      async (call) => {
        await step(run, "identity", call, (call) => identity(ctx, run, call));
        await sideBySide(call, [
          (call) => step(run, "songs", call, (call) => songs(ctx, run, call)),
          (call) => step(run, "past-setlists", call, (call) => pastSetlists(ctx, run, call)),
        ]);
      },
      (call) => step(run, "shows", call, (call) => shows(ctx, run, call)),
    ]);
    await step(run, "predictions", call, () => predictions(run));
  });
