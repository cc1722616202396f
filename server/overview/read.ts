/**
 * The whole of the dashboard as one snapshot. Each part is read by itself and cut off where it would take long; the
 * others stand. Two at a time, so that a dashboard never holds the connections that the site's pages wait for.
 */
import { type CutOff, cutOff } from "#db/cut-off";
import type { DbOrTrx } from "#db/index";
import { type DatabaseHealth, getDatabaseHealth } from "#db/queries/database-health";
import {
  type JobFailureGroup,
  listJobFailuresToday,
  listStepFailuresToday,
  type StepFailureGroup,
} from "#db/queries/failures-today";
import { findStepP95, type ImportNow, listImportsNow } from "#db/queries/imports-now";
import { listQueueOverview, type QueueOverview } from "#db/queries/queue-overview";
import { listQueueSeries, type QueueSeries } from "#db/queries/queue-series";
import { listWorkers, type Worker } from "#db/queries/workers";
import { queueNames } from "#db/queue";
import { type Problem, problemsOf } from "#rules/problems";
import { byProblem, type QueueState, queueState } from "#rules/queue-state";
import type { Services } from "../context.ts";
import { type Range, ranges } from "./ranges.ts";
import { readSchedules, type ScheduleLine } from "./schedules.ts";
import { readUpstreams, type UpstreamLine } from "./upstreams.ts";

/** Eight parts, two at a time: a page whose every part is cut off is there within 3 s. */
const PART_MS = 700;

export type QueueLine = QueueOverview & { state: QueueState };

/** What changes from second to second. */
export type Quick = {
  /** problems first */
  queues: CutOff<QueueLine[]>;
  imports: CutOff<{ running: number; imports: ImportNow[] }>;
  upstreams: CutOff<UpstreamLine[]>;
  workers: CutOff<Worker[]>;
  database: CutOff<DatabaseHealth>;
};

/** What is added up over hours. */
export type Slow = {
  series: CutOff<{ queues: QueueSeries[]; stepP95Ms: number | null }>;
  failures: CutOff<{ attempts: number; jobs: JobFailureGroup[]; steps: StepFailureGroup[] }>;
  schedules: CutOff<ScheduleLine[]>;
};

export type Overview = Quick & Slow & { at: Date; range: Range; problems: Problem[] };

type Sources = Pick<Services, "db" | "upstreams" | "settings" | "queue">;

export async function readQuick(services: Sources): Promise<Quick> {
  const { db } = services;
  const part = <T>(read: (trx: DbOrTrx) => Promise<T>) => cutOff(db, read, PART_MS);
  const lanes = [
    async () => ({
      queues: await part(listQueues),
      imports: await part(listImportsNow),
    }),
    async () => ({
      upstreams: await part((trx) => readUpstreams(trx, services)),
      workers: await part(listWorkers),
      database: await part(getDatabaseHealth),
    }),
  ] as const;
  const [one, two] = await Promise.all([lanes[0](), lanes[1]()]);
  return { ...one, ...two };
}

export async function readSlow({ db, queue }: Sources, range: Range): Promise<Slow> {
  const part = <T>(read: (trx: DbOrTrx) => Promise<T>) => cutOff(db, read, PART_MS);
  const minutes = ranges[range];
  const series = await part(async (trx) => ({
    queues: await listQueueSeries(trx, { queues: queueNames, minutes }),
    stepP95Ms: await findStepP95(trx, minutes),
  }));
  const failures = await part(async (trx) => {
    const { attempts, groups } = await listJobFailuresToday(trx);
    return { attempts, jobs: groups, steps: await listStepFailuresToday(trx) };
  });
  return { series, failures, schedules: await part((trx) => readSchedules(trx, queue)) };
}

/** @throws what a database that is away throws; nothing for what is slow */
export async function readOverview(services: Sources, range: Range): Promise<Overview> {
  const quick = await readQuick(services);
  return snapshot(range, quick, await readSlow(services, range));
}

export function snapshot(range: Range, quick: Quick, slow: Slow): Overview {
  const parts = { ...quick, ...slow };
  return { at: new Date(), range, problems: problemsOf(parts), ...parts };
}

async function listQueues(trx: DbOrTrx): Promise<QueueLine[]> {
  const queues = await listQueueOverview(trx, queueNames);
  return byProblem(queues).map((queue) => ({ ...queue, state: queueState(queue) }));
}
