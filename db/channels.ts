/** The names of our NOTIFY channels. A notification carries an id and means "look again"; the row is the truth. */
import { sql } from "kysely";
import type { DbOrTrx } from "./index.ts";

export const channels = {
  /** payload: artist id; its newest import wrote progress */
  import: "theset_import",
} as const;
export type Channel = (typeof channels)[keyof typeof channels];

/** Announces a change. Inside a transaction it is heard only after the commit. */
export async function notify(db: DbOrTrx, channel: Channel, id: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${id})`.execute(db);
}
