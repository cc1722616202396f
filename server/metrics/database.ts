/**
 * Figures of the whole product, read from the database when somebody scrapes: the same at every web process, and the way
 * in which workers, which answer no requests, are seen. Read at most every 5 s however many scrape; what cannot be read in
 * time is left out, and said to be.
 */
import type { Gauge, Registry } from "prom-client";
import { cutOff } from "#db/cut-off";
import { isDatabaseAway } from "#db/errors";
import type { Services } from "../context.ts";
import { gaugesOf } from "./gauges.ts";

const KEPT_MS = 5_000;

/** @returns reads the figures anew into the registry's gauges, or leaves them while they are fresh */
export function databaseGauges(
  { db, upstreams, log }: Pick<Services, "db" | "upstreams" | "log">,
  registry: Registry,
): () => Promise<void> {
  const { parts, readable, took } = gaugesOf(registry, upstreams.accounts);

  /** One after the other: a scrape takes one connection of the pool, whatever it waits for. */
  async function readAll(): Promise<void> {
    const began = performance.now();
    let whole = true;
    for (const { gauges, read } of parts) {
      const answer = await cutOff(db, read).catch((error: unknown) => {
        if (!isDatabaseAway(error)) log.error({ err: error }, "figures for the metrics could not be read");
        return { cut: true as const };
      });
      // A figure of some minutes ago would pass for one of now.
      for (const one of gauges) empty(one);
      if (answer.cut) whole = false;
      else answer.value();
    }
    readable.set(Number(whole));
    took.set((performance.now() - began) / 1000);
  }

  let readAt = -Infinity;
  let reading: Promise<void> | undefined;
  return () => {
    if (performance.now() - readAt < KEPT_MS) return Promise.resolve();
    return (reading ??= readAll().finally(() => {
      readAt = performance.now();
      reading = undefined;
    }));
  };
}

/** A gauge without labels says 0 after a reset, until that is taken away too. */
function empty({ gauge, labels }: { gauge: Gauge; labels: readonly string[] }): void {
  gauge.reset();
  if (labels.length === 0) gauge.remove();
}
