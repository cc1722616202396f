/**
 * Which process serves a cluster, if any. postmaster.pid alone does not tell: after a crash its number may belong to
 * somebody else, which Postgres itself takes for a running server.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

export type Postmaster = { pid: number; port: number; status: string };

/** The server of this cluster, alive; undefined: there is none. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const lines = readLines(cluster);
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 0 || !isPostgres(pid)) return undefined;
  if (!worksIn(pid, cluster)) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? "starting" };
}

function readLines(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
}

/** Servers work in their cluster's folder. Where that cannot be asked, the name has to do. */
function worksIn(pid: number, cluster: string): boolean {
  if (process.platform !== "linux") return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch {
    return true;
  }
}

/** True while `pid` is a living postgres. A zombie is none: some containers never collect orphans. */
export function isPostgres(pid: number): boolean {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const state = stat.charAt(stat.lastIndexOf(")") + 2);
      return stat.includes("(postgres)") && state !== "Z" && state !== "X";
    }
    if (process.platform === "win32") return process.kill(pid, 0);
    const name = execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" });
    return basename(name.trim()) === "postgres";
  } catch {
    return false;
  }
}

/**
 * Makes a left-over pid file harmless: its number becomes one no process can have. Removing the file would also remove
 * the shared memory key by which Postgres sees that old backends still live.
 */
export function disarmPidFile(cluster: string): void {
  const lines = readLines(cluster);
  if (!lines?.[0]) return;
  lines[0] = "2147483646";
  writeFileSync(join(cluster, "postmaster.pid"), lines.join("\n"));
}
