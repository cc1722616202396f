/**
 * Dates, ages and counts in words. Hand-made rather than `Intl` wherever a page shows them: server and browser may carry
 * different locale data, and a page must read the same in both. The few `Intl` calls are for loaders.
 */
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const DAY_MS = 86_400_000;

/** A local date as midnight UTC, so that no zone of ours can move it. */
function utc(localDate: string): Date {
  const [year = 0, month = 1, day = 1] = localDate.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, day));
}

/** "Friday 27 November 2026" */
export function longDate(localDate: string): string {
  const date = utc(localDate);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "27 Nov", with the year when it is not today's: "3 Jan 2027" */
export function dayMonth(localDate: string, today?: string): string {
  const date = utc(localDate);
  const year = localDate.slice(0, 4) === today?.slice(0, 4) ? "" : ` ${date.getUTCFullYear()}`;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]?.slice(0, 3)}${year}`;
}

/** "Fri" */
export function weekday(localDate: string): string {
  return weekdays[utc(localDate).getUTCDay()]?.slice(0, 3) ?? "";
}

/** "20:45" of "20:45:00" */
export function clock(localTime: string): string {
  return localTime.slice(0, 5);
}

/** Whole days from one local date to another */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / DAY_MS);
}

/** "tonight", "tomorrow", "in 3 days", "in 5 weeks"; undefined once it is over */
export function fromToday(localDate: string, today: string): string | undefined {
  const days = daysBetween(today, localDate);
  if (days < 0) return undefined;
  if (days === 0) return "tonight";
  if (days === 1) return "tomorrow";
  return days < 21 ? `in ${days} days` : `in ${Math.round(days / 7)} weeks`;
}

/** "14 minutes ago" */
export function ago(then: string | Date, now: string | Date): string {
  const seconds = (new Date(now).getTime() - new Date(then).getTime()) / 1000;
  if (seconds < 60) return "just now";
  if (seconds < 3_600) return `${count(Math.floor(seconds / 60), "minute")} ago`;
  if (seconds < 86_400) return `${count(Math.floor(seconds / 3_600), "hour")} ago`;
  return `${count(Math.floor(seconds / 86_400), "day")} ago`;
}

/** "1,412" */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** "1 show", "1,412 shows" */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}

/** "one artist", "three artists", "14 artists" */
export function countWord(n: number, one: string, many = `${one}s`): string {
  const word = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"][n];
  return word ? `${word} ${n === 1 ? one : many}` : count(n, one, many);
}

/** "1.2 s", "45 s", "2 min 5 s" */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** "45 s", "6 min 10 s", "3 h 5 min", "2 days" of whole seconds */
export function age(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  return count(Math.floor(seconds / 86_400), "day");
}

/** "3:45" */
export function trackLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** "Bristol, England" of whatever is known */
export function place(...parts: (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(", ");
}

/** For loaders: the zone's short name on that day, "GMT", "CET" or "GMT−5"; a minus sign, at which no line breaks */
export function zoneName(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, timeZoneName: "short" }).formatToParts(at);
  const name = parts.find((part) => part.type === "timeZoneName")?.value;
  return name?.replace("-", "−") ?? timeZone;
}

/** For loaders: the local date in a zone, "2026-11-27" */
export function localDay(at: Date, timeZone: string | null | undefined): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: timeZone ?? "UTC",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at);
}

/** For loaders: "18:20" in a zone */
export function clockIn(at: Date, timeZone: string | null | undefined): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: timeZone ?? "UTC",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
}

/** For loaders: "Tue 24 Nov 2026, 18:20" in a zone */
export function stamp(at: Date, timeZone: string | null | undefined): string {
  const day = localDay(at, timeZone);
  return `${weekday(day)} ${dayMonth(day)}, ${clockIn(at, timeZone)}`;
}

/** For loaders: "£45" or "£45 to £95" */
export function price({ min, max, currency }: { min: number; max: number; currency: string }): string {
  const money = (amount: number) => {
    const digits = Number.isInteger(amount) ? 0 : 2;
    try {
      const options = {
        style: "currency",
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      };
      return new Intl.NumberFormat("en-GB", options as Intl.NumberFormatOptions).format(amount);
    } catch {
      return `${amount.toFixed(digits)} ${currency}`;
    }
  };
  return min === max ? money(min) : `${money(min)} to ${money(max)}`;
}

/** The part of a played setlist a song belongs to: "Encore", "Encore 2", the set's own name without its colon, or "". */
export function partOf({ encore, setName }: { encore: number | null; setName: string | null }): string {
  if (encore !== null) return encore > 1 ? `Encore ${encore}` : "Encore";
  return (setName ?? "").replace(/\s*:\s*$/, "");
}
