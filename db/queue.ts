/**
 * The catalogue of queues and their schedules, and the only way to send. Sending is a write like any other and happens
 * in the caller's transaction; the work itself is in jobs/. pg-boss keeps queue and schedule in the same Postgres.
 *
 * Law of the numbers: three attempts, 2 s and then about 4 s apart. Jobs that run an import or a sync retry 50 times with
 * at most 5 s between, because pg-boss counts a lost heartbeat (a killed worker, a deploy) as an attempt; real failures
 * are counted in the import's row, three end it. Heartbeat 10 s with monitor 5 s finds a dead worker after 15 s; expiry
 * only backs that up. What the queue gives up is copied to the dead letters, for whoever wants to know why.
 */
import type { Transaction } from "kysely";
import { fromKysely, PgBoss } from "pg-boss";
import { z } from "zod";
import type { Db, DbOrTrx } from "./index.ts";
import type { SyncStep } from "./queries/imports.ts";
import { lockScheduleControls } from "./queries/schedule-controls.ts";
import type { DB } from "./types.ts";

/** critical before high before normal …: in pg-boss the higher number goes first */
export const priorities = { critical: 50, high: 20, normal: 10, low: 5, background: 1 } as const;

const DAY = 24 * 60 * 60;
/** Where jobs go that failed for good. No worker reads it: it is there to be looked at, and to be sent again by hand. */
export const DEAD_LETTERS = "dead-letter";
const deadLetters = { retentionSeconds: 30 * DAY } as const;

/** Retention: how long a job may wait, in a product that is off; then how long a finished one is kept to be looked at. */
const shared = {
  policy: "exclusive",
  notify: true,
  heartbeatSeconds: 10,
  retentionSeconds: 14 * DAY,
  deleteAfterSeconds: 7 * DAY,
  retryLimit: 2,
  retryDelay: 2,
  retryBackoff: true,
} as const;
const byRow = { ...shared, retryLimit: 50, retryDelayMax: 5 } as const;
/** Who sent it, for whoever looks at the job: "schedule", "sweep", "admin", "cron", "visitor" or "fan". */
const from = { sentBy: z.string().max(60).optional() };
/** A sync's key is its artist. */
const sync = {
  payload: z.object({ artistId: z.uuid(), ...from }),
  options: { ...byRow, expireInSeconds: 900 },
} as const;

export const queues = {
  "artist-import": {
    payload: z.object({ importId: z.uuid(), ...from }),
    concurrency: 5,
    options: { ...byRow, expireInSeconds: 3600 },
  },
  "spotify-sync": { ...sync, concurrency: 3 },
  "ticketmaster-sync": { ...sync, concurrency: 2 },
  // A catalogue of hundreds of releases takes its time at the services' pace.
  "catalog-sync": { ...sync, concurrency: 3, options: { ...byRow, expireInSeconds: 3600 } },
  "setlist-sync": { ...sync, concurrency: 2 },
  "scheduled-sync": {
    payload: z.object({ kind: z.enum(["sweep", "active", "past-shows", "status"]), ...from }),
    concurrency: 2,
    // One a minute: a week of them says no more than a day.
    options: { ...shared, deleteAfterSeconds: DAY, expireInSeconds: 300 },
  },
  "trending-calc": {
    payload: z.object({ ...from }),
    concurrency: 1,
    options: { ...shared, deleteAfterSeconds: DAY, expireInSeconds: 300 },
  },
  cleanup: {
    payload: z.object({ ...from }),
    concurrency: 1,
    options: { ...shared, expireInSeconds: 300 },
  },
} as const;

/** The queue that syncs a step alone. */
export const queueOfStep = {
  identity: "spotify-sync",
  shows: "ticketmaster-sync",
  songs: "catalog-sync",
  "past-setlists": "setlist-sync",
} as const satisfies Record<SyncStep, QueueName>;

export type Schedule = {
  [Name in QueueName]: {
    /** what people call it; unique */
    name: string;
    /** what it does, as a sentence */
    does: string;
    queue: Name;
    key: string;
    cron: string;
    data: Payload<Name>;
    /** no more often than this, however an administrator edits it */
    leastSeconds: number;
  };
}[QueueName];

const TEN_MINUTES = 600;

/**
 * By UTC. The key is the job's too: an exclusive queue then holds one of each kind, and a long one holds up no other. The
 * minute's is at most a minute late, because schedules are looked at every 30 s.
 */
