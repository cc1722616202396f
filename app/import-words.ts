/** Imports in an administrator's words. */
import type { StateKind } from "./components/control/state";
import { isRunning } from "./use-live";

export const stepNames: Record<string, string> = {
  identity: "Identify",
  shows: "Shows",
  songs: "Songs",
  "past-setlists": "Past setlists",
  predictions: "Odds",
};

export const serviceNames: Record<string, string> = {
  ticketmaster: "Ticketmaster",
  spotify: "Spotify",
  setlistfm: "setlist.fm",
  musicbrainz: "MusicBrainz",
};

const ends: Record<string, [StateKind, string]> = {
  completed: ["fine", "Complete"],
  partial: ["behind", "Partial"],
  failed: ["failed", "Failed"],
  cancelled: ["closed", "Cancelled"],
};

export function stateOf({ stage, percentage }: { stage: string; percentage: number }): [StateKind, string] {
  if (stage === "initializing") return ["idle", "Waiting"];
  return isRunning({ stage }) ? ["busy", `Running, ${percentage}%`] : (ends[stage] ?? ["idle", stage]);
}

/** "a visitor", "Ops, an administrator", "the clock" */
export function whoStarted(row: { origin: string; startedByName: string | null }): string {
  const { origin, startedByName: name } = row;
  if (origin === "admin") return name ? `${name}, an administrator` : "an administrator who has left";
  if (origin === "fan") return name ?? "a fan who has left";
  if (origin === "schedule") return "a schedule";
  return origin === "command" ? "the command line" : "a visitor";
}

/** The name of an artist, who has none before its identity is known. */
export const nameOf = (row: { name: string | null; slug: string }) => row.name ?? `no name yet (${row.slug})`;
