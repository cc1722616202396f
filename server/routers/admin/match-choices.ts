/** An administrator's word on who an artist is at a service: another one, nobody, or that the machine may decide again. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { findArtistBySource } from "#db/queries/artist-sources";
import { findArtist, lockArtist } from "#db/queries/artists";
import { insertAudit } from "#db/queries/audit";
import {
  deleteOthers,
  deleteReadings,
  isImporting,
  releaseChoice,
  writeChoice,
} from "#db/queries/match-choices";
import { decideReview, releaseReview } from "#db/queries/match-reviews";
import type { SyncStep } from "#db/queries/imports";
import { SAME_ARTIST, type Service } from "#rules/artists";
import { unknownArtist } from "../../artist-of.ts";
import type { Context } from "../../context.ts";
import { idInput, isUuid } from "../../inputs.ts";
import { readMatches, type ServiceMatch } from "../../match-view.ts";
import { redoSteps } from "../../redo-steps.ts";
import type { QueueTrx } from "../../send-sync.ts";
import { adminProcedure, router } from "../../trpc.ts";
import { addressOf, idHints, readArtistId } from "../../upstreams/artist-ids.ts";
import { titles } from "../../upstreams/errors.ts";

const matchInput = z.object({
  artistId: idInput,
  source: z.enum(["spotify", "musicbrainz", "setlistfm"]),
  /** the `version` that was shown */
  seen: z.string().max(300),
});
const readingOf = (source: Service): SyncStep => (source === "setlistfm" ? "past-setlists" : "songs");

export const matchChoicesRouter = router({
  /**
   * Takes another one by hand, or nobody. It stands from then on, whatever the machine finds; what was read of the old
   * one goes, and is read again of the new one.
   */
  chooseMatch: adminProcedure
    .input(
      matchInput.extend({
        /** an id, or the address of the artist's page there; null: none of them is it */
        sourceId: z.string().max(500).nullable(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { artistId, source, sourceId: typed } = input;
      const title = titles[source];
      const sourceId = typed === null ? null : readArtistId(source, typed);
      if (sourceId === undefined) throw new TRPCError({ code: "BAD_REQUEST", message: idHints[source] });
      return decide(ctx, input, async (trx, { name, before }) => {
        const owner = sourceId && (await findArtistBySource(trx, source, sourceId));
        if (owner && owner.id !== artistId)
          throw conflict(
            `That artist at ${title} is ${owner.name ?? owner.slug} here. If that is wrong, choose another one there first.`,
          );

        const { taken, others, refused } = before;
        const known = [...(taken ? [taken] : []), ...others];
        const chosen = known.find(({ id }) => id === sourceId);
        const same = sourceId === null ? refused : taken?.id === sourceId && taken.chosenBy === "admin";
        if (same) return { artistId, source, sourceId };
        const isOther = (taken?.id ?? null) !== sourceId;
        if (isOther) await deleteOthers(trx, artistId, source, sourceId);
        if (sourceId !== null) {
          const url = chosen?.url ?? addressOf(source, sourceId);
          const { name, score, evidence = [] } = chosen ?? {};
          await writeChoice(trx, artistId, { source, sourceId, name, url, score, evidence });
        }
        const candidates = known.map(({ id, name, disambiguation, url, score, evidence }) => ({
          ...{ id, name, score, evidence },
          ...(disambiguation && { disambiguation }),
          ...(url && { url }),
        }));
        await decideReview(trx, artistId, source, { refused: sourceId === null, candidates });
        if (isOther) {
          await deleteReadings(trx, artistId, source);
          const why = `Somebody else was chosen at ${title}: it begins again.`;
          const steps: SyncStep[] = ["identity", readingOf(source)];
          await redoSteps(ctx.queue, trx, { artistId, steps, by: ctx.me.id, why });
        }
        const whom = sourceId === null ? "nobody" : chosen?.name ? `${chosen.name} (${sourceId})` : sourceId;
        await insertAudit(trx, {
          actor: ctx.me.id,
          action: "admin.chooseMatch",
          subject: { kind: "artist", id: artistId },
          summary: `Said that ${name} is ${whom} at ${title}`,
          details: { source, sourceId, before: taken?.id ?? null },
        });
        return { artistId, source, sourceId };
      });
    }),

  /**
   * Takes an administrator's word back: the machine decides again, now and from then on. Somebody whom it would not have
   * taken by itself goes at once, with what was read of them.
   */
  releaseMatch: adminProcedure.input(matchInput).mutation(({ ctx, input }) => {
    const { artistId, source } = input;
    const title = titles[source];
    return decide(ctx, input, async (trx, { name, before: { taken, refused } }) => {
      if (taken?.chosenBy !== "admin" && !refused) return { artistId, source };
      const isCredible = taken !== undefined && taken.score >= SAME_ARTIST;
      await releaseChoice(trx, artistId, source);
      await releaseReview(trx, artistId, source, { doubt: isCredible ? 1 - taken.score : 1 });
      if (taken && !isCredible) {
        await deleteOthers(trx, artistId, source, null);
        await deleteReadings(trx, artistId, source);
      }
      // What somebody else has there is read once it is known who that is: jobs/artist-import/identity.ts sends it.
      const why = `Who they are at ${title} is decided again: it begins again.`;
      await redoSteps(ctx.queue, trx, { artistId, steps: ["identity"], by: ctx.me.id, why });
      await insertAudit(trx, {
        actor: ctx.me.id,
        action: "admin.releaseMatch",
        subject: { kind: "artist", id: artistId },
        summary: `Let the machine decide again who ${name} is at ${title}`,
        details: { source, before: taken?.id ?? null },
      });
      return { artistId, source };
    });
  }),
});

type Decided = { name: string; before: ServiceMatch };

/**
 * Runs `work` under the artist's lock, given what an administrator saw there.
 * @throws TRPCError NOT_FOUND; CONFLICT when that changed meanwhile, or while an import is judging them itself
 */
async function decide<T>(
  ctx: Context,
  { artistId, source, seen }: z.infer<typeof matchInput>,
  work: (trx: QueueTrx, decided: Decided) => Promise<T>,
): Promise<T> {
  if (!isUuid(artistId)) throw unknownArtist();
  return ctx.db.transaction().execute(async (trx) => {
    await lockArtist(trx, artistId);
    const artist = await findArtist(trx, artistId);
    if (!artist) throw unknownArtist();
    const name = artist.name ?? artist.slug;
    const before = (await readMatches(trx, artistId)).find((one) => one.source === source)!;
    if (before.version !== seen) throw conflict(changedMeanwhile(titles[source], before));
    if (await isImporting(trx, artistId))
      throw conflict(
        `An import of ${name} is running. Wait until it has ended, or cancel it under Imports, and choose then.`,
      );
    return work(trx, { name, before });
  });
}

const conflict = (message: string) => new TRPCError({ code: "CONFLICT", message });

function changedMeanwhile(
  title: string,
  { taken, refused }: { taken?: { name: string; id: string }; refused: boolean },
): string {
  const now = taken ? `it is ${taken.name || taken.id}` : refused ? "it is nobody" : "nobody is taken";
  return `Somebody was faster: at ${title} ${now} now. Look at the page again before you choose.`;
}
