/**
 * Whether a service is asked at all, and what its answers do to that. A refused key closes it until the key changes;
 * failures in a row close it for a while, and then one caller tries for all; a rest it asks for is kept by everybody.
 */
import { spendDay } from "#db/queries/budgets";
import {
  claimProbe,
  findUpstreamState,
  recordFailure,
  refuseKey,
  resetUpstream,
  restUpstream,
} from "#db/queries/upstream-state";
import { UpstreamError } from "./errors.ts";
import type { Outcome } from "./outcome.ts";
import type { Upstream, Wiring } from "./upstream.ts";

export type Gate = {
  /** how long a rest the service asked for goes on; 0: none */
  restMs: number;
  /** this call tries for all whether the service is back */
  probe: boolean;
  /** there is something to forget after a good answer */
  dirty: boolean;
};

/**
 * @param claim how long this call would take at most, when it is about to start
 * @throws UpstreamError `refused`, `quota` or `closed` when the service must not be asked
 */
export async function passGate(wiring: Wiring, upstream: Upstream, claim?: { ms: number }): Promise<Gate> {
  const key = { upstream: upstream.name, keyHash: upstream.keyHash };
  const state = await findUpstreamState(wiring.db, { ...key, perDay: upstream.perDay });
  if (!state) return { restMs: 0, probe: false, dirty: false };
  if (state.refused) throw new UpstreamError(upstream.name, "refused", "does not accept the key");
  const until = state.closedUntil ?? undefined;
  const closedForMs = state.closedForMs ?? 0;
  const dirty = state.failures > 0 || state.closings > 0 || state.closedUntil !== null;
  if (closedForMs > 0) {
    if (state.quotaUntil) {
      throw new UpstreamError(upstream.name, "quota", "has no calls left for this day", {
        until: state.quotaUntil,
      });
    }
    if (state.closings === 0 && closedForMs <= wiring.limits.pauseMs) {
      return { restMs: closedForMs, probe: false, dirty };
    }
    throw closed(upstream, until);
  }
  if (state.closings === 0 || !claim) return { restMs: 0, probe: false, dirty };
  if (!(await claimProbe(wiring.db, { ...key, ms: claim.ms }))) {
    // Somebody else is trying for us just now.
    throw closed(upstream, new Date(Date.now() + claim.ms));
  }
  return { restMs: 0, probe: true, dirty };
}

function closed(upstream: Upstream, until: Date | undefined): UpstreamError {
  return new UpstreamError(upstream.name, "closed", "failed too often just now and is left alone", { until });
}

/**
 * Keeps what an answer, or its absence, says about the service.
 * @returns until when it is closed now, if it is and the call should not be tried again before
 */
export async function settle(
  { db, log, limits }: Wiring,
  upstream: Upstream,
  gate: Gate,
  outcome: Outcome,
): Promise<Date | undefined> {
  const key = { upstream: upstream.name, keyHash: upstream.keyHash };
  switch (outcome.kind) {
    case "answer":
    case "no":
      // A row is written only when there is something to forget, not per call.
      if (gate.dirty) await resetUpstream(db, key);
      return undefined;
    case "refused":
      await refuseKey(db, { ...key, error: outcome.error.message });
      log.warn({ upstream: upstream.name, status: outcome.error.status }, "the key is refused");
      return undefined;
    case "day": {
      const until = await spendDay(db, { ...key, perDay: upstream.perDay, until: outcome.until });
      await restUpstream(db, { ...key, until, error: outcome.error.message });
      log.warn({ upstream: upstream.name, until }, "the day's calls are spent, by the service's word");
      return until;
    }
    case "rest": {
      const inMs = Math.min(outcome.ms, limits.maxCloseMs);
      const until = await restUpstream(db, { ...key, until: { inMs }, error: outcome.error.message });
      return inMs > limits.pauseMs ? until : undefined;
    }
    case "failed": {
      const until = await recordFailure(db, {
        ...key,
        weight: outcome.weight,
        probe: gate.probe,
        closeMs: limits.closeMs,
        maxCloseMs: limits.maxCloseMs,
        error: outcome.error.message,
      });
      if (until) log.warn({ upstream: upstream.name, until, reason: outcome.error.message }, "closed");
      return until;
    }
  }
}
