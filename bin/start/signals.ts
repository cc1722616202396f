/** npm passes a terminal's Ctrl-C on, so that one press arrives twice within a few milliseconds. */
const SAME_PRESS_MS = 500;

/**
 * Ctrl-C, SIGTERM, a closed terminal, or a program that started us with a channel and is gone: `first` once, `second` for
 * another signal that comes later.
 */
export function onSignals(handlers: { first(name: NodeJS.Signals): void; second(): void }): void {
  let since: number | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (since === undefined) {
        since = Date.now();
        handlers.first(name);
      } else if (Date.now() - since > SAME_PRESS_MS) {
        handlers.second();
      }
    });
  }
  process.once("disconnect", () => process.emit("SIGTERM"));
  // Gone while we were loading; undefined is no channel at all.
  if (process.connected === false) process.emit("SIGTERM");
}
