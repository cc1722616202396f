/** Which artist of each service ours is: the review of what the machine took, and taking another by hand. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import { findArtistBySource } from "#db/queries/artist-sources";
import { findArtist, lockArtist } from "#db/queries/artists";
import { insertAudit } from "#db/queries/audit";
import { deleteOthers, deleteReadings, isImporting, writeChoice } from "#db/queries/match-choices";
import { decideReview, listMatches, type MatchCursor } from "#db/queries/match-reviews";
import { DOUBTFUL } from "#rules/artists";
import { nameKey } from "#rules/text";
import { unknownArtist } from "../../artist-of.ts";
import { decodeCursor, page } from "../../cursor.ts";
import { cursorInput, idInput, isUuid } from "../../inputs.ts";
import { readMatches, services } from "../../match-view.ts";
import { redoSteps } from "../../redo-steps.ts";
import { adminProcedure, router } from "../../trpc.ts";
import { addressOf, idHints, readArtistId } from "../../upstreams/artist-ids.ts";
import { titles } from "../../upstreams/errors.ts";

const ARTISTS_A_PAGE = 30;
const matchCursor: z.ZodType<MatchCursor> = z.object({ doubt: z.int(), id: z.uuid() });
const serviceInput = z.enum(["spotify", "musicbrainz", "setlistfm"]);

export const matchesRouter = router({
  /** Artists with whom was taken at each service that is asked, the most doubtful first. */
  matches: adminProcedure
    .input(
      z.object({
        q: z.string().max(200).optional(),
        doubtful: z.boolean().optional(),
        cursor: cursorInput,
      }),
    )
    .query(async ({ ctx, input }) => {
      const asked = services.filter((service) => ctx.upstreams[service].configured);
      const read = await cutOff(ctx.db, (trx) =>
        listMatches(trx, {
          services: asked,
          key: nameKey(input.q ?? ""),
          leastDoubt: input.doubtful ? DOUBTFUL : undefined,
          after: decodeCursor(matchCursor, input.cursor),
          limit: ARTISTS_A_PAGE + 1,
        }),
      );
      if (read.cut) return { cut: true, services: asked, artists: [], nextCursor: undefined };
      const shown = page(read.value, ARTISTS_A_PAGE, ({ doubt, artistId }) => ({ doubt, id: artistId }));
      return { cut: false, services: asked, artists: shown.rows, nextCursor: shown.nextCursor };
    }),

  /** One artist: per service the one taken with what speaks for it, and who else was considered. */
  match: adminProcedure.input(z.object({ artistId: idInput })).query(async ({ ctx, input }) => {
    const artist = isUuid(input.artistId) ? await findArtist(ctx.db, input.artistId) : undefined;
    if (!artist) throw unknownArtist();
    const matches = await readMatches(ctx.db, artist.id);
    return {
      artist,
      matches: matches.map((match) => ({ ...match, configured: ctx.upstreams[match.source].configured })),
    };
  }),

  /**
   * Takes another one by hand, or nobody. It stands from then on, whatever the machine finds; what was read of the old
   * one goes, and is read again of the new one.
   */
  chooseMatch: adminProcedure
    .input(
      z.object({
        artistId: idInput,
        source: serviceInput,
        /** an id, or the address of the artist's page there; null: none of them is it */
        sourceId: z.string().max(500).nullable(),
        /** the `version` that was shown */
        seen: z.string().max(300),
      }),
    )
    .mutation(async ({ ctx, input: { artistId, source, sourceId: typed, seen } }) => {
      const title = titles[source];
      const sourceId = typed === null ? null : readArtistId(source, typed);
      if (sourceId === undefined) throw new TRPCError({ code: "BAD_REQUEST", message: idHints[source] });
      if (!isUuid(artistId)) throw unknownArtist();
      return ctx.db.transaction().execute(async (trx) => {
        await lockArtist(trx, artistId);
        const artist = await findArtist(trx, artistId);
        if (!artist) throw unknownArtist();
        const name = artist.name ?? artist.slug;
        const before = (await readMatches(trx, artistId)).find((one) => one.source === source)!;
        if (before.version !== seen) throw conflict(changedMeanwhile(title, before));
        if (await isImporting(trx, artistId))
          throw conflict(
            `An import of ${name} is running. Wait until it has ended, or cancel it under Imports, and choose then.`,
          );
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
          const reading = source === "setlistfm" ? ("past-setlists" as const) : ("songs" as const);
          const why = `Somebody else was chosen at ${title}: it begins again.`;
          await redoSteps(ctx.queue, trx, { artistId, steps: ["identity", reading], by: ctx.me.id, why });
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
});

const conflict = (message: string) => new TRPCError({ code: "CONFLICT", message });

function changedMeanwhile(
  title: string,
  { taken, refused }: { taken?: { name: string; id: string }; refused: boolean },
): string {
  const now = taken ? `it is ${taken.name || taken.id}` : refused ? "it is nobody" : "nobody is taken";
  return `Somebody was faster: at ${title} ${now} now. Look at the page again before you choose.`;
}
