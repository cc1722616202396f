/** DATA_DIR/instance.json: what runs here, for other commands and for the start after a crash. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, type ProcessId } from "./identity.ts";

export type Instance = ProcessId & {
  /** where the web process listens */
  url: string;
  databaseUrl: string;
  /** Postgres is its own, in DATA_DIR */
  embedded: boolean;
  /** where the simulator listens, if it runs */
  simulatorPort?: number;
  upstreams: "simulated" | "live";
  startedAt: string;
  children: (ProcessId & { name: string })[];
};

/** Children of a killed starter see its channel close and go; these are the ones that did not manage within this time. */
const LEAVE_MS = 3_000;

export function readInstance(dataDir: string): Instance | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), "utf8")) as Instance;
  } catch {
    return undefined;
  }
}

/** The instance that runs on this DATA_DIR now; undefined: none does. */
export function findRunning(dataDir: string): Instance | undefined {
  const instance = readInstance(dataDir);
  return instance && isAlive(instance) ? instance : undefined;
}

export function writeInstance(dataDir: string, instance: Instance): void {
  const unfinished = `${fileIn(dataDir)}.new`;
  writeFileSync(unfinished, `${JSON.stringify(instance, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, fileIn(dataDir));
}

export function removeInstance(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** Ends what a killed start left behind: asked first, killed after 3 s. Call only while holding the lock. */
export async function endLeftovers(dataDir: string): Promise<void> {
  const left = readInstance(dataDir)?.children.filter(isAlive) ?? [];
  for (const { pid } of left) kill(pid, "SIGTERM");
  const deadline = Date.now() + LEAVE_MS;
  while (left.some(isAlive) && Date.now() < deadline) await sleep(20);
  for (const child of left) if (isAlive(child)) kill(child.pid, "SIGKILL");
  while (left.some(isAlive)) await sleep(20);
  removeInstance(dataDir);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // gone meanwhile
  }
}

function fileIn(dataDir: string): string {
  return join(dataDir, "instance.json");
}
