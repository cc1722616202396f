/** Fans: people with an account, guests, and the shells of those who left. */
import type { DbOrTrx } from "../index.ts";

/** Makes a guest: a row without anything personal. @returns its id */
export async function insertGuest(db: DbOrTrx): Promise<string> {
  const { id } = await db.insertInto("fans").defaultValues().returning("id").executeTakeFirstOrThrow();
  return id;
}
