/** When a call may start: the breaker, the shared budget's turn, and a rest that the service asked for. */
import { passGate, type Gate } from "./breaker.ts";
import { pause, takeTurn } from "./budget.ts";
import { UpstreamError } from "./errors.ts";
import type { TakenToken } from "./token.ts";
import type { CallOptions, Upstream, Wiring } from "./upstream.ts";

/** Less time than this is no try. */
export const MIN_TRY_MS = 200;
/** Resting callers look again this much apart, so that they do not all start at once. */
const MIN_REST_MS = 50;

/** On a machine that is always late somebody has to begin at last. */
const MOST_MISSED = 4;

/** A call may start now. */
export type Start = {
  gate: Gate;
  /** for the services that want one; how asking for it ended, where it ended badly */
  token: TakenToken | undefined;
  /** how much of it was spent waiting for a turn or a rest */
  waitedMs: number;
};

/**
 * Through the breaker, the turn, and the breaker again: waiting for a turn may take long, and a service may have
 * closed meanwhile. A turn that all this has made late is let go, unless a person waits or all wait for this call.
 * A rest the service asked for is sat out, but not by a person.
 * @param probe of a call that tries for all already, and has to ask once more
 */
export async function waitForTurn(
  wiring: Wiring,
  upstream: Upstream,
  call: CallOptions,
  leftMs: () => number,
  probe?: Gate,
): Promise<Start> {
  const { limits } = wiring;
  const claim = { ms: call.urgent ? limits.urgentMs : limits.tryMs };
  const pass = async (claim?: { ms: number }) => probe ?? (await passGate(wiring, upstream, claim));
  let waitedMs = 0;
  for (let missed = 0; ;) {
    const before = await pass();
    if (before.restMs === 0) {
      // Before the turn: it takes as long as a call.
      const token = await upstream.auth.token?.take({
        timeoutMs: Math.floor(Math.max(MIN_TRY_MS, Math.min(limits.tryMs, leftMs() + waitedMs))),
        maxBytes: limits.maxBytes,
        signal: call.signal,
      });
      if (token && "outcome" in token) {
        return { gate: await pass(claim), token, waitedMs };
      }
      const turn = await timed("turn", () => {
        const patience = call.urgent ? Math.max(0, leftMs() - MIN_TRY_MS) : undefined;
        return takeTurn(wiring, upstream, call, { leftMs: patience, counts: missed === 0 });
      });
      const gate = await pass(claim);
      if (gate.restMs === 0) {
        if (call.urgent || gate.probe || missed >= MOST_MISSED || !turn.isLate()) {
          return { gate, token, waitedMs };
        }
        missed += 1;
        continue;
      }
    }
    if (call.urgent) throw new UpstreamError(upstream.name, "busy", "asked for a rest");
    const restMs = Math.max(before.restMs, MIN_REST_MS) + Math.random() * MIN_REST_MS;
    await timed("rest", () => pause(restMs, call.signal));
  }

  async function timed<T>(why: "turn" | "rest", wait: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const result = await wait();
    const ms = performance.now() - begun;
    waitedMs += ms;
    call.onWait?.({ upstream: upstream.name, why, ms });
    return result;
  }
}
