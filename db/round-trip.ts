/** One notification, said by one connection and waited for at another. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { channels, notify } from "./channels.ts";
import type { Db } from "./index.ts";

/**
 * @param listenUrl where to listen: DATABASE_LISTEN_URL
 * @returns how long it took in ms; undefined: it was not heard within `limitMs`
 * @throws when there is no connection
 */
export async function roundTrip(db: Db, listenUrl: string, limitMs: number): Promise<number | undefined> {
  const client = new pg.Client({
    connectionString: listenUrl,
    connectionTimeoutMillis: limitMs,
    query_timeout: limitMs,
    application_name: "theset doctor",
  });
  client.on("error", () => undefined);
  await client.connect();
  let timer: NodeJS.Timeout | undefined;
  try {
    const id = randomUUID();
    const heard = new Promise<boolean>((resolve) => {
      client.on("notification", ({ payload }) => payload === id && resolve(true));
      timer = setTimeout(() => resolve(false), limitMs);
    });
    await client.query(`listen ${client.escapeIdentifier(channels.echo)}`);
    const began = performance.now();
    await notify(db, channels.echo, id);
    return (await heard) ? performance.now() - began : undefined;
  } finally {
    clearTimeout(timer);
    await client.end().catch(() => undefined);
  }
}
