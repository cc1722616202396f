/** A job's state and age in words, for lists and for its own page. Formatted in loaders. */
import type { StateKind } from "./components/control/state";

export type JobTab = "waiting" | "active" | "failed" | "completed" | "cancelled";
export const jobTabs: readonly JobTab[] = ["waiting", "active", "failed", "completed", "cancelled"];

export const isJobTab = (text: string | null): text is JobTab => jobTabs.some((tab) => tab === text);

const looks: Record<string, [StateKind, string]> = {
  created: ["idle", "Waiting"],
  retry: ["behind", "To be tried again"],
  active: ["busy", "Running"],
  completed: ["fine", "Done"],
  cancelled: ["closed", "Cancelled"],
  failed: ["failed", "Failed"],
};

/** pg-boss's state, as we say and draw it. */
export const jobLook = (state: string): [StateKind, string] => looks[state] ?? ["idle", state];

const senders: Record<string, string> = {
  schedule: "a schedule",
  sweep: "the minute’s sweep",
  admin: "an administrator",
  cron: "the scheduler outside, by /api/cron",
  visitor: "a visitor",
  fan: "a fan",
};

/** "sent by a schedule"; jobs from before they said so: undefined */
export const sentByWords = (sentBy: string | null): string | undefined =>
  sentBy === null ? undefined : (senders[sentBy] ?? sentBy);

/** A payload on one line, without what every job says; cut where it is long. */
export function payloadLine(data: Record<string, unknown> | null): string {
  const { sentBy: _sentBy, ...rest } = data ?? {};
  const line = Object.entries(rest)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
  return line.length > 160 ? `${line.slice(0, 159)}…` : line || "no payload";
}
