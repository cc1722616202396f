import { type Kysely, sql } from "kysely";

/** Shows that complete reads no longer list: one read alone may be the seller's slip. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // The first complete read that did not list it; null while it is listed. A second, a day later, sets missing_since.
  await sql`alter table shows add column absent_since timestamptz`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table shows drop column absent_since`.execute(db);
}
