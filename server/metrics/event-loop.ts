/** How late this process's timers come: what it computes at a stretch, everybody waits for. Made in web.ts. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Gauge, type Registry } from "prom-client";

/** The figure is of a window as long as this, so that it falls again, whoever scrapes how often. */
const WINDOW_MS = 15_000;
const RESOLUTION_MS = 20;
const quantiles = [0.5, 0.99, 1] as const;

export function watchEventLoop(registry: Registry): { stop(): void } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  let last = read();

  function read(): number[] {
    // The timer's own period is in every measurement; none yet is NaN.
    return quantiles.map((q) =>
      Math.max(0, (delays.count === 0 ? 0 : delays.percentile(q * 100)) / 1e9 - RESOLUTION_MS / 1000),
    );
  }
  const timer = setInterval(() => {
    last = read();
    delays.reset();
  }, WINDOW_MS).unref();
  new Gauge({
    name: "theset_event_loop_delay_seconds",
    help: "How late timers came in the last 15 s: median, 99th percentile and most.",
    labelNames: ["quantile"] as const,
    registers: [registry],
    collect() {
      for (const [at, quantile] of quantiles.entries())
        this.set({ quantile: String(quantile) }, last[at] ?? 0);
    },
  });
  return {
    stop() {
      clearInterval(timer);
      delays.disable();
    },
  };
}
