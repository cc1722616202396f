/** Two procedures of the artist's router: its songs, and why other recordings are none. */
import { z } from "zod";
import { countRecordings, listRecordingsLeftOut, listSongs, SONGS_A_PAGE } from "#db/queries/songs";
import { artistIdOf } from "../artist-of.ts";
import { decodeCursor, page } from "../cursor.ts";
import { slugInput, titleCursorInput } from "../inputs.ts";
import { publicProcedure } from "../trpc.ts";

/** Postgres takes no NUL, and no title of ours has one. */
const title = z
  .string()
  .max(500)
  .refine((text) => !text.includes("\0"));
const titleCursor = z.object({ title, id: z.uuid() });

/** Studio songs by title. */
export const artistSongs = publicProcedure
  .input(z.object({ slug: slugInput, cursor: titleCursorInput }))
  .query(async ({ ctx, input }) => {
    const artistId = await artistIdOf(ctx.db, input.slug);
    const after = decodeCursor(titleCursor, input.cursor);
    const rows = await listSongs(ctx.db, { artistId, after });
    const shown = page(rows, SONGS_A_PAGE, ({ title, id }) => ({ title, id }));
    return { songs: shown.rows.map(songOf), nextCursor: shown.nextCursor };
  });

/** For the curious: recordings that stand for no song, each with the reason. */
export const artistRecordings = publicProcedure
  .input(z.object({ slug: slugInput, verdict: z.enum(["dropped", "folded"]), cursor: titleCursorInput }))
  .query(async ({ ctx, input }) => {
    const artistId = await artistIdOf(ctx.db, input.slug);
    const after = decodeCursor(titleCursor, input.cursor);
    const [rows, counts] = await Promise.all([
      listRecordingsLeftOut(ctx.db, { artistId, verdict: input.verdict, after }),
      countRecordings(ctx.db, artistId),
    ]);
    const shown = page(rows, SONGS_A_PAGE, ({ title, id }) => ({ title, id }));
    return { counts, recordings: shown.rows, nextCursor: shown.nextCursor };
  });

/** What is not known is left out; links are those of the service that the recording is listed at. */
function songOf({ id, title, ...row }: Awaited<ReturnType<typeof listSongs>>[number]) {
  const { albumName, durationMs, isrc, source, sourceId } = row;
  return {
    id,
    title,
    ...(albumName !== null && { albumName }),
    ...(durationMs !== null && { durationMs }),
    ...(isrc !== null && { isrc }),
    ...(source === "spotify" && sourceId !== null && { spotifyId: sourceId }),
    ...(source === "musicbrainz" && sourceId !== null && { mbid: sourceId }),
  };
}
