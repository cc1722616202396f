/**
 * Waiting for one's turn. Turns are spaced over all processes by a row; nothing is held while waiting. Workers never
 * take a turn further ahead than one, so a person's turn is at most two away however many workers wait.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { takeSlot } from "#db/queries/budgets";
import { UpstreamError } from "./errors.ts";
import type { CallOptions, Upstream, Wiring } from "./upstream.ts";

/** Calls arrive with jitter: spaced a tenth wider than published, no second holds more than the rate. */
const MARGIN = 1.1;
/** At high rates a turn is shorter than a round trip to the database: looking this far ahead keeps up. */
const MIN_AHEAD_MS = 50;
const MIN_POLL_MS = 20;
/** A turn missed by more (a busy event loop) would crowd the next one: it is let go, at most twice a call. */
const LATE_MS = 50;

/**
 * Returns when the call may start.
 * @param leftMs how long an urgent caller can wait; undefined: until its turn comes
 * @throws UpstreamError `quota` when the day (or this caller's share of it) is spent, `busy` when no turn comes in time
 */
export async function takeTurn(
  { db }: Pick<Wiring, "db">,
  upstream: Upstream,
  { signal, share = 1 }: CallOptions,
  leftMs?: number,
): Promise<void> {
  const intervalMs = (1000 / upstream.rps) * MARGIN;
  const aheadMs = Math.max(intervalMs, MIN_AHEAD_MS);
  const args = {
    upstream: upstream.name,
    keyHash: upstream.keyHash,
    intervalMs,
    aheadMs: leftMs ?? aheadMs,
    mayUse: Math.ceil(upstream.perDay * share),
  };
  for (let missed = 0; ;) {
    signal?.throwIfAborted();
    const slot = await takeSlot(db, { ...args, counts: missed === 0 });
    if (slot.taken) {
      const late = await pause(slot.waitMs, signal);
      if (late <= LATE_MS || leftMs !== undefined || missed >= 2) return;
      missed += 1;
      continue;
    }
    if (slot.quotaUntil) {
      throw new UpstreamError(upstream.name, "quota", "has no calls left for this day", {
        until: slot.quotaUntil,
      });
    }
    if (leftMs !== undefined) {
      throw new UpstreamError(upstream.name, "busy", "has no free turn in time");
    }
    await pause(Math.max(MIN_POLL_MS, slot.waitMs - aheadMs) + Math.random() * aheadMs, signal);
  }
}

/**
 * Waits, unless the caller leaves: then it throws the signal's reason.
 * @returns by how many ms it ended late
 */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<number> {
  if (ms <= 0) return 0;
  const begun = performance.now();
  // Timers may fire a fraction early.
  await sleep(Math.ceil(ms) + 1, undefined, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  return performance.now() - begun - ms;
}
