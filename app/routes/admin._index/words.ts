/** Figures of the dashboard as they are said. */
import { clock } from "#rules/problems";
import { dayMonth, duration } from "../../formats";

/** "0:41", "6:10", "1:06:10"; a dash for nothing waiting */
export function waited(seconds: number | null): string {
  if (seconds === null) return "–";
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), Math.floor(seconds % 60)];
  const two = (n: number) => String(n).padStart(2, "0");
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** "410 ms", "1.9 s"; a dash where nothing is known */
export function took(ms: number | null): string {
  if (ms === null) return "–";
  return ms < 1_000 ? `${Math.round(ms)} ms` : duration(ms);
}

/** "212", "4.2", "0.05"; a dash where nothing is known */
export function rate(perMinute: number | null): string {
  if (perMinute === null) return "–";
  if (perMinute >= 10 || perMinute === 0) return String(Math.round(perMinute));
  return perMinute >= 0.1 ? perMinute.toFixed(1) : perMinute.toFixed(2);
}

/** "412 MB", "1.2 GB" */
export function bytes(n: number): string {
  if (n >= 1e9) return `${(n / 1e9).toFixed(1)} GB`;
  return n >= 1e6 ? `${Math.round(n / 1e6)} MB` : `${Math.round(n / 1e3)} kB`;
}

/** "14:02 UTC"; of another day than `now`'s "28 Nov, 04:00 UTC" */
export function moment(at: string, now: string): string {
  const day = at.slice(0, 10);
  return day === now.slice(0, 10) ? clock(at) : `${dayMonth(day, now)}, ${clock(at)}`;
}
