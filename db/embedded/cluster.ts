/** Starts, watches and stops the server of one cluster. Its process outlives ours when we are killed: see `adopt`. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { chown, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { program } from "./binaries.ts";
import { lastLines, serverEnv, SETTINGS_FILE } from "./initdb.ts";
import type { Place } from "./place.ts";
import { disarmPidFile, findPostmaster, isPostgres, type Postmaster } from "./postmaster.ts";

/** Recovery after a crash reads the whole log since the last checkpoint; a minute is much, five are a broken disk. */
const START_LIMIT_MS = 300_000;
const LOG_LIMIT_BYTES = 10_000_000;
const HOST = "127.0.0.1";

export type Running = Postmaster & { adopted: boolean };

/**
 * A server of this cluster that takes connections: the one already running (left by a killed start), else a new one on
 * the port used before, or on another when somebody took that.
 * @throws with the end of the server's log
 */
export async function run(place: Place, fsync: boolean, onNotice: (line: string) => void): Promise<Running> {
  const left = await adopt(place);
  if (left) return { ...left, adopted: true };
  let problem = "";
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = await choosePort(place, onNotice);
    await writeSettings(place, port, fsync);
    disarmPidFile(place.cluster);
    const started = await launch(place, onNotice);
    if (started.running) {
      await writeFile(portFile(place), String(port), { mode: 0o600 });
      return { ...started.running, adopted: false };
    }
    problem = started.log;
    // Both pass: somebody was faster on that port, or backends of a killed server need a moment to go.
    if (!/could not bind|could not create any TCP|shared memory block|still in use/.test(problem)) break;
    await sleep(500);
  }
  throw new Error(`Postgres did not start: ${lastLines(problem)} (whole log: ${logFile(place)})`);
}

async function adopt(place: Place): Promise<Postmaster | undefined> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline) {
    const found = findPostmaster(place.cluster);
    if (!found || found.status === "ready") return found;
    await sleep(50);
  }
  return undefined;
}

async function launch(
  place: Place,
  onNotice: (line: string) => void,
): Promise<{ running?: Postmaster; log: string }> {
  const from = rotateLog(place);
  const log = openSync(logFile(place), "a", 0o600);
  const began = Date.now();
  // Its own session: a Ctrl-C in the terminal must not reach it before the worker has drained.
  const child = spawn(program(place.binaries, "postgres"), ["-D", place.cluster], {
    ...place.user,
    cwd: "/",
    env: serverEnv,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (code, signal) => (ended = `ended with ${signal ?? code}`));
  let told = false;
  while (ended === undefined && Date.now() - began < START_LIMIT_MS) {
    const found = findPostmaster(place.cluster);
    if (found?.pid === child.pid && found?.status === "ready") return { running: found, log: "" };
    if (!told && Date.now() - began > 5_000) {
      told = true;
      onNotice("Postgres is recovering after a crash; this takes as long as it takes");
    }
    await sleep(25);
  }
  if (ended === undefined && child.pid) await endServer(child.pid, "immediate");
  return { log: `${readFileSync(logFile(place), "utf8").slice(from)}\n${ended ?? "took too long"}` };
}

/**
 * Ends a server. "fast" rolls open transactions back and writes everything out; "immediate" leaves that to the recovery
 * of the next start. Either way nothing committed is lost.
 */
export async function endServer(pid: number, mode: "fast" | "immediate", limitMs = 30_000): Promise<void> {
  signal(pid, mode === "fast" ? "SIGINT" : "SIGQUIT");
  const deadline = Date.now() + limitMs;
  while (isPostgres(pid) && Date.now() < deadline) await sleep(20);
  if (!isPostgres(pid)) return;
  if (mode === "fast") return endServer(pid, "immediate", 5_000);
  signal(pid, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone meanwhile: that is what we want
  }
}

async function choosePort(place: Place, onNotice: (line: string) => void): Promise<number> {
  const kept = Number(await readFile(portFile(place), "utf8").catch(() => ""));
  if (!kept) return freePort();
  if (await isFree(kept)) return kept;
  const other = await freePort();
  onNotice(`port ${kept} is taken by another program, so Postgres listens on ${other}`);
  return other;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** A file and not arguments: it can be read by people, and blanks in paths mean nothing to it. */
async function writeSettings(place: Place, port: number, fsync: boolean): Promise<void> {
  const settings = [
    "# Written at every start of TheSet. Your own settings belong into postgresql.conf, below the include.",
    `listen_addresses = '${HOST}'`,
    `port = ${port}`,
    "unix_socket_directories = ''",
    "max_connections = 200",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "log_checkpoints = off",
    "log_line_prefix = '%m [%p] %a '",
    ...(fsync ? [] : ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]),
  ];
  const path = join(place.cluster, SETTINGS_FILE);
  await writeFile(path, `${settings.join("\n")}\n`, { mode: 0o600 });
  if (place.user) await chown(path, place.user.uid, place.user.gid);
}

function rotateLog(place: Place): number {
  try {
    const { size } = statSync(logFile(place));
    if (size <= LOG_LIMIT_BYTES) return size;
    truncateSync(logFile(place));
  } catch {
    // no log yet
  }
  return 0;
}

function portFile(place: Place): string {
  return join(place.home, "postgres-port");
}

function logFile(place: Place): string {
  return join(place.home, "postgres.log");
}
