/** What handlers work with; made once in worker.ts. */
import type { Db } from "#db/index";
import type { Payload, Queue, QueueName } from "#db/queue";
import type { Logger } from "#server/log";
import type { Upstreams } from "#server/upstreams/index";

export type JobContext = { db: Db; queue: Queue; upstreams: Upstreams; log: Logger };

/** Safe to run twice. Throws to be tried again; records and returns when trying again cannot help. */
export type Handler<Name extends QueueName> = (
  ctx: JobContext,
  payload: Payload<Name>,
  signal: AbortSignal,
) => Promise<void>;
