/** The gauges whose values are in the database, and how each group of them is read; docs/operations.md explains them. */
import { Gauge, type Registry } from "prom-client";
import type { DbOrTrx } from "#db/index";
import { getDatabaseHealth } from "#db/queries/database-health";
import { getWorkFigures } from "#db/queries/metrics";
import { listQueueOverview } from "#db/queries/queue-overview";
import { listQueueSeries } from "#db/queries/queue-series";
import { listUpstreamOverview } from "#db/queries/upstream-overview";
import { DEAD_LETTERS, queueNames } from "#db/queue";
import type { Upstreams } from "../upstreams/index.ts";

const JOB_MINUTES = 15;
const CALL_MINUTES = 5;
const outcomes = ["answered", "slow", "limited", "failed"] as const;
const states = ["ok", "closed", "refused"] as const;

type Made<Label extends string = string> = { gauge: Gauge<Label>; labels: readonly Label[] };
/** What is read by one statement. @returns of `read`: writes it into the gauges */
type Part = { gauges: Made[]; read: (trx: DbOrTrx) => Promise<() => void> };

export function gaugesOf(registry: Registry, accounts: Upstreams["accounts"]) {
  function make<Label extends string>(name: string, help: string, ...labels: Label[]): Made<Label> {
    const gauge = new Gauge({ name: `theset_${name}`, help, labelNames: labels, registers: [registry] });
    return { gauge, labels };
  }
  const parts: Part[] = [queues(), durations(), services(), database(), work()];
  return {
    parts,
    readable: make("database_readable", "0: some figures of the database are missing here.").gauge,
    took: make("database_read_seconds", "How long reading these figures took.").gauge,
  };

  function queues(): Part {
    const jobs = make("queue_jobs", "Jobs that wait, run, or failed for good.", "queue", "state");
    const oldest = make("queue_oldest_waiting_seconds", "How long the oldest job has waited.", "queue");
    const paused = make("queue_paused", "1: an administrator has paused it.", "queue");
    return {
      gauges: [jobs, oldest, paused],
      async read(trx) {
        const rows = await listQueueOverview(trx, [...queueNames, DEAD_LETTERS]);
        return () => {
          for (const { name: queue, ...row } of rows) {
            for (const state of ["waiting", "active", "failed"] as const)
              jobs.gauge.set({ queue, state }, row[state]);
            oldest.gauge.set({ queue }, row.oldestWaitingSeconds ?? 0);
            paused.gauge.set({ queue }, Number(row.paused));
          }
        };
      },
    };
  }

  function durations(): Part {
    const rate = make("queue_jobs_per_minute", "Jobs that ended, a minute, over 15 minutes.", "queue");
    const ran = make("job_duration_seconds", "How long those jobs ran.", "queue", "quantile");
    return {
      gauges: [rate, ran],
      async read(trx) {
        const rows = await listQueueSeries(trx, { queues: queueNames, minutes: JOB_MINUTES });
        return () => {
          for (const { queue, perMinute, p50Ms, p95Ms } of rows) {
            if (perMinute !== null) rate.gauge.set({ queue }, perMinute);
            if (p50Ms !== null) ran.gauge.set({ queue, quantile: "0.5" }, p50Ms / 1000);
            if (p95Ms !== null) ran.gauge.set({ queue, quantile: "0.95" }, p95Ms / 1000);
          }
        };
      },
    };
  }

  function services(): Part {
    const calls = make("upstream_calls_5m", "Calls of 5 minutes, by outcome.", "upstream", "outcome");
    const today = make("upstream_budget_left", "Calls that are left of the day.", "upstream");
    const now = make("upstream_budget_left_now", "Turns of the coming second that are free.", "upstream");
    const state = make("upstream_state", "1 at the state that it is in.", "upstream", "state");
    return {
      gauges: [calls, today, now, state],
      async read(trx) {
        const rows = await listUpstreamOverview(trx, accounts);
        return () => {
          for (const { upstream, ...row } of rows) {
            const bars = row.bars.slice(-CALL_MINUTES);
            for (const outcome of outcomes)
              calls.gauge.set(
                { upstream, outcome },
                bars.reduce((sum, bar) => sum + bar[outcome], 0),
              );
            today.gauge.set({ upstream }, Math.max(0, row.perDay - row.usedToday));
            now.gauge.set({ upstream }, row.freeThisSecond);
            const present = row.refused ? "refused" : row.closedUntil ? "closed" : "ok";
            for (const one of states) state.gauge.set({ upstream, state: one }, Number(one === present));
          }
        };
      },
    };
  }

  function database(): Part {
    const usage = make("notification_queue_usage_ratio", "How full the queue of notifications is.");
    const connections = make("database_connections", "Connections of clients to the server.");
    const most = make("database_connections_max", "How many it allows.");
    const size = make("database_size_bytes", "Size of our database.");
    const oldest = make("database_oldest_transaction_seconds", "How long the oldest transaction is open.");
    return {
      gauges: [usage, connections, most, size, oldest],
      async read(trx) {
        const row = await getDatabaseHealth(trx);
        return () => {
          usage.gauge.set(row.notificationQueue);
          connections.gauge.set(row.connections);
          most.gauge.set(row.connectionsMost);
          size.gauge.set(row.sizeBytes);
          oldest.gauge.set(row.oldestTransactionSeconds ?? 0);
        };
      },
    };
  }

  function work(): Part {
    const imports = make("imports_running", "Imports and syncs that have not ended.");
    const workers = make("workers_alive", "Worker processes with a fresh heartbeat.");
    return {
      gauges: [imports, workers],
      async read(trx) {
        const row = await getWorkFigures(trx);
        return () => {
          imports.gauge.set(row.importsRunning);
          workers.gauge.set(row.workersAlive);
        };
      },
    };
  }
}
