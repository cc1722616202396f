/** Songs and their other names: two titles that are one song, and titles that are not. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import type { DbOrTrx } from "#db/index";
import { artistExists, lockArtist } from "#db/queries/artists";
import { insertAudit } from "#db/queries/audit";
import { mergeByAdmin, splitByAdmin } from "#db/queries/song-merges";
import { findNamedSong, listNamedSongs, listSpellings, type NamedSong } from "#db/queries/song-names";
import { SONGS_A_PAGE, type TitleCursor } from "#db/queries/songs";
import { clean, titleKey as keyOfText } from "#rules/text";
import { songKeys } from "#rules/titles";
import { unknownArtist } from "../../artist-of.ts";
import { decodeCursor, page } from "../../cursor.ts";
import { idInput, isUuid, titleCursorInput } from "../../inputs.ts";
import { redoSteps } from "../../redo-steps.ts";
import { adminProcedure, router } from "../../trpc.ts";

/** Postgres takes no NUL, and no title of ours has one. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !value.includes("\0"));
const titleCursor: z.ZodType<TitleCursor> = z.object({ title: text(500), id: z.uuid() });
const TITLE_CHARS = 300;

const unknownSong = () => new TRPCError({ code: "NOT_FOUND", message: "There is no such song here." });

export const songsRouter = router({
  /** All songs of an artist by title, with their other names and how much hangs on each. */
  songs: adminProcedure
    .input(z.object({ artistId: idInput, q: text(200).optional(), cursor: titleCursorInput }))
    .query(async ({ ctx, input: { artistId, q, cursor } }) => {
      if (!isUuid(artistId) || !(await artistExists(ctx.db, artistId))) throw unknownArtist();
      const after = decodeCursor(titleCursor, cursor);
      const key = keyOfText(q ?? "");
      const read = await cutOff(ctx.db, (trx) =>
        listNamedSongs(trx, { artistId, key, after, limit: SONGS_A_PAGE + 1 }),
      );
      if (read.cut) return { cut: true, songs: [], nextCursor: undefined };
      const shown = page(read.value, SONGS_A_PAGE, ({ title, id }) => ({ title, id }));
      return { cut: false, songs: shown.rows, nextCursor: shown.nextCursor };
    }),

  /** One song; what was merged into another is that other. */
  song: adminProcedure.input(z.object({ songId: idInput })).query(async ({ ctx, input }) => {
    const song = isUuid(input.songId) ? await findNamedSong(ctx.db, input.songId) : undefined;
    if (!song) throw unknownSong();
    return { song };
  }),

  /** Two titles are one song, called as `intoSongId` is. Votes for either are votes for it, one a fan and ballot. */
  mergeSongs: adminProcedure
    .input(z.object({ songId: idInput, intoSongId: idInput }))
    .mutation(async ({ ctx, input }) => {
      const { artistId } = await songOf(ctx.db, input.songId);
      return ctx.db.transaction().execute(async (trx) => {
        await lockArtist(trx, artistId);
        const [song, into] = [await songOf(trx, input.songId), await songOf(trx, input.intoSongId)];
        if (song.artistId !== into.artistId)
          throw new TRPCError({ code: "BAD_REQUEST", message: "Those are songs of two artists." });
        // Pressed twice, or by two administrators: it is done.
        if (song.id === into.id) return { songId: into.id };
        const songId = await mergeByAdmin(trx, artistId, song, into);
        const why = "Two of its songs became one: it begins again.";
        await redoSteps(ctx.queue, trx, { artistId, steps: ["past-setlists"], by: ctx.me.id, why });
        await insertAudit(trx, {
          actor: ctx.me.id,
          action: "admin.mergeSongs",
          subject: { kind: "song", id: songId },
          summary: `Said that “${song.title}” and “${into.title}” are one song`,
          details: { artistId, from: song.id, into: into.id, votes: song.votes, setlists: song.setlists },
        });
        return { songId };
      });
    }),

  /** This title is a song of its own, and no import joins them again. Votes stay with the song they were cast for. */
  splitAlias: adminProcedure
    .input(z.object({ artistId: idInput, titleKey: text(TITLE_CHARS) }))
    .mutation(async ({ ctx, input: { artistId, titleKey } }) => {
      if (!isUuid(artistId) || !(await artistExists(ctx.db, artistId))) throw unknownArtist();
      return ctx.db.transaction().execute(async (trx) => {
        await lockArtist(trx, artistId);
        const songs = await listNamedSongs(trx, { artistId, key: titleKey, limit: 1_000 });
        const apart = songs.find((song) => song.titleKey === titleKey && song.apart);
        // Pressed twice, or by two administrators: it is done.
        if (apart) return { songId: apart.id };
        const song = songs.find(({ names }) => names.some((name) => name.titleKey === titleKey));
        if (!song)
          throw new TRPCError({ code: "NOT_FOUND", message: "No song of this artist has that other name." });
        const spellings = await spellingsOf(trx, song, titleKey);
        const known = song.names.find((name) => name.titleKey === titleKey)?.title;
        const written = known === titleKey ? (spellings.played[0] ?? spellings.recorded[0]) : known;
        const title = clean(written ?? titleKey, TITLE_CHARS) || titleKey;
        const songId = await splitByAdmin(trx, artistId, { songId: song.id, titleKey, title, spellings });
        const why = "One of its songs became two: it begins again.";
        const steps = ["songs" as const, "past-setlists" as const];
        await redoSteps(ctx.queue, trx, { artistId, steps, by: ctx.me.id, why });
        await insertAudit(trx, {
          actor: ctx.me.id,
          action: "admin.splitAlias",
          subject: { kind: "song", id: songId },
          summary: `Said that “${title}” is not “${song.title}” but a song of its own`,
          details: { artistId, titleKey, from: song.id },
        });
        return { songId };
      });
    }),
});

async function songOf(db: DbOrTrx, songId: string): Promise<NamedSong> {
  const song = isUuid(songId) ? await findNamedSong(db, songId) : undefined;
  if (!song) throw unknownSong();
  return song;
}

/** The spellings of a song that are this key's and not its own title's. */
async function spellingsOf(trx: DbOrTrx, song: NamedSong, titleKey: string) {
  const { played, recorded } = await listSpellings(trx, song.id);
  const isIt = (written: string) =>
    [...(songKeys(written)[0] ?? "")].slice(0, TITLE_CHARS).join("") === titleKey;
  return { played: played.filter(isIt), recorded: recorded.filter(isIt) };
}
