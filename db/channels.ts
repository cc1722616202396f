/** The names of our NOTIFY channels. A notification carries an id and means "look again"; the row is the truth. */
import { sql } from "kysely";
import type { DbOrTrx } from "./index.ts";

export const channels = {
  /** payload: artist id; its newest import wrote progress */
  import: "theset_import",
  /** payload: fan id; who they are or what they may do changed, or a session of theirs ended */
  fan: "theset_fan",
  /** payload: show id; its counts changed */
  tally: "theset_tally",
  /** payload: an id of the moment; a process hears itself, to know how long that takes */
  echo: "theset_echo",
} as const;
export type Channel = (typeof channels)[keyof typeof channels];

/** Announces a change. Inside a transaction it is heard only after the commit. */
export async function notify(db: DbOrTrx, channel: Channel, id: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${id})`.execute(db);
}

/** The same for several at once. */
export async function notifyAll(db: DbOrTrx, channel: Channel, ids: string[]): Promise<void> {
  await sql`select pg_notify(${channel}, id) from unnest(${ids}::text[]) id`.execute(db);
}
