/** One import in words, for its page. */
import type { Caller } from "#server/routers/_app";
import { clockIn, duration, localDay, stamp } from "../../formats";
import { nameOf, serviceNames, stateOf, stepNames, whoStarted } from "../../import-words";
import type { StateKind } from "../../components/control/state";
import { isRunning } from "../../use-live";
import { timelineOf } from "./timeline";

type Answer = Awaited<ReturnType<Caller["admin"]["import"]>>;
type Gap = Answer["gaps"][number];

const queueOfStep: Record<string, string> = {
  identity: "spotify-sync",
  shows: "ticketmaster-sync",
  songs: "catalog-sync",
  "past-setlists": "setlist-sync",
};

export function sayPage({ import: found, steps, traces, gaps, at }: Answer) {
  const { importId, artistId, slug, kind, step, startedAt, completedAt, attempt, newestId } = found;
  const running = isRunning(found);
  const end = completedAt ?? at;
  const took = duration(Math.max(0, end.getTime() - startedAt.getTime()));
  const byStep = new Map(traces.map((trace) => [trace.step, trace]));
  const begun = traces.filter((trace) => !steps.some(({ step }) => step === trace.step));
  return {
    importId,
    artistId,
    slug,
    kind,
    step: step && (stepNames[step] ?? step),
    name: nameOf(found),
    hasName: found.name !== null,
    look: stateOf(found),
    running,
    percentage: found.percentage,
    message: found.message,
    when: `${stamp(startedAt, "UTC")}${completedAt ? ` to ${clockAfter(startedAt, completedAt)}` : ""} UTC, ${took}.`,
    who: `Started by ${whoStarted(found)}. Attempt ${Math.max(1, attempt)}.`,
    took,
    newer: kind === "import" && newestId !== null && newestId !== importId ? newestId : null,
    jobs: `/admin/queues/${step ? queueOfStep[step] : "artist-import"}?q=${step ? artistId : importId}`,
    problem: running ? null : problemOf(found),
    gaps: gaps.map(sayGap),
    drawn: timelineOf(startedAt, end, traces) ?? null,
    steps: [
      ...steps.map(({ durationMs, ...report }) => {
        const trace = byStep.get(report.step);
        const tookMs = trace?.endedAt ? trace.endedAt.getTime() - trace.beganAt.getTime() : durationMs;
        return { ...sayStep(report), ...figures(trace), took: duration(tookMs) };
      }),
      ...begun.map((trace) => ({
        step: trace.step,
        name: stepNames[trace.step] ?? trace.step,
        look: (running ? ["busy", "Running"] : ["closed", "Broken off"]) as [StateKind, string],
        counts: null,
        missing: "",
        ...figures(trace),
        took: duration(Math.max(0, end.getTime() - trace.beganAt.getTime())),
      })),
    ],
  };
}
export type SaidPage = ReturnType<typeof sayPage>;

/** "14:03", with the day where it is another one */
function clockAfter(from: Date, to: Date): string {
  return localDay(from, "UTC") === localDay(to, "UTC") ? clockIn(to, "UTC") : stamp(to, "UTC");
}

function figures(trace: Answer["traces"][number] | undefined) {
  if (!trace) return { calls: null, cached: null, waited: "" };
  return { calls: trace.calls, cached: trace.cached, waited: duration(trace.waitedMs) };
}

function sayStep(report: Omit<Answer["steps"][number], "durationMs">) {
  const { step, state, read, changed, unchanged, skipped, missing, reason } = report;
  const part = state === "done" && missing !== null;
  const looks: Record<string, [StateKind, string]> = {
    done: part ? ["behind", "Part"] : ["fine", "Done"],
    skipped: ["idle", "Skipped"],
    failed: ["failed", "Failed"],
  };
  const what = missing === null || missing === step ? [] : [missing];
  return {
    step,
    name: stepNames[step] ?? step,
    look: looks[state] ?? (["idle", state] as [StateKind, string]),
    counts: { read, new: report.new, changed, unchanged, skipped },
    missing: [...what, ...(reason ? [reason] : [])].join(": "),
  };
}

/** What it means for people, before what happened. */
function problemOf({ stage, error, message, kind }: Answer["import"]) {
  const text = error ?? message;
  if (stage === "partial") return { bad: false, lead: "Something is missing.", text };
  if (stage === "failed")
    return { bad: true, lead: kind === "import" ? "Nobody sees anything of it." : "The step failed.", text };
  if (stage === "cancelled") return { bad: false, lead: "What it had read stays.", text };
  return null;
}

/** "Past setlists: setlist.fm is asked again by itself after 00:00 UTC." */
function sayGap({ step, upstream, state, nextAt }: Gap): string {
  const who = serviceNames[upstream] ?? upstream;
  const what = `${stepNames[step] ?? step}: `;
  switch (state) {
    case "made-up":
      return `${what}read since, by a later sync.`;
    case "newer":
      return `${what}left to the newer import.`;
    case "refused":
      return `${what}${who} does not take our key. Nothing is asked until the key is another one, or somebody opens ${who} again on the overview.`;
    case "not-set-up":
      return `${what}${who} has no key here.`;
    case "waits":
      return nextAt
        ? `${what}${who} is asked again by itself after ${stamp(nextAt, "UTC")} UTC.`
        : `${what}${who} is asked again by itself within minutes.`;
  }
}
