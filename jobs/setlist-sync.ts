/** Past setlists and predictions of an artist already known: what was played since, and the odds that follow from it. */
import { listSources } from "#db/queries/artist-sources";
import { insertOrJoinImport } from "#db/queries/imports";
import { identity } from "./artist-import/identity.ts";
import { pastSetlists } from "./artist-import/past-setlists.ts";
import { predictions } from "./artist-import/predictions.ts";
import { runImport, step } from "./artist-import/run.ts";
import type { Handler } from "./context.ts";

export const setlistSync: Handler<"setlist-sync"> = async (ctx, { artistId }, signal) => {
  const { importId } = await insertOrJoinImport(ctx.db, artistId, {
    kind: "sync",
    message: "Reading setlists again",
  });
  await runImport(ctx, importId, signal, async (run, call) => {
    const sources = await listSources(ctx.db, artistId);
    // Whom setlist.fm did not know at the import it may know by now.
    if (!sources.some((row) => row.source === "setlistfm"))
      await step(run, "identity", () => identity(ctx, run, call));
    await step(run, "past-setlists", () => pastSetlists(ctx, run, call));
    await step(run, "predictions", () => predictions(run));
  });
};