export const schedules: readonly Schedule[] = [
  {
    name: "sweep",
    does: "Imports whose job is gone get one, and what a service kept back is asked for again.",
    queue: "scheduled-sync",
    key: "sweep",
    cron: "* * * * *",
    data: { kind: "sweep" },
    leastSeconds: 60,
  },
  {
    name: "active-artists",
    does: "Artists with a coming show, or whom somebody looked at, have their shows and songs read again.",
    queue: "scheduled-sync",
    key: "active",
    cron: "17 */6 * * *",
    data: { kind: "active" },
    leastSeconds: TEN_MINUTES,
  },
  {
    name: "past-setlists",
    does: "Asks what was played at shows that are over.",
    queue: "scheduled-sync",
    key: "past-shows",
    cron: "47 * * * *",
    data: { kind: "past-shows" },
    leastSeconds: TEN_MINUTES,
  },
  {
    name: "show-status",
    does: "Shows of the coming week are read again: cancelled, moved or still on.",
    queue: "scheduled-sync",
    key: "status",
    cron: "7 9 * * *",
    data: { kind: "status" },
    leastSeconds: TEN_MINUTES,
  },
  {
    name: "trending",
    does: "Ranks artists and shows anew.",
    queue: "trending-calc",
    key: "hourly",
    cron: "2 * * * *",
    data: {},
    leastSeconds: TEN_MINUTES,
  },
  {
    name: "clean-up",
    does: "What has expired is deleted.",
    queue: "cleanup",
    key: "daily",
    cron: "41 3 * * *",
    data: {},
    leastSeconds: TEN_MINUTES,
  },
];

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

/** What administrators do to queues and schedules besides, in their transaction. */
export type ControlledQueue = Queue & {
  /** Dead letters become jobs of the queue they came from. Those whose key is taken there stay, failed. @returns how many went */
  sendAgain(trx: DbOrTrx, letterIds: string[]): Promise<number>;
  /** Writes a schedule to pg-boss's table, or takes it out. */
  setSchedule(trx: DbOrTrx, schedule: Schedule, edit: ScheduleEdit): Promise<void>;
  /** When a cron expression comes next, by UTC. @throws Error in words when it is none */
  nextRuns(cron: string, count: number, from?: Date): Date[];
};

/** What an administrator made of a schedule; `cron` null: as declared. */
export type ScheduleEdit = { cron: string | null; enabled: boolean };

/** A sender for the web process: no polling, no supervision, no schedule, the web's own pool. */
export async function createSender(
  db: Db,
  onError: (error: Error) => void,
): Promise<ControlledQueue & { stop(): Promise<void> }> {
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
    // The series that the dashboard draws, and who is at work with what.
    persistQueueStats: true,
    queueStatRetentionDays: 2,
    instanceHeartbeatSeconds: 5,
    cronMonitorIntervalSeconds: 30,
    instanceName: applicationName,
  });
}

/** A Queue over an instance that was started elsewhere. */
export function sender(instance: PgBoss): ControlledQueue {
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
    sendAgain: (trx, letterIds) =>
      instance.redrive(DEAD_LETTERS, { ids: letterIds, limit: letterIds.length, db: fromKysely(trx) }),
    setSchedule: (trx, schedule, edit) => setSchedule(instance, trx, schedule, edit),
    nextRuns: (cron, count, from) => nextRuns(instance, cron, count, from),
  };
}

/**
 * A preview of many gives up after a second, which says that this machine is busy and nothing of the expression. One run
 * alone is never given up on, and throws what is wrong with the expression.
 */
function nextRuns(instance: PgBoss, cron: string, count: number, from?: Date): Date[] {
  const preview = (n: number, after?: Date) =>
    instance.previewSchedule(cron, { tz: "UTC", count: n, ...(after ? { from: after } : {}) });
  try {
    return preview(count, from);
  } catch {
    const runs = preview(1, from);
    for (let n = 1; n < count; n++) runs.push(...preview(1, runs.at(-1)));
    return runs;
  }
}

async function setSchedule(
  instance: PgBoss,
  trx: DbOrTrx,
  { queue, key, cron, data }: Schedule,
  edit: ScheduleEdit,
): Promise<void> {
  const db = fromKysely(trx);
  if (!edit.enabled) return instance.unschedule(queue, key, { db });
  // Missed while everything was down: one catch-up run, however many were missed.
  const options = { key, singletonKey: key, tz: "UTC", missed: "once", db } as const;
  await instance.schedule(queue, edit.cron ?? cron, { ...data, sentBy: "schedule" }, options);
}

/**
 * Creates pg-boss's schema, our queues and their schedules. Called by `migrate` only: a queue's policy is fixed then.
 * @param db the same database: what administrators made of the schedules stays
 */
export async function declareQueues(url: string, db: Db): Promise<void> {
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
    // First: queues name it.
    await instance.createQueue(DEAD_LETTERS, deadLetters);
    await instance.updateQueue(DEAD_LETTERS, deadLetters);
    for (const name of queueNames) {
      const { policy, ...options } = { ...queues[name].options, deadLetter: DEAD_LETTERS };
      await instance.createQueue(name, { policy, ...options });
      await instance.updateQueue(name, options);
    }
    await declareSchedules(instance, db);
  } finally {
    await instance.stop({ graceful: false });
  }
}

async function declareSchedules(instance: PgBoss, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    // Nobody edits one between our look and our write.
    const edits = await lockScheduleControls(trx);
    for (const schedule of schedules) {
      const edit = edits.find(({ name }) => name === schedule.name);
      await setSchedule(instance, trx, schedule, edit ?? { cron: null, enabled: true });
    }
  });
  for (const { name, key } of await instance.getSchedules()) {
    if (!schedules.some((one) => one.queue === name && one.key === key)) await instance.unschedule(name, key);
  }
}
