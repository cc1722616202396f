/** How spans, times and numbers are said. */

/** "41 s", "6 min 10 s", "3 h 5 min" */
export function span(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 172_800) return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} days`;
}

/** "14:02 UTC" */
export const clock = (at: Date | string): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;

export const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
export const many = (n: number, one: string) => `${grouped(n)} ${n === 1 ? one : `${one}s`}`;
