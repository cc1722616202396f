/** Every queue has exactly one handler. */
import type { QueueName } from "#db/queue";
import { artistImport } from "./artist-import/index.ts";
import { catalogSync } from "./catalog-sync.ts";
import { cleanup } from "./cleanup.ts";
import type { Handler } from "./context.ts";
import { scheduledSync } from "./scheduled-sync/index.ts";
import { setlistSync } from "./setlist-sync.ts";
import { spotifySync } from "./spotify-sync.ts";
import { ticketmasterSync } from "./ticketmaster-sync.ts";
import { trendingCalc } from "./trending-calc.ts";

export const handlers = {
  "artist-import": artistImport,
  "spotify-sync": spotifySync,
  "ticketmaster-sync": ticketmasterSync,
  "catalog-sync": catalogSync,
  "setlist-sync": setlistSync,
  "scheduled-sync": scheduledSync,
  "trending-calc": trendingCalc,
  cleanup,
} satisfies { [Name in QueueName]: Handler<Name> };
