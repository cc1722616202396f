/** When a call may start: the breaker, the shared budget's turn, and a rest that the service asked for. */
import { passGate, type Gate } from "./breaker.ts";
import { pause, takeTurn } from "./budget.ts";
import { UpstreamError } from "./errors.ts";
import type { CallOptions, Upstream, Wiring } from "./upstream.ts";

/** Less time than this is no try. */
export const MIN_TRY_MS = 200;
/** Resting callers look again this much apart, so that they do not all start at once. */
const MIN_REST_MS = 50;

/**
 * Through the breaker, the turn, and the breaker again: waiting for a turn may take long, and a service may have
 * closed meanwhile. A rest the service asked for is sat out, but not by a person.
 */
export async function waitForTurn(
  wiring: Wiring,
  upstream: Upstream,
  call: CallOptions,
  leftMs: () => number,
): Promise<Gate> {
  for (;;) {
    const before = await passGate(wiring, upstream);
    if (before.restMs === 0) {
      const mostMs = call.urgent ? Math.max(0, leftMs() - MIN_TRY_MS) : undefined;
      await timed("turn", () => takeTurn(wiring, upstream, call, mostMs));
      const claim = { ms: call.urgent ? wiring.limits.urgentMs : wiring.limits.tryMs };
      const gate = await passGate(wiring, upstream, claim);
      if (gate.restMs === 0) return gate;
    }
    if (call.urgent) throw new UpstreamError(upstream.name, "busy", "asked for a rest");
    const restMs = Math.max(before.restMs, MIN_REST_MS) + Math.random() * MIN_REST_MS;
    await timed("rest", () => pause(restMs, call.signal));
  }

  async function timed(why: "turn" | "rest", wait: () => Promise<unknown>): Promise<void> {
    const begun = performance.now();
    await wait();
    call.onWait?.({ upstream: upstream.name, why, ms: performance.now() - begun });
  }
}
