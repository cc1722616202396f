/** Imports: which there are, where their time went, and what an administrator may do about them. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { cutOff } from "#db/cut-off";
import { insertAudit } from "#db/queries/audit";
import { findArtist } from "#db/queries/artists";
import { cancelImport, findImportHead, type ImportHead } from "#db/queries/import-control";
import { findImportDetail, listStepDetails } from "#db/queries/import-details";
import { countRunningImports, type ImportCursor, importStates, listImports } from "#db/queries/import-lists";
import { listTraces } from "#db/queries/import-traces";
import { insertOrJoinImport, isFinal, syncSteps } from "#db/queries/imports";
import { clean, nameKey } from "#rules/text";
import { unknownArtist } from "../../artist-of.ts";
import { decodeCursor, page } from "../../cursor.ts";
import { cursorInput, idInput, isUuid, localDate } from "../../inputs.ts";
import { adminProcedure, router } from "../../trpc.ts";
import { startSync } from "../../start-sync.ts";
import { gapsOf } from "../../import-gaps.ts";

const IMPORTS_A_PAGE = 50;
const importCursor: z.ZodType<ImportCursor> = z.object({
  startedAt: z
    .string()
    .max(40)
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/),
  id: z.uuid(),
});
const unknownImport = () => new TRPCError({ code: "NOT_FOUND", message: "There is no such import." });
const importInput = z.object({ importId: idInput });
const stepInput = z.enum([...syncSteps, "predictions"], "There is no such step.");

export const importsRouter = router({
  /** The newest first. `cut`: the database was too slow to say; nothing is known then. */
  imports: adminProcedure
    .input(
      z.object({
        kind: z.enum(["import", "sync"]).default("import"),
        state: z.enum(importStates).optional(),
        q: z.string().max(200).optional(),
        // Fewer letters have no trigram, and the index does not help.
        text: z.string().trim().min(3, "Give three letters or more of the text.").max(200).optional(),
        from: localDate.optional(),
        to: localDate.optional(),
        cursor: cursorInput,
      }),
    )
    .query(async ({ ctx, input: { cursor, q = "", text = "", ...rest } }) => {
      const after = decodeCursor(importCursor, cursor);
      const name = clean(q, 200);
      const artist = name === "" ? undefined : { key: nameKey(name), slug: name.toLowerCase() };
      const filter = { ...rest, artist, text: clean(text, 200) || undefined };
      const read = await cutOff(ctx.db, async (trx) => ({
        rows: await listImports(trx, { filter, after, limit: IMPORTS_A_PAGE + 1 }),
        running: await countRunningImports(trx),
      }));
      if (read.cut) return { cut: true, imports: [], running: undefined, nextCursor: undefined };
      const shown = page(read.value.rows, IMPORTS_A_PAGE, (last) => last.cursor);
      const imports = shown.rows.map(({ cursor: _cursor, ...row }) => row);
      return { cut: false, imports, running: read.value.running, nextCursor: shown.nextCursor };
    }),

  /** One with its steps, where its time went, and when what is missing is asked for again. */
  import: adminProcedure.input(importInput).query(async ({ ctx, input: { importId } }) => {
    const found = isUuid(importId) ? await findImportDetail(ctx.db, importId) : undefined;
    if (!found) throw unknownImport();
    const [steps, traces] = await Promise.all([
      listStepDetails(ctx.db, importId),
      listTraces(ctx.db, importId),
    ]);
    return { import: found, steps, traces, gaps: await gapsOf(ctx, found, steps), at: new Date() };
  }),

  /** The same again, as a new import; or the one that runs already. Of a sync: its step. */
  retryImport: adminProcedure.input(importInput).mutation(({ ctx, input }) =>
    ctx.db.transaction().execute(async (trx) => {
      const head = await headOf(trx, input.importId);
      const wish = { message: "Waiting for a free worker", origin: "admin", startedBy: ctx.me.id } as const;
      const { artistId, step } = head;
      if (step !== null) {
        const { importId } = await startSync(ctx.queue, trx, { artistId, step, by: ctx.me.id });
        await insertAudit(trx, audit(ctx.me.id, "retryImport", head, `Synced ${step} again of`));
        return { importId };
      }
      const { importId, joined } = await insertOrJoinImport(trx, artistId, { kind: "import", ...wish });
      if (joined) return { importId };
      const job = { importId, sentBy: "admin" };
      await ctx.queue.send(trx, "artist-import", job, { priority: "high", key: importId });
      await insertAudit(
        trx,
        audit(ctx.me.id, "retryImport", { ...head, importId }, "Started again the import of"),
      );
      return { importId };
    }),
  ),

  /** Ends it. No call of it begins later than a second after this answer; what it has read stays. */
  cancelImport: adminProcedure.input(importInput).mutation(({ ctx, input }) =>
    ctx.db.transaction().execute(async (trx) => {
      const head = await headOf(trx, input.importId, { lock: true });
      // Two administrators pressed at once: it is done.
      if (head.stage === "cancelled") return { importId: head.importId };
      if (isFinal(head.stage))
        throw new TRPCError({
          code: "CONFLICT",
          message: "This import had ended before it could be stopped.",
        });
      await cancelImport(trx, head);
      await insertAudit(trx, audit(ctx.me.id, "cancelImport", head, "Cancelled the import of"));
      return { importId: head.importId };
    }),
  ),

  /** One step alone. A job that waits for this artist and step already is the answer. Predictions come with setlists. */
  syncArtist: adminProcedure
    .input(z.object({ artistId: idInput, step: stepInput }))
    .mutation(({ ctx, input }) =>
      ctx.db.transaction().execute(async (trx) => {
        const artist = isUuid(input.artistId) ? await findArtist(trx, input.artistId) : undefined;
        if (!artist) throw unknownArtist();
        const step = input.step === "predictions" ? "past-setlists" : input.step;
        const started = await startSync(ctx.queue, trx, { artistId: artist.id, step, by: ctx.me.id });
        await insertAudit(trx, {
          actor: ctx.me.id,
          action: "admin.syncArtist",
          subject: { kind: "artist", id: artist.id },
          summary: `Synced ${step} again of ${artist.name ?? artist.slug}`,
          details: { step, ...started },
        });
        return started;
      }),
    ),
});

/** @throws TRPCError NOT_FOUND, for what is no id too */
async function headOf(
  trx: Parameters<typeof findImportHead>[0],
  importId: string,
  options?: { lock: boolean },
): Promise<ImportHead> {
  const head = isUuid(importId) ? await findImportHead(trx, importId, options) : undefined;
  if (!head) throw unknownImport();
  return head;
}

function audit(actor: string, verb: string, head: ImportHead, did: string) {
  const { importId, artistId, artistName } = head;
  return {
    actor,
    action: `admin.${verb}`,
    subject: { kind: "import" as const, id: importId },
    summary: `${did} ${artistName ?? "an artist without a name yet"}`,
    details: { artistId },
  };
}
