/** An import's steps in words. Which of them run is read from what has finished: services are asked side by side. */
import { count } from "../../formats";
import type { Progress } from "../../types";
import { isRunning } from "../../use-live";

type Report = Progress["report"]["steps"][number];
export type StepState = Report["state"] | "running" | "next";
export type StepLine = { step: Report["step"]; state: StepState; text: string };

const order: Report["step"][] = ["identity", "shows", "songs", "past-setlists", "predictions"];

const names: Record<Report["step"], string> = {
  identity: "Who they are",
  shows: "Coming shows",
  songs: "Songs",
  "past-setlists": "Past setlists",
  predictions: "The odds",
};

/** One sentence a stage, for everybody and for screen readers. */
export const stageSentence: Record<Progress["stage"], string> = {
  initializing: "Waiting for a free worker.",
  "syncing-identifiers": "Finding out who they are.",
  "importing-shows": "Reading their coming shows.",
  "importing-songs": "Reading their songs.",
  "creating-setlists": "Reading what they have played, then working out the odds.",
  completed: "The import is complete.",
  partial: "The import is done, but something is missing.",
  failed: "The import failed.",
  cancelled: "The import was cancelled.",
};

/** @param sources where the artist was found, for the first line */
export function stepLines(progress: Progress, sources: string[]): StepLine[] {
  const done = new Map(progress.report.steps.map((report) => [report.step, report]));
  const running = isRunning(progress);
  let current = running && progress.stage !== "initializing";
  return order.flatMap((step): StepLine[] => {
    const report = done.get(step);
    if (report) return [{ step, state: report.state, text: doneText(report, sources) }];
    if (!running) return [];
    const state = current ? "running" : "next";
    current = false;
    return [{ step, state, text: state === "running" ? progress.message : names[step] }];
  });
}

function doneText(report: Report, sources: string[]): string {
  const total = report.new + report.changed + report.unchanged;
  if (report.state !== "done") return `${names[report.step]}${report.reason ? `: ${report.reason}` : ""}`;
  const text = {
    identity: sources.length > 0 ? `Found them at ${list(sources)}` : "Found them",
    shows: total === 0 ? "No coming shows" : count(total, "coming show"),
    songs: `${total === 0 ? "No songs" : count(total, "song")}${report.skipped > 0 ? `, ${count(report.skipped, "other recording")} left out` : ""}`,
    "past-setlists": total === 0 ? "No past setlists" : count(total, "past setlist"),
    predictions: `Odds for ${count(total, "show")}`,
  }[report.step];
  // Songs without "songs": the list ended before its end.
  const without = report.missing
    ? report.missing === report.step
      ? " so far"
      : `, without ${report.missing}`
    : "";
  return `${text}${without}${report.reason ? `. ${report.reason}` : ""}`;
}

function list(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
