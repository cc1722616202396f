/** Starts the product as a person would, by its command, and ends by number only what it started. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { isAlive, startOf, type ProcessId } from "../../bin/start/identity.ts";
import { findRunning, type Instance } from "../../bin/start/instance.ts";
import { cleanEnv } from "../../bin/test/command.ts";

export const project = fileURLToPath(new URL("../..", import.meta.url));

export type StartOptions = {
  dataDir: string;
  /** another clone than this one */
  clone?: string;
  env?: Record<string, string>;
  user?: { uid: number; gid: number };
  args?: string[];
  /** by `npm start`, in a process group of its own as in a terminal */
  npm?: boolean;
};

export type Started = {
  process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** exit code, or the signal that ended it */
  ended: Promise<number | string>;
  /** resolves with the address when it is up */
  up(): Promise<string>;
  instance(): Instance;
  /** the starter, its children and the postmaster */
  processes(): ProcessId[];
};

export function startProduct(options: StartOptions): Started {
  const { dataDir, clone = project, args = [] } = options;
  const [program, first] = options.npm
    ? ["npm", ["start", "--"]]
    : [process.execPath, ["--import", "tsx", "bin/start.ts"]];
  const child = spawn(program, [...first, ...args], {
    cwd: clone,
    env: cleanEnv({ DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "warn", ...options.env }),
    // The channel ends a product whose test run was killed; npm does not pass it on.
    stdio: ["ignore", "pipe", "pipe", ...(options.npm ? [] : (["ipc"] as const))],
    detached: true,
    ...options.user,
  });
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
  const instance = () => {
    const found = findRunning(dataDir);
    if (!found) throw new Error(`nothing runs on ${dataDir}: ${err}`);
    return found;
  };
  return {
    process: child,
    stdout: () => out,
    stderr: () => err,
    ended,
    instance,
    up: async () => {
      let over: number | string | undefined;
      void ended.then((how) => (over = how));
      for (;;) {
        const address = /^TheSet: (http\S+) \(upstreams: \w+\)\n$/m.exec(out)?.[1];
        if (address) return address;
        if (over !== undefined) throw new Error(`the start ended (${over}):\n${out}\n${err}`);
        await sleep(20);
      }
    },
    processes: () => {
      const running = instance();
      return [running, ...running.children, postmasterOf(dataDir)];
    },
  };
}

export function postmasterOf(dataDir: string): ProcessId {
  const pid = Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  return { pid, start: startOf(pid) ?? "dead" };
}

export function kill9({ pid }: ProcessId): void {
  process.kill(pid, "SIGKILL");
}

export async function allGone(processes: ProcessId[], limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (processes.some(isAlive) && Date.now() < deadline) await sleep(20);
  return !processes.some(isAlive);
}

/** One statement on the product's own database. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

/** Waits until the address answers 200. @returns how long that took, in ms */
export async function answers(url: string, limitMs: number): Promise<number> {
  const began = Date.now();
  for (;;) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return Date.now() - began;
    if (Date.now() - began > limitMs) throw new Error(`${url} did not answer within ${limitMs} ms`);
    await sleep(50);
  }
}
