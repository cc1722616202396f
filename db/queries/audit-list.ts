/** Reading the audit log. */
import type { DbOrTrx } from "../index.ts";

export type AuditCursor = { id: string };

/** A page of the log, newest first (ids are uuid v7). `actorName` is null for the command line and for those who left. */
export function listAudit(
  db: DbOrTrx,
  args: {
    actor?: string | undefined;
    subjectKind?: string | undefined;
    subjectId?: string | undefined;
    after?: AuditCursor | undefined;
    limit: number;
  },
) {
  let query = db
    .selectFrom("audit_log as a")
    .leftJoin("fans as f", "f.id", "a.actor")
    .select([
      "a.id",
      "a.at",
      "a.actor",
      "f.name as actorName",
      "a.action",
      "a.subject_kind as subjectKind",
      "a.subject_id as subjectId",
      "a.summary",
    ])
    .orderBy("a.id", "desc")
    .limit(args.limit);
  if (args.actor) query = query.where("a.actor", "=", args.actor);
  if (args.subjectKind) query = query.where("a.subject_kind", "=", args.subjectKind);
  if (args.subjectId) query = query.where("a.subject_id", "=", args.subjectId);
  if (args.after) query = query.where("a.id", "<", args.after.id);
  return query.execute();
}
