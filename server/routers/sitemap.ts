/** What search engines are told of. */
import { listSitemap } from "#db/queries/sitemap";
import { publicProcedure, router } from "../trpc.ts";

/** A sitemap may name 50,000 addresses: three kinds, and the few pages that are always there. */
const OF_EACH_KIND = 16_000;

export const sitemapRouter = router({
  list: publicProcedure.query(async ({ ctx }) => ({ entries: await listSitemap(ctx.db, OF_EACH_KIND) })),
});
