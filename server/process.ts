/** How our processes begin and end: the words between `bin/start` and its children, and the signals. */
import type { Logger } from "./log.ts";

/** Tells the starter that this process does its work now; nobody listens when it was started by hand. */
export function reportReady(url?: string): void {
  process.send?.({ type: "ready", url });
}

/**
 * Runs `stop` once, on SIGTERM, SIGINT or when the starter is gone (its channel closes), then exits 0. A second signal
 * ends at once.
 */
export function onStop(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (reason: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ reason }, "stopping");
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "could not stop in order");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => begin("SIGTERM"));
  process.on("SIGINT", () => begin("SIGINT"));
  process.on("disconnect", () => !stopping && begin("the starter is gone"));
  // It may have gone while this process was still loading, before anybody listened.
  if (process.connected === false) begin("the starter is gone");
}
