/**
 * Says that a show's counts changed: at once, then ten times a second at most, the last change never unsaid. A NOTIFY takes a
 * lock over the whole database when it commits, so votes carry none of their own.
 */
import { channels, notify } from "#db/channels";
import type { Db } from "#db/index";
import type { Logger } from "../log.ts";

/** So that no second, wherever it begins, holds more than ten. */
const INTERVAL_MS = 105;
/** Our connection broke, but those who follow in other processes may be listening still. */
const RETRY_MS = 1_000;

export type Heralds = { changed(showId: string): void; stop(): Promise<void> };

export function createHeralds({ db, log }: { db: Db; log: Logger }): Heralds {
  /** shows that were spoken of within the interval; `again` when they changed since */
  const resting = new Map<string, { timer: NodeJS.Timeout; again: boolean }>();
  const speaking = new Set<Promise<void>>();
  let stopped = false;

  function say(showId: string): void {
    const said = notify(db, channels.tally, showId)
      .catch((error: unknown) => {
        log.warn({ err: error }, "a change of counts could not be announced");
        if (!stopped) setTimeout(() => stopped || changed(showId), RETRY_MS).unref();
      })
      .finally(() => speaking.delete(said));
    speaking.add(said);
    const timer = setTimeout(() => {
      const rest = resting.get(showId);
      resting.delete(showId);
      if (rest?.again) say(showId);
    }, INTERVAL_MS);
    resting.set(showId, { timer, again: false });
  }

  function changed(showId: string): void {
    const rest = resting.get(showId);
    if (rest) rest.again = true;
    else say(showId);
  }

  return {
    changed,
    async stop() {
      stopped = true;
      const unsaid = [...resting].filter(([, { again }]) => again).map(([showId]) => showId);
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
      for (const showId of unsaid) say(showId);
      for (const { timer } of resting.values()) clearTimeout(timer);
      await Promise.all(speaking);
    },
  };
}
