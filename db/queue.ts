/**
 * The catalogue of queues and the only way to send. Sending is a write like any other and happens in the caller's
 * transaction; the work itself is in jobs/. pg-boss keeps queue and schedule in the same Postgres.
 *
 * Law of the numbers: jobs that run an import retry 50 times with at most 5 s between, because pg-boss counts a lost
 * heartbeat (a killed worker, a deploy) as an attempt; real failures are counted in the import's row, three end it.
 * Heartbeat 10 s with monitor 5 s finds a dead worker after 15 s; expiry only backs that up.
 */
import type { Transaction } from "kysely";
import { fromKysely, PgBoss } from "pg-boss";
import { z } from "zod";
import type { Db } from "./index.ts";
import type { DB } from "./types.ts";

/** critical before high before normal …: in pg-boss the higher number goes first */
export const priorities = { critical: 50, high: 20, normal: 10, low: 5, background: 1 } as const;

const retried = { retryLimit: 2, retryDelay: 2, retryBackoff: true } as const;
const retriedByRow = { ...retried, retryLimit: 50, retryDelayMax: 5 } as const;

export const queues = {
  "artist-import": {
    payload: z.object({ importId: z.uuid() }),
    concurrency: 5,
    options: {
      policy: "exclusive",
      notify: true,
      heartbeatSeconds: 10,
      expireInSeconds: 3600,
      ...retriedByRow,
    },
  },
  "setlist-sync": {
    payload: z.object({ artistId: z.uuid() }),
    concurrency: 2,
    options: {
      policy: "exclusive",
      notify: true,
      heartbeatSeconds: 10,
      expireInSeconds: 900,
      ...retriedByRow,
    },
  },
  "scheduled-sync": {
    payload: z.object({}),
    concurrency: 2,
    options: { policy: "exclusive", notify: true, heartbeatSeconds: 10, expireInSeconds: 300, ...retried },
    cron: "17 * * * *",
  },
  cleanup: {
    payload: z.object({}),
    concurrency: 1,
    options: { policy: "exclusive", notify: true, heartbeatSeconds: 10, expireInSeconds: 300, ...retried },
    cron: "41 3 * * *",
  },
} as const;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];
export type Payload<Name extends QueueName> = z.infer<(typeof queues)[Name]["payload"]>;

export type SendOptions = { priority?: keyof typeof priorities; key?: string; startAfter?: Date };

export type Queue = {
  /** Sends inside `trx`: seen by workers after the commit, gone after a rollback. Null: that key is queued already. */
  send<Name extends QueueName>(
    trx: Transaction<DB> | Db,
    name: Name,
    payload: Payload<Name>,
    options?: SendOptions,
  ): Promise<string | null>;
};

/** A sender for the web process: no polling, no supervision, no schedule, the web's own pool. */
export async function createSender(
  db: Db,
  onError: (error: Error) => void,
): Promise<Queue & { stop(): Promise<void> }> {
  const instance = new PgBoss({
    db: fromKysely(db),
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
    registerInstance: false,
  });
  instance.on("error", onError);
  await instance.start();
  return { ...sender(instance), stop: () => instance.stop({ graceful: false }) };
}

/** The worker's instance: woken by LISTEN, polls every 2 s below that, finds dead workers after 15 s, runs the schedules. */
export function createBoss(listenUrl: string, applicationName: string): PgBoss {
  return new PgBoss({
    connectionString: listenUrl,
    application_name: applicationName,
    max: 6,
    useListenNotify: true,
    migrate: false,
    createSchema: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    queueCacheIntervalSeconds: 30,
    cronMonitorIntervalSeconds: 30,
    instanceName: applicationName,
  });
}

/** A Queue over an instance that was started elsewhere. */
export function sender(instance: PgBoss): Queue {
  return {
    async send(trx, name, payload, options = {}) {
      const data = queues[name].payload.parse(payload);
      return instance.send(name, data, {
        db: fromKysely(trx),
        priority: priorities[options.priority ?? "normal"],
        ...(options.key ? { singletonKey: options.key } : {}),
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
      });
    },
  };
}

/** Creates pg-boss's schema, our queues and their schedules. Called by `migrate` only: a queue's policy is fixed then. */
export async function declareQueues(url: string): Promise<void> {
  const instance = new PgBoss({
    connectionString: url,
    max: 2,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  instance.on("error", () => undefined);
  await instance.start();
  try {
    for (const name of queueNames) {
      const { policy, ...options } = queues[name].options;
      await instance.createQueue(name, { policy, ...options });
      await instance.updateQueue(name, options);
      const queue = queues[name];
      // Missed while everything was down: one catch-up run, however many were missed.
      if ("cron" in queue) await instance.schedule(name, queue.cron, {}, { tz: "UTC", missed: "once" });
    }
  } finally {
    await instance.stop({ graceful: false });
  }
}
