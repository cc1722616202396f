/**
 * How long a notification takes to be heard, and whether: this process says one to itself every 15 s, by the pool that
 * says all others and the connection that hears all others. A NOTIFY takes a lock over the whole database when it
 * commits, so it is not tried more often. Made in web.ts.
 */
import { randomUUID } from "node:crypto";
import { channels, notify } from "#db/channels";
import type { Db } from "#db/index";
import type { Hub } from "../live/hub.ts";
import type { Logger } from "../log.ts";
import type { Metrics } from "./index.ts";

const TIMES = { everyMs: 15_000, lostMs: 10_000 };

type Echo = { stop(): void };

export function startEcho(
  { db, hub, metrics, log }: { db: Db; hub: Hub; metrics: Metrics; log: Logger },
  times = TIMES,
): Echo {
  /** when each one that is on its way was said; of `performance.now()` */
  const said = new Map<string, number>();
  const unhear = hub.hear(channels.echo, (id) => {
    const at = said.get(id);
    // Other processes' echoes are theirs to count.
    if (at === undefined) return;
    said.delete(id);
    metrics.notification((performance.now() - at) / 1000);
  });

  async function say(): Promise<void> {
    forget();
    const id = randomUUID();
    said.set(id, performance.now());
    try {
      await notify(db, channels.echo, id);
    } catch (error) {
      // It was never said: that the database is away is another metric's to tell.
      said.delete(id);
      log.debug({ err: error }, "no notification could be said");
    }
  }

  function forget(): void {
    const late = performance.now() - times.lostMs;
    for (const [id, at] of said)
      if (at < late) {
        said.delete(id);
        metrics.notification(undefined);
      }
  }

  const timer = setInterval(() => void say(), times.everyMs);
  void say();
  return {
    stop() {
      clearInterval(timer);
      unhear();
    },
  };
}
