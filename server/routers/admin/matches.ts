/** Which artist of each service ours is: the review of what the machine took. */
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import { findArtist } from "#db/queries/artists";
import { listMatches, type MatchCursor } from "#db/queries/match-reviews";
import { DOUBTFUL } from "#rules/artists";
import { nameKey } from "#rules/text";
import { unknownArtist } from "../../artist-of.ts";
import { decodeCursor, page } from "../../cursor.ts";
import { cursorInput, idInput, isUuid } from "../../inputs.ts";
import { readMatches, services } from "../../match-view.ts";
import { adminProcedure, router } from "../../trpc.ts";

const ARTISTS_A_PAGE = 30;
const matchCursor: z.ZodType<MatchCursor> = z.object({ doubt: z.int(), id: z.uuid() });

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
});
