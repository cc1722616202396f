/** What administrators did: one row an action, written in the transaction that did it. */
import type { DbOrTrx } from "../index.ts";

export type AuditEntry = {
  /** the administrator's fan id; null: the command line */
  actor: string | null;
  /** noun.verb, as the procedure is called */
  action: string;
  subject: { kind: AuditSubject; id: string };
  /** what was done, as a sentence for people; no e-mail address, nothing secret */
  summary: string;
  details?: Record<string, unknown>;
};

export const auditSubjects = [
  "import",
  "artist",
  "song",
  "queue",
  "job",
  "schedule",
  "fan",
  "setlist-song",
  "upstream",
] as const;
export type AuditSubject = (typeof auditSubjects)[number];

const SUMMARY_CHARS = 500;

/** @param trx the transaction of the action itself: either both are there or neither */
export async function insertAudit(trx: DbOrTrx, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto("audit_log")
    .values({
      actor: entry.actor,
      action: entry.action,
      subject_kind: entry.subject.kind,
      subject_id: entry.subject.id,
      summary: entry.summary.slice(0, SUMMARY_CHARS),
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
