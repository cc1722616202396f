/**
 * Figures of the whole product, read from the database when somebody scrapes: the same at every web process, and the way
 * in which workers, which answer no requests, are seen. Read at most every 5 s however many scrape; what cannot be read in
 * time is left out, and said to be.
 */
import { percentile } from "pg-boss";
import { Gauge, type Registry } from "prom-client";
import { cutOff } from "#db/cut-off";
import { isDatabaseAway } from "#db/errors";
import type { DbOrTrx } from "#db/index";
import {
  getDatabaseFigures,
  listQueueFigures,
  listQueueWork,
  listUpstreamFigures,
} from "#db/queries/metrics";
import type { Services } from "../context.ts";

const KEPT_MS = 5_000;
const JOB_MINUTES = 15;
const CALL_MINUTES = 5;
const states = ["ok", "closed", "refused"] as const;

/** @returns reads the figures anew into the registry's gauges, or leaves them while they are fresh */
export function databaseGauges(
  { db, upstreams, log }: Pick<Services, "db" | "upstreams" | "log">,
  registry: Registry,
): () => Promise<void> {
  /** those without labels */
  const single = new Set<Gauge>();
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) => {
    const made = new Gauge({ name: `theset_${name}`, help, labelNames, registers: [registry] });
    if (labelNames.length === 0) single.add(made);
    return made;
  };
  const readable = gauge(
    "database_readable",
    "1: all figures of the database could be read; 0: those that could not are missing here.",
  );
  const took = gauge("database_read_seconds", "How long reading these figures took.");
  const jobs = gauge(
    "queue_jobs",
    "Jobs of a queue that wait, run, or have failed for good.",
    "queue",
    "state",
  );
  const oldest = gauge(
    "queue_oldest_waiting_seconds",
    "How long its oldest job has waited to start.",
    "queue",
  );
  const counted = gauge("queue_counted_seconds_ago", "Since a worker counted a queue's jobs.", "queue");
  const paused = gauge("queue_paused", "1: an administrator has paused it.", "queue");
  const finished = gauge("queue_finished_15m", "Jobs finished in 15 minutes.", "queue", "outcome");
  const ran = gauge(
    "job_duration_seconds",
    "How long the jobs of the last 15 minutes ran.",
    "queue",
    "quantile",
  );
  const calls = gauge(
    "upstream_calls_5m",
    "Calls of a service in 5 minutes, by outcome.",
    "upstream",
    "outcome",
  );
  const left = gauge("upstream_budget_left", "Calls that are left of a service's day.", "upstream");
  const state = gauge(
    "upstream_state",
    "1 at the one that is so: asked, left alone, key refused.",
    "upstream",
    "state",
  );
  const usage = gauge("notification_queue_usage_ratio", "How full Postgres' queue of notifications is.");
  const connections = gauge("database_connections", "Connections of clients to the Postgres server.");
  const connectionsMost = gauge("database_connections_max", "How many it allows.");
  const imports = gauge("imports_running", "Imports and syncs under way.");
  const workers = gauge("workers_alive", "Worker processes whose heartbeat is fresh.");

  const parts: { gauges: Gauge[]; read: (trx: DbOrTrx) => Promise<() => void> }[] = [
    {
      gauges: [jobs, oldest, counted, paused],
      read: async (trx) => {
        const rows = await listQueueFigures(trx);
        return () => {
          for (const { queue, ...row } of rows) {
            for (const one of ["waiting", "active", "failed"] as const)
              jobs.set({ queue, state: one }, row[one]);
            oldest.set({ queue }, row.oldestSeconds);
            if (row.countedSecondsAgo !== null) counted.set({ queue }, row.countedSecondsAgo);
            paused.set({ queue }, Number(row.paused));
          }
        };
      },
    },
    {
      gauges: [finished, ran],
      read: async (trx) => {
        const rows = await listQueueWork(trx, JOB_MINUTES);
        return () => {
          for (const { queue, completed, failed, runBins } of rows) {
            finished.set({ queue, outcome: "completed" }, completed);
            finished.set({ queue, outcome: "failed" }, failed);
            for (const quantile of [50, 95]) {
              const seconds = percentile(runBins, quantile);
              if (seconds !== null) ran.set({ queue, quantile: String(quantile / 100) }, seconds);
            }
          }
        };
      },
    },
    {
      gauges: [calls, left, state],
      read: async (trx) => {
        const rows = await listUpstreamFigures(trx, upstreams.accounts, CALL_MINUTES);
        return () => {
          for (const { upstream, ...row } of rows) {
            for (const outcome of ["answered", "limited", "failed"] as const)
              calls.set({ upstream, outcome }, row[outcome]);
            left.set({ upstream }, row.left);
            for (const one of states) state.set({ upstream, state: one }, Number(row.state === one));
          }
        };
      },
    },
    {
      gauges: [usage, connections, connectionsMost, imports, workers],
      read: async (trx) => {
        const row = await getDatabaseFigures(trx);
        return () => {
          usage.set(row.notificationQueueUsage);
          connections.set(row.connections);
          connectionsMost.set(row.connectionsMost);
          imports.set(row.importsRunning);
          workers.set(row.workersAlive);
        };
      },
    },
  ];

  /** One after the other: a scrape takes one connection of the pool, whatever it waits for. */
  async function readAll(): Promise<void> {
    const began = performance.now();
    let whole = true;
    for (const { gauges, read } of parts) {
      const answer = await cutOff(db, read).catch((error: unknown) => {
        if (!isDatabaseAway(error)) log.error({ err: error }, "a figure for the metrics could not be read");
        return { cut: true as const };
      });
      // A figure of some minutes ago would pass for one of now.
      for (const one of gauges) {
        one.reset();
        // It would say 0 now.
        if (single.has(one)) one.remove();
      }
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
