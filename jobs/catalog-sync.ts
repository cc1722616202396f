/** The songs of an artist already known, and the odds where they follow from the catalogue. */
import { listSources } from "#db/queries/artist-sources";
import { identity } from "./artist-import/identity.ts";
import { step } from "./artist-import/run.ts";
import { songs } from "./artist-import/songs.ts";
import type { Handler } from "./context.ts";
import { predictAgain, syncStep } from "./sync.ts";

export const catalogSync: Handler<"catalog-sync"> = (ctx, { artistId }, signal) =>
  syncStep(ctx, { artistId, name: "songs" }, signal, async (run, call) => {
    const sources = await listSources(ctx.db, artistId);
    // Whom neither service with a catalogue knew at the import, one may know by now.
    if (!sources.some((row) => row.source === "spotify" || row.source === "musicbrainz"))
      await step(run, "identity", call, (call) => identity(ctx, run, call));
    await step(run, "songs", call, (call) => songs(ctx, run, call));
    await predictAgain(run, call);
  });
