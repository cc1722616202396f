/**
 * Shows as iCalendar (RFC 5545). Times are given in UTC and without a zone: with one, the maker prints UTC's clock as if
 * it were the zone's. The same shows make the same bytes, so that a calendar that asks again is told nothing changed.
 */
import { createHash } from "node:crypto";
import ical, { ICalEventStatus, type ICalEventData } from "ical-generator";
import type { RouterOutputs } from "#server/routers/_app";
import { place } from "./formats";
import { countryName } from "./places";

export type CalendarShow = RouterOutputs["calendar"]["artist"]["shows"][number];

/** What calendars are asked to wait before they look again; shows are read every few hours. */
const AGAIN_SECONDS = 3_600;

/** @param origin ours, for the links to the shows */
export function calendarOf(name: string, shows: CalendarShow[], origin: string): string {
  const calendar = ical({
    // The maker writes this line as it is.
    name: escaped(oneLine(name)),
    prodId: { company: "TheSet", product: "Shows", language: "EN" },
    ttl: AGAIN_SECONDS,
  });
  for (const show of shows) calendar.createEvent(eventOf(show, origin));
  // Every line ends, the last one too.
  return `${calendar.toString()}\r\n`;
}

/** The answer to who subscribes. @param shared whether a cache between may keep it: not where the address is a secret */
export function calendarAnswer(request: Request, calendar: string, { shared }: { shared: boolean }) {
  const etag = `W/"${createHash("sha256").update(calendar).digest("base64url").slice(0, 27)}"`;
  const headers = {
    ETag: etag,
    "Cache-Control": `${shared ? "public" : "private"}, max-age=900`,
    // Who has the address of one's own calendar has the calendar: no search engine should.
    "X-Robots-Tag": "noindex",
  };
  if (matches(request.headers.get("If-None-Match"), etag))
    return new Response(null, { status: 304, headers });
  return new Response(calendar, {
    headers: { ...headers, "Content-Type": "text/calendar; charset=utf-8" },
  });
}

/** For both routes: where there is no such calendar. Programs read it, so it is a sentence and no page. */
export const noCalendar = () =>
  new Response("There is no calendar at this address.\n", {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });

function eventOf(show: CalendarShow, origin: string): ICalEventData {
  const { venueName, city, region, country } = show;
  const artist = oneLine(show.artistName ?? show.name);
  const cancelled = show.status === "cancelled";
  const where = oneLine(place(venueName, city));
  const title = where ? `${artist}, ${where}` : artist;
  const url = `${origin}/shows/${show.slug}`;
  return {
    id: `${show.id}@theset`,
    sequence: show.sequence,
    stamp: show.changedAt,
    lastModified: show.changedAt,
    ...timeOf(show),
    // Some programs show no status.
    summary: cancelled ? `Cancelled: ${title}` : title,
    status: statusOf(show.status),
    location: oneLine(
      place(venueName, city, region === city ? null : region, country && countryName(country)),
    ),
    url,
    description: `What they will play: ${url}`,
  };
}

/**
 * The moment where it is known, without an end, which nobody knows; the venue's wall clock where its zone is not; else
 * the whole day. Local dates and times are handed over as if they were UTC's, which the maker prints unchanged.
 */
function timeOf({ localDate, localTime, startsAt, timezone }: CalendarShow): ICalEventData {
  if (!localTime) return { start: new Date(`${localDate}T00:00:00Z`), allDay: true };
  if (startsAt && timezone) return { start: startsAt };
  return { start: new Date(`${localDate}T${localTime}Z`), floating: true };
}

function statusOf(status: string): ICalEventStatus {
  if (status === "cancelled") return ICalEventStatus.CANCELLED;
  return status === "postponed" ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
}

/** Names come from outside: a line break in one would begin a line of the calendar's. */
const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
const escaped = (text: string) => text.replace(/[\\;,]/g, "\\$&");

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
function matches(header: string | null, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return header === "*" || (header ?? "").split(",").some((tag) => bare(tag) === bare(etag));
}
