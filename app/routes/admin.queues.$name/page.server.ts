/** What a queue's page shows: the state and filters of its address, a page of jobs, and how many the filter means. */
import type { Caller } from "#server/routers/_app";
import { age, stamp } from "../../formats";
import { isJobTab, jobLook, payloadLine, sentByWords } from "../../job-words";

const DEAD_LETTERS = "dead-letter";

export async function readQueuePage({ admin }: Caller, name: string, params: URLSearchParams) {
  const given = params.get("state");
  const q = params.get("q")?.trim() || undefined;
  const errorKey = params.get("error") || undefined;
  const letters = name === DEAD_LETTERS;
  const state = isJobTab(given) ? given : "waiting";
  const filter = { queue: name, state, ...(q && { q }), ...(errorKey && { errorKey }) };
  const [{ queues, deadLetters }, { jobs, nextCursor, lookedThrough }, meant, { groups }] = await Promise.all(
    [
      admin.queues(),
      admin.jobs({ ...filter, cursor: params.get("after") ?? undefined }),
      admin.countJobs(filter),
      letters || state !== "failed" ? { groups: [] } : admin.failureGroups({ queue: name }),
    ],
  );
  const queue = queues.find((one) => one.name === name);
  const now = Date.now();
  const since = (at: Date | null) => at && age(Math.max(0, Math.floor((now - at.getTime()) / 1000)));
  return {
    name,
    letters,
    deadLetters,
    queue: queue && {
      ...queue,
      oldest: queue.oldestWaitingSeconds === null ? null : age(queue.oldestWaitingSeconds),
    },
    paused: queue?.pausedAt
      ? [{ name, at: stamp(queue.pausedAt, "UTC"), by: queue.pausedBy, reason: queue.pauseReason }]
      : [],
    filter: { state, q: q ?? "", errorKey: errorKey ?? "" },
    meant,
    lookedThrough,
    nextCursor,
    groups: groups.map(({ firstAt, lastAt, ...group }) => ({
      ...group,
      first: stamp(firstAt, "UTC"),
      last: stamp(lastAt, "UTC"),
    })),
    jobs: jobs.map((job) => ({
      jobId: job.jobId,
      look: jobLook(job.state),
      payload: payloadLine(job.data),
      sentBy: sentByWords(typeof job.data?.sentBy === "string" ? job.data.sentBy : null) ?? "not said",
      attempts: job.attempts,
      error: job.error,
      // What matters of a job in its state: since when it waits or runs, or when it ended.
      when: job.endedAt
        ? `ended ${stamp(job.endedAt, "UTC")} UTC`
        : job.state === "active"
          ? `for ${since(job.startedAt) ?? "a moment"}`
          : job.startAfter.getTime() > now
            ? `due ${stamp(job.startAfter, "UTC")} UTC`
            : `waiting for ${since(job.startAfter) ?? "a moment"}`,
    })),
  };
}

export type QueuePageData = Awaited<ReturnType<typeof readQueuePage>>;
