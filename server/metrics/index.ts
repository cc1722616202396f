/**
 * What this process counts itself, for `/metrics`. Names and meanings are listed in docs/operations.md; no label holds an
 * id, a name or a path, so that the number of series is bounded by the code. Made once in web.ts.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Ballot } from "#rules/voting";
import type { RouteGroup } from "./route-groups.ts";

/** From a cached answer to the longest that a page waits for its database; seconds. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** From a round trip on one machine to the time at which a notification counts as lost; seconds. */
const NOTIFICATION_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

export type AnsweredRequest = {
  group: RouteGroup;
  method: string;
  /** 0: the visitor left before there was one */
  status: number;
  /** undefined for an event stream, which lasts as long as somebody looks */
  seconds: number | undefined;
};

export type Metrics = {
  registry: Registry;
  request(answered: AnsweredRequest): void;
  /** @param outcome what became of a vote: the state of its result, or `error` */
  vote(ballot: Ballot, outcome: string): void;
  /** a notification of ours was heard after so many seconds; undefined: it was not heard in time */
  notification(seconds: number | undefined): void;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: "theset_http_requests_total",
    help: "Requests answered, by group of routes, method and class of status.",
    labelNames: ["group", "method", "status"] as const,
    registers,
  });
  const durations = new Histogram({
    name: "theset_http_request_duration_seconds",
    help: "From the request to the end of its answer, event streams left out.",
    labelNames: ["group"] as const,
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const votes = new Counter({
    name: "theset_votes_total",
    help: "Votes cast and taken back, by ballot and by what became of them.",
    labelNames: ["ballot", "outcome"] as const,
    registers,
  });
  const delays = new Histogram({
    name: "theset_notification_delay_seconds",
    help: "From saying NOTIFY to hearing it in the same process, tried every 15 s.",
    buckets: NOTIFICATION_BUCKETS,
    registers,
  });
  const lost = new Counter({
    name: "theset_notifications_lost_total",
    help: "Of those, the ones not heard within 10 s.",
    registers,
  });
  new Gauge({
    name: "theset_process_start_time_seconds",
    help: "When this process started, as Unix time.",
    registers,
  }).set(Math.round(Date.now() / 1000 - process.uptime()));
  new Gauge({
    name: "theset_process_resident_memory_bytes",
    help: "Memory of this process.",
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Counter({
    name: "theset_process_cpu_seconds_total",
    help: "Processor time of this process, user and system.",
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  return {
    registry,
    request({ group, method, status, seconds }) {
      requests.inc({ group, method: methodOf(method), status: classOf(status) });
      if (seconds !== undefined) durations.observe({ group }, seconds);
    },
    vote: (ballot, outcome) => votes.inc({ ballot, outcome }),
    notification: (seconds) => (seconds === undefined ? lost.inc() : delays.observe(seconds)),
  };
}

/** Anybody may send a method of their own invention. */
function methodOf(method: string): string {
  return ["GET", "HEAD", "POST"].includes(method) ? method : "other";
}

function classOf(status: number): string {
  return status === 0 ? "left" : `${Math.floor(status / 100)}xx`;
}
