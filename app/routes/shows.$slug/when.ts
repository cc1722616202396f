/** When a show is, by the venue's clock, and what has become of it: sentences, made on the server. */
import type { RouterOutputs } from "#server/routers/_app";
import { clock, dayMonth, fromToday, localDay, longDate, stamp, zoneName } from "../../formats";

type Show = RouterOutputs["show"]["bySlug"]["show"];

export type When = {
  /** "Friday 27 November 2026" */
  date: string;
  /** "20:45", and the zone's name; a show without a time has none */
  time?: string;
  zone?: string;
  /** on the strip of tape: "Tonight 20:45", "In 3 days", "Cancelled" */
  label: string;
  /** what happened to it, when something did */
  note?: string;
};

/** @param known.over somebody has written down what was played; known.predicted there were odds, which the note may point to */
export function whenOf(show: Show, now: Date, { over = false, predicted = true } = {}): When {
  const { localDate, localTime, startsAt, timezone, status } = show;
  const day = localDate ? longDate(localDate) : "Date to be announced";
  return {
    date: localDate && !localTime && status !== "past" ? `${day}, time to be announced` : day,
    ...(localDate && localTime ? { time: clock(localTime) } : {}),
    ...(startsAt && timezone ? { zone: zoneName(startsAt, timezone) } : {}),
    label: label(show, now),
    note: over && show.status === "past" ? undefined : note(show, predicted),
  };
}

function label({ status, localDate, localTime, timezone }: Show, now: Date): string {
  if (status === "cancelled") return "Cancelled";
  if (status === "postponed") return "Postponed";
  if (status === "past") return localDate ? `Was on ${dayMonth(localDate)}` : "Over";
  if (!localDate) return "Date to be announced";
  const away = fromToday(localDate, localDay(now, timezone)) ?? dayMonth(localDate);
  const when = localTime && !away.startsWith("in ") ? `${away} ${clock(localTime)}` : away;
  return when.charAt(0).toUpperCase() + when.slice(1);
}

function note(show: Show, predicted: boolean): string | undefined {
  const { status, statusSince, initialLocalDate, localDate, timezone } = show;
  const since = statusSince ? ` since ${stamp(statusSince, timezone)}` : "";
  const moved = initialLocalDate && initialLocalDate !== localDate ? longDate(initialLocalDate) : undefined;
  switch (status) {
    case "cancelled":
      return `Ticketmaster lists this show as cancelled${since}.${predicted ? " These were our odds." : ""}`;
    case "postponed":
      return `Ticketmaster lists this show as postponed${since}.${moved ? ` It was to be ${moved}.` : ""}`;
    case "rescheduled":
      return moved ? `This show was moved. It was to be ${moved}.` : "This show was moved to a new date.";
    case "past":
      return predicted ? "This show is over. These were our odds before it." : undefined;
    default:
      return undefined;
  }
}
