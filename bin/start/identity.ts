/** A process is its number and the moment it began: numbers alone are used again, in containers within minutes. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export type ProcessId = { pid: number; start: string };

/** When `pid` began, as a token fit for file names; undefined: no such process, or one that is dead and unburied. */
export function startOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") return linuxStart(pid);
    process.kill(pid, 0);
    if (process.platform === "win32") return "unknown";
    return digest(execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }));
  } catch {
    return undefined;
  }
}

function linuxStart(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in brackets may hold blanks and brackets; what follows the last one is well formed.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  return digest(`${readFileSync("/proc/sys/kernel/random/boot_id", "utf8")} ${fields[19]}`);
}

function digest(text: string): string {
  return createHash("sha256").update(text.trim()).digest("hex").slice(0, 16);
}

export function isAlive({ pid, start }: ProcessId): boolean {
  return startOf(pid) === start;
}

/** Who we are. @throws never on the platforms we know */
export function ourselves(): ProcessId {
  return { pid: process.pid, start: startOf(process.pid) ?? "unknown" };
}
