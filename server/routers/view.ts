/** Views of pages, for what is looked at much and who is read again. */
import { z } from "zod";
import { insertView } from "#db/queries/views";
import { publicProcedure, router } from "../trpc.ts";

const kinds = { artists: "artist", shows: "show" } as const;

export const viewRouter = router({
  /** Once per day and visitor; the path of any other page counts nothing. */
  record: publicProcedure
    .input(
      z.object({
        path: z.string("Give the path of a page.").max(500).startsWith("/", "A path begins with /."),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const [, kind, slug] = /^\/(artists|shows)\/([a-z0-9-]{1,200})\/?$/.exec(input.path) ?? [];
      if (!kind || !slug) return { counted: false };
      const page = { kind: kinds[kind as keyof typeof kinds], slug };
      return { counted: await insertView(ctx.db, page, ctx.visitor) };
    }),
});
