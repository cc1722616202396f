/**
 * What happens by the clock: who is due to be read again, gaps that may fill themselves in, imports whose job is gone.
 * Only sends. Nothing is sent to a service that is closed: its failure would count against the artist.
 */
import { queueOfStep } from "#db/queue";
import { listActiveDue, listSetlistsDue, listStatusDue } from "#db/queries/due-syncs";
import type { SyncStep } from "#db/queries/imports";
import { countSyncsToday } from "#db/queries/sync-tries";
import { listOpenAccounts } from "#db/queries/upstream-state";
import type { UpstreamName } from "#server/upstreams/index";
import type { Handler, JobContext } from "../context.ts";
import { allowance, callsOf } from "./allowance.ts";
import { sweep } from "./sweep.ts";

/** Runs a day of the schedules that send a step: four `active` and one `status` for shows. */
const runsOf = { shows: 5, songs: 4, "past-setlists": 24 } as const;

export const scheduledSync: Handler<"scheduled-sync"> = async (ctx, { kind }) => {
  switch (kind) {
    case "sweep":
      return sweep(ctx);
    case "active":
      await sendDue(ctx, "shows", ["ticketmaster"], (limit) => listActiveDue(ctx.db, "shows", limit));
      // Whichever service has the catalogue here: Spotify where there is a key, else MusicBrainz.
      return sendDue(ctx, "songs", ["spotify", "musicbrainz"], (limit) =>
        listActiveDue(ctx.db, "songs", limit),
      );
    case "past-shows":
      return sendDue(ctx, "past-setlists", ["setlistfm"], (limit) => listSetlistsDue(ctx.db, limit));
    case "status":
      return sendDue(ctx, "shows", ["ticketmaster"], (limit) => listStatusDue(ctx.db, limit));
  }
};

async function sendDue(
  ctx: JobContext,
  step: keyof typeof callsOf,
  services: UpstreamName[],
  list: (limit: number) => Promise<string[]>,
): Promise<void> {
  const { accounts } = ctx.upstreams;
  const account = services.flatMap((name) => accounts.find(({ upstream }) => upstream === name) ?? [])[0];
  if (!account) return;
  const open = (await listOpenAccounts(ctx.db, [account])).length > 0;
  const begun = (await countSyncsToday(ctx.db))[step] ?? 0;
  const limit = open
    ? allowance({ perDay: account.perDay, calls: callsOf[step], runs: runsOf[step], begun })
    : 0;
  const due = limit > 0 ? await list(limit) : [];
  for (const artistId of due) await sendSync(ctx, step, artistId);
  ctx.log.info({ step, artists: due.length, limit, open }, "due");
}

async function sendSync({ db, queue }: JobContext, step: SyncStep, artistId: string): Promise<void> {
  const options = { priority: "background", key: artistId } as const;
  await queue.send(db, queueOfStep[step], { artistId, sentBy: "schedule" }, options);
}
