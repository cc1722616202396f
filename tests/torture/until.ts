import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 20;

/**
 * Waits until the probe gives something true. @throws when it does not in time, with what was waited for
 * @param pollMs more where the probe costs the product something
 */
export async function until<T>(
  what: string,
  limitMs: number,
  probe: () => T | Promise<T>,
  pollMs = POLL_MS,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms: ${what}`);
    await sleep(pollMs);
  }
}
