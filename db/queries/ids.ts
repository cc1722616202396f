import { sql } from "kysely";
import type { Db, DbOrTrx } from "../index.ts";

/** Fresh ids for rows that name each other before they are written. */
export async function newIds(trx: DbOrTrx, count: number): Promise<string[]> {
  if (count === 0) return [];
  const { rows } = await sql<{
    id: string;
  }>`select uuid_v7() as id from generate_series(1, ${count}::int)`.execute(trx as Db);
  return rows.map((row) => row.id);
}
