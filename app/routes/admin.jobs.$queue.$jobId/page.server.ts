/** One job in words: how it is, each attempt, who sent it, what it is about, and what can be done. */
import type { Caller, RouterOutputs } from "#server/routers/_app";
import { age, stamp } from "../../formats";
import { jobLook, sentByWords } from "../../job-words";

type Answer = RouterOutputs["admin"]["job"];

export async function readJobPage({ admin }: Caller, queue: string, jobId: string) {
  const { job, sentBy, failures, run, subject } = await admin.job({ queue, jobId });
  const letter = queue === "dead-letter";
  const { state } = job;
  const pending = state === "created" || state === "retry";
  return {
    jobId,
    queue,
    letter,
    look: letter ? (["failed", "Dead letter"] as const) : jobLook(state),
    payload: JSON.stringify(job.data, null, 2),
    output: outputOf(job),
    attempts: `${job.attempts} of ${job.retryLimit + 1} at most`,
    times: timesOf(job),
    next: pending && !letter ? `${stamp(job.startAfter, "UTC")} UTC or later` : undefined,
    sender: senderOf(sentBy, subject),
    source: job.sourceQueue && job.sourceId ? { queue: job.sourceQueue, jobId: job.sourceId } : undefined,
    subject,
    run: run && {
      where: run.host ? `process ${run.pid} on ${run.host}` : "a worker that is not registered any more",
      since: stamp(run.startedAt, "UTC"),
      attempt: run.attempt,
      live: run.live,
    },
    failures: failures.map((failure) => ({
      id: failure.id,
      attempt: failure.attempt,
      at: stamp(failure.failedAt, "UTC"),
      error: failure.error,
      stack: failure.stack,
      interrupted: failure.interrupted,
      // Sent again, a job goes on under a new id.
      earlier: failure.jobId !== job.jobId,
    })),
    can: {
      retry: letter ? state !== "active" : state === "failed",
      cancel: !letter && (pending || state === "active"),
      remove: state !== "active",
    },
  };
}

function timesOf(job: Answer["job"]): [string, string][] {
  const at = (name: string, time: Date | null): [string, string][] =>
    time ? [[name, `${stamp(time, "UTC")} UTC`]] : [];
  const took =
    job.startedAt && job.endedAt
      ? age(Math.max(0, Math.round((job.endedAt.getTime() - job.startedAt.getTime()) / 1000)))
      : undefined;
  return [
    ...at("Sent", job.createdAt),
    ...at("Last attempt began", job.startedAt),
    ...at("Ended", job.endedAt),
    ...(took ? ([["Last attempt took", took]] as [string, string][]) : []),
    ...at("Kept until", job.endedAt ? null : job.keepUntil),
  ];
}

/** What pg-boss kept of its end: an error's text is among the attempts already. */
function outputOf(job: Answer["job"]): string | undefined {
  const output = job.output ?? job.sourceOutput;
  return output === null || output === undefined ? undefined : JSON.stringify(output, null, 2);
}

function senderOf(sentBy: string | null, subject: Answer["subject"]): string {
  if (subject?.startedBy) return subject.startedBy;
  return sentByWords(sentBy ?? subject?.origin ?? null) ?? "not said";
}
