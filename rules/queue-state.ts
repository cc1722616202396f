/** How a queue is, in one word; problems first. */

export const queueStates = ["behind", "paused", "failing", "busy", "fine"] as const;
export type QueueState = (typeof queueStates)[number];

/** Somebody who started something has been waiting for this long: that is no burst any more. */
const BEHIND_SECONDS = 300;

export type QueueFigures = {
  active: number;
  waiting: number;
  failed: number;
  oldestWaitingSeconds: number | null;
  paused: boolean;
};

/** A paused queue is paused, however long its jobs wait: that is what was asked for. */
export function queueState(queue: QueueFigures): QueueState {
  if (queue.paused) return "paused";
  if ((queue.oldestWaitingSeconds ?? 0) >= BEHIND_SECONDS) return "behind";
  if (queue.failed > 0) return "failing";
  return queue.active > 0 || queue.waiting > 0 ? "busy" : "fine";
}

/** Problems first, then by name. */
export function byProblem<Q extends QueueFigures & { name: string }>(queues: readonly Q[]): Q[] {
  const rank = (queue: Q) => queueStates.indexOf(queueState(queue));
  return [...queues].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
