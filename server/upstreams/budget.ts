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
/** A turn used later than this crowds the next one: half of what the margin leaves in a second, the rest is the network's. */
const LATE_MS = 50;

/** A turn that has come. */
export type Turn = {
  /** whether it may already be too late to use it; never wrong to say so too early */
  isLate(): boolean;
};

/**
 * Returns when the call may start.
 * @param options.leftMs how long an urgent caller can wait; undefined: until its turn comes
 * @param options.counts false when an earlier turn of the same call was let go unused: the day has counted it
 * @throws UpstreamError `quota` when the day (or this caller's share of it) is spent, `busy` when no turn comes in time
 */
export async function takeTurn(
  { db }: Pick<Wiring, "db">,
  upstream: Upstream,
  { signal, share = 1 }: CallOptions,
  { leftMs, counts = true }: { leftMs?: number | undefined; counts?: boolean } = {},
): Promise<Turn> {
  const intervalMs = (1000 / upstream.rps) * MARGIN;
  const aheadMs = Math.max(intervalMs, MIN_AHEAD_MS);
  const args = {
    upstream: upstream.name,
    keyHash: upstream.keyHash,
    intervalMs,
    aheadMs: leftMs ?? aheadMs,
    mayUse: Math.ceil(upstream.perDay * share),
  };
  for (;;) {
    signal?.throwIfAborted();
    const asked = performance.now();
    const slot = await takeSlot(db, { ...args, counts });
    if (slot.taken) {
      await pause(slot.waitMs, signal);
      // By the earliest moment it can have been: the answer may have lain here while the event loop was busy.
      return { isLate: () => performance.now() - asked - slot.waitMs > LATE_MS };
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

/** Waits, unless the caller leaves: then it throws the signal's reason. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0) return;
  // Timers may fire a fraction early.
  await sleep(Math.ceil(ms) + 1, undefined, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}
