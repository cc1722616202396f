/** What the forms of the pages about queues and jobs did, in words. */
import { count } from "./formats";

const nobodyLeft =
  "Nothing was left to do it to: another administrator was faster, or the jobs went on by themselves.";

const did = (verb: string, after: string) => (n: number) =>
  n === 0 ? nobodyLeft : `${count(n, "job")} ${verb}. ${after}`;

const retried = (n: number) =>
  n === 0
    ? "Nothing was left to try again: another administrator was faster, or the same work is waiting already."
    : `${count(n, "job")} will be tried again, within a few seconds where a worker is free.`;
const cancelled = did("cancelled", "What was running goes on to its end and is not tried again.");
const deleted = did("deleted", "They cannot be brought back.");

export const queueWords: Record<string, (n: number) => string> = {
  pause: (n) =>
    n === 0
      ? "It was paused already, and stays as it was: see by whom and why."
      : "Paused. Within 5 s no worker takes another job of it; what is running goes on.",
  resume: (n) =>
    n === 0 ? "It was not paused any more." : "Resumed. Its jobs go on within a second or two.",
  retryGroup: retried,
  retry: retried,
  retryAll: retried,
  cancel: cancelled,
  cancelAll: cancelled,
  delete: deleted,
  deleteAll: deleted,
};
