/** Callers who vote one vote after the other, and what it took. */
import { readdirSync, readFileSync } from "node:fs";
import { spreadOf } from "../frame.ts";

export type Load = {
  perSecond: number;
  /** from asking to being answered */
  p50: number;
  p99: number;
  /** processor time a vote, in µs: of this process, and of all of Postgres */
  cpuUs: number;
  postgresCpuUs: number;
};

/** @param vote casts the vote with this number */
export async function load(
  { callers, count, first, postgres }: { callers: number; count: number; first: number; postgres: number },
  vote: (n: number) => Promise<unknown>,
): Promise<Load> {
  const waits: number[] = [];
  let next = first;
  const before = { ...process.cpuUsage(), postgres: processorMs(postgres) };
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < first + count) {
        const n = next++;
        const asked = performance.now();
        await vote(n);
        waits.push(performance.now() - asked);
      }
    }),
  );
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  waits.sort((one, other) => one - other);
  return {
    perSecond: (count / ms) * 1000,
    p50: waits[Math.floor(count * 0.5)] ?? NaN,
    p99: waits[Math.floor(count * 0.99)] ?? NaN,
    cpuUs: (user + system) / count,
    postgresCpuUs: ((processorMs(postgres) - before.postgres) * 1000) / count,
  };
}

/** In ticks of 10 ms. */
const TICK_MS = 10;

/** Processor time so far of a server and its children, those that have ended too, in ms; NaN where /proc is not Linux'. */
export function processorMs(pid: number): number {
  try {
    const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    const stats = all.flatMap((name) => {
      try {
        const [, rest = ""] = readFileSync(`/proc/${name}/stat`, "utf8").split(/\) (?=\S )/);
        return [{ pid: Number(name), fields: rest.split(" ").map(Number) }];
      } catch {
        return [];
      }
    });
    // proc(5), counted from the state: parent 1, utime 11, stime 12, and of children waited for 13 and 14.
    const ticks = stats.map((stat) => {
      const [utime = 0, stime = 0, cutime = 0, cstime = 0] = stat.fields.slice(11, 15);
      if (stat.pid === pid) return utime + stime + cutime + cstime;
      return stat.fields[1] === pid ? utime + stime : 0;
    });
    return ticks.reduce((sum, value) => sum + value, 0) * TICK_MS;
  } catch {
    return NaN;
  }
}

export function said({ perSecond, p50, p99, cpuUs, postgresCpuUs }: Load): string {
  return `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} ms, CPU ${cpuUs.toFixed(0)} + ${postgresCpuUs.toFixed(0)} µs`;
}

export const medianOf = (loads: Load[], of: keyof Load) => spreadOf(loads.map((one) => one[of])).median;
