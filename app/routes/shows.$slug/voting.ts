/** Whether one may vote on a show, until when, and by whose clock: sentences, made on the server. */
import type { RouterOutputs } from "#server/routers/_app";
import { clockIn, count, dayMonth, localDay, weekday } from "../../formats";

type Answer = RouterOutputs["show"]["bySlug"];
type Show = Pick<Answer["show"], "status" | "localTime" | "timezone" | "venue">;
type Setlist = Pick<NonNullable<Answer["setlist"]>, "votingOpen" | "closesAt">;

export type Voting = {
  open: boolean;
  /** on the strip of tape: "Voting open until 20:45" */
  label: string;
  /** when it closes or closed, up to the time: the visitor's own comes after it in brackets */
  sentence: string;
  /** why then; with the full stop */
  why: string;
  /** what follows from it */
  rest: string;
  closesAt: string | null;
};

/** For so long a setlist that is not there is looked for (db/queries/due-syncs.ts). */
const AWAITED_MS = 3 * 86_400_000;

/** @param picks how many votes the visitor has on this show */
export function votingOf(show: Show, { votingOpen, closesAt }: Setlist, picks: number, now: Date): Voting {
  const voting = { open: votingOpen, why: ".", closesAt: closesAt?.toISOString() ?? null };
  if (show.status === "cancelled") {
    const kept = `Your ${count(picks, "pick")} ${picks === 1 ? "is" : "are"} kept but will not be scored.`;
    return {
      ...voting,
      label: "Cancelled",
      sentence: "Voting closed when the show was cancelled",
      rest: picks > 0 ? kept : "",
    };
  }
  const postponed = show.status === "postponed" ? "Postponed" : undefined;
  if (!closesAt) {
    const rest = picks > 0 ? "Your picks stay valid." : "";
    const label = postponed ?? "Voting open";
    return { ...voting, label, sentence: "No date is known yet, so voting stays open", rest };
  }
  const when = moment(closesAt, show.timezone, now);
  if (!votingOpen) {
    const why = show.localTime ? ", when the show began." : ".";
    const awaited = now.getTime() - closesAt.getTime() < AWAITED_MS;
    const rest = awaited
      ? "Nobody has written down the setlist yet. We look every hour."
      : "Nobody has written down the setlist.";
    return { ...voting, label: "Voting closed", sentence: `Voting closed ${when.said}`, why, rest };
  }
  const where = show.venue?.city && show.timezone ? ` in ${show.venue.city}` : "";
  const known = show.localTime !== null;
  return {
    ...voting,
    label: postponed ?? `Voting open until ${when.short}`,
    sentence: `${known ? "Voting" : "No stage time is known, so voting"} closes ${when.said}${where}`,
    why: known ? ", when the show begins." : ".",
    rest: "",
  };
}

/** A moment by the venue's clock; without a zone by UTC, and the zone says so. */
function moment(at: Date, timezone: string | null, now: Date) {
  const day = localDay(at, timezone);
  const time = timezone ? clockIn(at, timezone) : `${clockIn(at, "UTC")} UTC`;
  if (day === localDay(now, timezone)) return { said: `at ${time}`, short: time };
  const date = `${weekday(day)} ${dayMonth(day, localDay(now, timezone))}`;
  return { said: `on ${date} at ${time}`, short: `${date}, ${time}` };
}
