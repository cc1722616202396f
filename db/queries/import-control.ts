/** What administrators do to imports: end one, and find the job that works on a wish. */
import { sql } from "kysely";
import type { QueueName } from "../queue.ts";
import type { Db, DbOrTrx } from "../index.ts";
import { finishImport } from "./import-runs.ts";
import type { Stage, SyncStep } from "./imports.ts";

export const CANCELLED_MESSAGE = "An administrator stopped this import.";

export type ImportHead = {
  importId: string;
  artistId: string;
  kind: "import" | "sync";
  step: SyncStep | null;
  stage: Stage;
  attempt: number;
  artistName: string | null;
};

/** @param lock keeps the row as it is until the transaction ends */
export async function findImportHead(
  trx: DbOrTrx,
  importId: string,
  options = { lock: false },
): Promise<ImportHead | undefined> {
  let query = trx
    .selectFrom("imports")
    .innerJoin("artists", "artists.id", "imports.artist_id")
    .select([
      "imports.id as importId",
      "artist_id as artistId",
      "kind",
      "step",
      "stage",
      "attempt",
      "artists.name as artistName",
    ])
    .where("imports.id", "=", importId);
  if (options.lock) query = query.forUpdate("imports");
  return (await query.executeTakeFirst()) as ImportHead | undefined;
}

/** Ends a live import, whichever attempt runs it, and says so. The caller has locked its row. */
export async function cancelImport(trx: DbOrTrx, { importId, attempt }: ImportHead): Promise<void> {
  const ending = { stage: "cancelled", message: CANCELLED_MESSAGE, error: CANCELLED_MESSAGE } as const;
  await finishImport(trx, { importId, attempt }, ending);
}

/** The job of a queue that waits or works under this key, by pg-boss's own index of exclusive queues. */
export async function findJobByKey(
  trx: DbOrTrx,
  queue: QueueName,
  key: string,
): Promise<{ id: string; active: boolean } | undefined> {
  const { rows } = await sql<{ id: string; active: boolean }>`
    select id, state = 'active' as active from pgboss.job
    where name = ${queue} and coalesce(singleton_key, '') = ${key} and state <= 'active'
      and policy = 'exclusive'
    limit 1`.execute(trx as Db);
  return rows[0];
}
