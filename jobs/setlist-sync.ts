/** Past setlists and predictions of an artist already known: what was played since, and the odds that follow from it. */
import { listSources } from "#db/queries/artist-sources";
import { identity } from "./artist-import/identity.ts";
import { pastSetlists } from "./artist-import/past-setlists.ts";
import { step } from "./artist-import/run.ts";
import type { Handler } from "./context.ts";
import { predictAgain, syncStep } from "./sync.ts";

export const setlistSync: Handler<"setlist-sync"> = (ctx, { artistId }, signal) =>
  syncStep(ctx, { artistId, name: "past-setlists" }, signal, async (run, call) => {
    const sources = await listSources(ctx.db, artistId);
    // Whom setlist.fm did not know at the import it may know by now.
    if (!sources.some((row) => row.source === "setlistfm"))
      await step(run, "identity", call, (call) => identity(ctx, run, call));
    await step(run, "past-setlists", call, (call) => pastSetlists(ctx, run, call));
    await predictAgain(run, call);
  });
