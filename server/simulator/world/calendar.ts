/** Days as whole numbers since 1970-01-01, and wall clocks into instants. */
import { Temporal } from "temporal-polyfill";

export const DAY = 86_400_000;
export const HOUR = 3_600_000;

/** Every tour plan counts its weeks from this Monday, so that a plan does not depend on who asks when. */
export const EPOCH = dayOf("2020-01-06");

export function dayOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
}

export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The instant, in milliseconds, at which the clocks of `zone` show this date and time. */
export function instantOf(date: string, time: string, zone: string): number {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).epochMilliseconds;
}

/** `2026-11-24T20:00:00Z`, the only form Ticketmaster writes and reads. */
export function isoSeconds(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
