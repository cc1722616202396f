/**
 * Counts every call by service and minute, in memory, and writes what was counted every few seconds in one statement:
 * never a write a call. What could not be written is added to the next. One a process, made by createUpstreams.
 */
import type { Db } from "#db/index";
import { addUpstreamMinutes, type UpstreamMinute } from "#db/queries/upstream-minutes";
import type { Logger } from "#server/log";
import type { UpstreamName } from "./errors.ts";
import type { Outcome } from "./outcome.ts";

const FLUSH_MS = 5_000;
const MINUTE_MS = 60_000;
/** as the dashboard draws a call that was answered, but not well */
const SLOW_MS = 2_000;
/** While the database is away for longer, the oldest minutes are let go: four services, an hour. */
const MOST_ROWS = 240;

export type Minutes = {
  /** @param ms how long the answer took, or its absence */
  count(upstream: UpstreamName, kind: Outcome["kind"], ms: number): void;
  /** Writes what is left. @returns once it is written, or could not be */
  stop(): Promise<void>;
};

export function createMinutes({
  db,
  log,
  flushMs = FLUSH_MS,
}: {
  db: Db;
  log: Logger;
  flushMs?: number;
}): Minutes {
  let counted = new Map<string, UpstreamMinute>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let stopped = false;

  function add(more: UpstreamMinute): void {
    const key = `${more.minute.getTime()} ${more.upstream}`;
    const kept = counted.get(key);
    counted.set(key, kept ? sum(kept, more) : more);
    if (counted.size > MOST_ROWS) counted.delete(counted.keys().next().value ?? "");
  }

  function flushSoon(): void {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      writing = flush();
    }, flushMs);
    // A process that is done does not stay for a count.
    timer.unref();
  }

  async function flush(): Promise<void> {
    const taken = [...counted.values()];
    if (taken.length === 0) return;
    counted = new Map();
    try {
      await addUpstreamMinutes(db, taken);
    } catch (error) {
      log.warn({ err: error }, "calls that were counted could not be written yet");
      const newer = [...counted.values()];
      counted = new Map();
      for (const minute of [...taken, ...newer]) add(minute);
      flushSoon();
    }
  }

  return {
    count(upstream, kind, ms) {
      const answered = kind === "answer" || kind === "no";
      const limited = kind === "rest" || kind === "day";
      add({
        minute: new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS),
        upstream,
        answered: Number(answered),
        slow: Number(answered && ms > SLOW_MS),
        limited: Number(limited),
        failed: Number(!answered && !limited),
        // A try that failed says how patient we are, not how quick the service is.
        msTotal: answered ? ms : 0,
        msMost: answered ? ms : 0,
      });
      flushSoon();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await writing;
      await flush();
    },
  };
}

function sum(a: UpstreamMinute, b: UpstreamMinute): UpstreamMinute {
  return {
    minute: a.minute,
    upstream: a.upstream,
    answered: a.answered + b.answered,
    slow: a.slow + b.slow,
    limited: a.limited + b.limited,
    failed: a.failed + b.failed,
    msTotal: a.msTotal + b.msTotal,
    msMost: Math.max(a.msMost, b.msMost),
  };
}
