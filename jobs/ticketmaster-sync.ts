/** The shows of an artist already known, and odds for those that are new. */
import { step } from "./artist-import/run.ts";
import { shows } from "./artist-import/shows.ts";
import type { Handler } from "./context.ts";
import { predictAgain, syncStep } from "./sync.ts";

export const ticketmasterSync: Handler<"ticketmaster-sync"> = (ctx, { artistId }, signal) =>
  syncStep(ctx, { artistId, name: "shows" }, signal, async (run, call) => {
    await step(run, "shows", call, (call) => shows(ctx, run, call));
    await predictAgain(run, call);
  });
