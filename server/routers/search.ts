/** What is here, by name. Nothing outside is asked, so it may be asked while somebody types; the whole search is artist.search. */
import { z } from "zod";
import { suggestArtists } from "#db/queries/search";
import { searchPlaces } from "#db/queries/search-places";
import { clean, nameKey } from "#rules/text";
import { publicProcedure, router } from "../trpc.ts";

const PLACES = 10;
/** As many as fit under a field without scrolling on a phone. */
const SUGGESTED = { artists: 5, places: 3 } as const;
/** One letter begins half of all names. */
const LEAST = 2;

const asked = z.object({ q: z.string().max(500) });
const keyOf = (q: string) => nameKey(clean(q, 100));

export const searchRouter = router({
  /** Venues and cities with coming shows. */
  places: publicProcedure
    .input(asked)
    .query(({ ctx, input }) => searchPlaces(ctx.db, keyOf(input.q), PLACES)),

  /** As you type: a few artists, venues and cities. */
  suggest: publicProcedure.input(asked).query(async ({ ctx, input }) => {
    const key = keyOf(input.q);
    if ([...key].length < LEAST) return { artists: [], venues: [], cities: [] };
    const [artists, places] = await Promise.all([
      suggestArtists(ctx.db, key, SUGGESTED.artists),
      searchPlaces(ctx.db, key, SUGGESTED.places),
    ]);
    return {
      artists: artists.map(({ slug, name, genre }) => ({ slug, name, genre })),
      venues: places.venues,
      cities: places.cities.map(({ name, country, shows }) => ({ name, country, shows })),
    };
  }),
});
