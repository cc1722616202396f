/** Who did what. */
import { z } from "zod";
import { type AuditCursor, listAudit } from "#db/queries/audit-list";
import { decodeCursor, page } from "../../cursor.ts";
import { cursorInput } from "../../inputs.ts";
import { adminProcedure, router } from "../../trpc.ts";

const AUDIT_A_PAGE = 50;
const auditCursor: z.ZodType<AuditCursor> = z.object({ id: z.uuid() });

export const auditRouter = router({
  /** The newest first; of one administrator, or of one thing, where they are given. */
  audit: adminProcedure
    .input(
      z.object({
        actor: z.uuid().optional(),
        subjectKind: z.string().max(40).optional(),
        subjectId: z.string().max(300).optional(),
        cursor: cursorInput,
      }),
    )
    .query(async ({ ctx, input: { cursor, ...filter } }) => {
      const after = decodeCursor(auditCursor, cursor);
      const rows = await listAudit(ctx.db, { ...filter, after, limit: AUDIT_A_PAGE + 1 });
      const shown = page(rows, AUDIT_A_PAGE, ({ id }) => ({ id }));
      return { entries: shown.rows, nextCursor: shown.nextCursor };
    }),
});
