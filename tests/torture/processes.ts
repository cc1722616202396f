/** Our processes as their commands start them, and the signals. Ends by number only what it started. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { cleanEnv } from "../../bin/test/command.ts";
import { until } from "./until.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
/** node, tsx and the whole program on a machine that has other things to do */
const START_MS = 240_000;

export type Running = {
  kind: "web" | "worker";
  /** where web listens */
  url: string;
  /** exit code, or the signal that ended it */
  ended: Promise<number | string>;
  isRunning(): boolean;
  /** resident memory now, in bytes */
  memory(): number;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL, and it is gone when this resolves */
  kill(): Promise<void>;
  /** Waits for words in its log. */
  said(words: RegExp, limitMs: number): Promise<unknown>;
  log(): string;
};

const started = new Set<ChildProcess>();

/** Starts a process and waits until it says that it is ready. */
export async function startProcess(kind: "web" | "worker", env: Record<string, string>): Promise<Running> {
  const entry = kind === "web" ? "server/web.ts" : "jobs/worker.ts";
  const child = spawn(process.execPath, ["--import", "tsx", entry], {
    cwd: project,
    env: cleanEnv({ ...env, NODE_ENV: "production" }),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  started.add(child);
  let log = "";
  child.stdout?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => {
      started.delete(child);
      resolve(code ?? signal ?? "unknown");
    });
  });
  const isRunning = () => started.has(child);
  const signal = (name: NodeJS.Signals) => void (isRunning() && child.kill(name));
  const url = await ready(child, ended, () => log);
  return {
    kind,
    url,
    ended,
    isRunning,
    memory: () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)]).toString()) * 1024,
    signal,
    async kill() {
      signal("SIGKILL");
      await ended;
    },
    said: (words, limitMs) =>
      until(`${kind} says ${words}`, limitMs, () => words.test(log)).catch((error: unknown) => {
        throw new Error(`${String(error)}; it says:\n${log.slice(-3000)}`);
      }),
    log: () => log,
  };
}

/** Ends what is still running, stopped ones too: SIGKILL needs nobody's consent. */
export async function endProcesses(): Promise<void> {
  const gone = [...started].map((child) => {
    const exit = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    return exit;
  });
  await Promise.all(gone);
}

function ready(child: ChildProcess, ended: Promise<number | string>, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`not ready: ${why}\n${log()}`));
    const timer = setTimeout(() => fail(`${START_MS / 1000} s have passed`), START_MS);
    void ended.then((how) => fail(`ended with ${how}`));
    child.on("message", (message: { type?: string; url?: string }) => {
      if (message.type !== "ready") return;
      clearTimeout(timer);
      resolve(message.url ?? "");
    });
  });
}
