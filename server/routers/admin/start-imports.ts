/** Imports from a pasted list: started, and looked at again. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { findBatch, insertBatch } from "#db/queries/import-batches";
import { listImportsById } from "#db/queries/import-details";
import { idInput, isUuid } from "../../inputs.ts";
import { splitLines } from "../../pasted-line.ts";
import { type LineResult, MOST_LINES, startMany } from "../../start-many.ts";
import { adminProcedure, router } from "../../trpc.ts";

const pasted = z
  .string("Paste a list, one artist a line.")
  .max(20_000, "That list is too long.")
  .transform(splitLines)
  .pipe(
    z
      .array(z.string())
      .min(1, "Paste a list, one artist a line.")
      .max(MOST_LINES, `At most ${MOST_LINES} artists at a time.`),
  );

export const startImportsRouter = router({
  /** Each start is written into the log with it; the list as a whole at its end. */
  startImports: adminProcedure.input(z.object({ lines: pasted })).mutation(async ({ ctx, input }) => {
    const results = await startMany(ctx, input.lines);
    const started = results.filter(({ outcome }) => outcome === "started").length;
    const summary = `Pasted a list of ${results.length}: ${started} imports started`;
    const batchId = await insertBatch(ctx.db, { actor: ctx.me.id, summary, results });
    return { batchId, results };
  }),

  /** What came of a pasted list, and how its imports stand now. */
  importBatch: adminProcedure.input(z.object({ batchId: idInput })).query(async ({ ctx, input }) => {
    const batch = isUuid(input.batchId) ? await findBatch(ctx.db, input.batchId) : undefined;
    if (!batch) throw new TRPCError({ code: "NOT_FOUND", message: "There is no such list." });
    const results = batch.results as LineResult[];
    const ids = results.flatMap(({ importId }) => importId ?? []);
    const imports = new Map((await listImportsById(ctx.db, ids)).map((row) => [row.importId, row]));
    const lines = results.map((result) => ({
      ...result,
      import: imports.get(result.importId ?? "") ?? null,
    }));
    return { at: batch.at, lines };
  }),
});
