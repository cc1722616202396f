/** Who an artist already known is at every service, judged again. */
import { identity } from "./artist-import/identity.ts";
import { step } from "./artist-import/run.ts";
import type { Handler } from "./context.ts";
import { syncStep } from "./sync.ts";

export const spotifySync: Handler<"spotify-sync"> = (ctx, { artistId }, signal) =>
  syncStep(ctx, { artistId, name: "identity" }, signal, (run, call) =>
    step(run, "identity", call, (call) => identity(ctx, run, call, { redo: true })),
  );
