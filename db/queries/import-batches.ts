/** What came of a pasted list, line by line: kept with the action in the audit log, so that its page can be come back to. */
import type { DbOrTrx } from "../index.ts";
import { insertAudit } from "./audit.ts";
import { newIds } from "./ids.ts";

const ACTION = "admin.startImports";

/** @returns the list's id */
export async function insertBatch(
  trx: DbOrTrx,
  batch: { actor: string; summary: string; results: unknown[] },
): Promise<string> {
  const [id = ""] = await newIds(trx, 1);
  const { actor, summary, results } = batch;
  await insertAudit(trx, {
    actor,
    action: ACTION,
    subject: { kind: "import", id },
    summary,
    details: { results },
  });
  return id;
}

export async function findBatch(
  db: DbOrTrx,
  batchId: string,
): Promise<{ at: Date; results: unknown } | undefined> {
  const row = await db
    .selectFrom("audit_log")
    .select(["at", "details"])
    .where("subject_kind", "=", "import")
    .where("subject_id", "=", batchId)
    .where("action", "=", ACTION)
    .executeTakeFirst();
  return row && { at: row.at, results: (row.details as { results?: unknown }).results };
}
