/** Whether a schedule may run when an administrator says. Over its coming runs: a cron expression says nothing by itself. */

const WEEK_SECONDS = 7 * 24 * 60 * 60;
/** A year and a day: an expression may name months. */
const WEEKS = 53;
/** Two runs an hour apart on one day of the year are found by then: the first day of runs is in it, and its midnight. */
const RUNS = 200;

/** Five fields, as in crontab; a sixth would be seconds. */
export const isCron = (text: string): boolean => text.trim().split(/\s+/).length === 5 && text.length <= 100;

/**
 * @param nextRuns the coming runs of the expression after a moment
 * @returns why not, as a sentence; undefined: it may
 */
export function refuseSchedule(
  nextRuns: (count: number, from: Date) => Date[],
  { leastSeconds, now }: { leastSeconds: number; now: Date },
): string | undefined {
  for (let week = 0; week < WEEKS; week++) {
    const from = new Date(now.getTime() + week * WEEK_SECONDS * 1000);
    const [next] = nextRuns(1, from);
    if (!next || next.getTime() - from.getTime() > WEEK_SECONDS * 1000)
      return "It must run at least once a week; by this expression there is a week without a run.";
  }
  const runs = nextRuns(RUNS, now);
  const tooOften = runs.some((run, n) => {
    const before = runs[n - 1];
    return before !== undefined && run.getTime() - before.getTime() < leastSeconds * 1000;
  });
  if (!tooOften) return undefined;
  const minutes = leastSeconds / 60;
  return `It may run every ${minutes === 1 ? "minute" : `${minutes} minutes`} at most; by this expression two runs are closer.`;
}
