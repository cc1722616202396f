/**
 * One supervised process. It speaks on the channel: `{ type: "ready" }` when it does its work, and it goes by itself when
 * the channel closes because we died. It lives in a session of its own: a Ctrl-C in the terminal reaches only us, and we
 * stop everything in order.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { startOf, type ProcessId } from "./identity.ts";

const FIRST_DELAY_MS = 500;
/** With the 5 s a process needs to load on a slow machine, still back within 10 s. */
const LONGEST_DELAY_MS = 4_000;
const STEADY_MS = 30_000;
const READY_LIMIT_MS = 60_000;
const HOPELESS = 3;

export type ChildSpec = {
  name: string;
  /** arguments of node */
  args: string[];
  cwd: string;
  /** asked before every start: the database's port may have moved */
  env: () => NodeJS.ProcessEnv;
  /** for programs that do not speak on the channel: resolves when it does its work; may take as long as it likes */
  readyWhen?: (signal: AbortSignal) => Promise<void>;
  onSpawn: () => void;
  /** it died three times in a row before it was ready */
  onHopeless: (problem: string) => void;
  onNotice: (line: string) => void;
};

export type Child = {
  readonly name: string;
  /** resolves when ready for the first time, rejects when stopped or hopeless before */
  readonly ready: Promise<void>;
  id(): ProcessId | undefined;
  restart(limitMs: number): Promise<void>;
  /** Asks it to go, and kills it after `limitMs`. */
  stop(limitMs: number): Promise<void>;
  kill(): void;
};

export function supervise(spec: ChildSpec): Child {
  let current: { process: ChildProcess; id: ProcessId | undefined; gone: Promise<void> } | undefined;
  /** not to come back by itself: while it is being restarted, and for good */
  let stopped = false;
  let retired = false;
  let restarting: Promise<void> | undefined;
  let failures = 0;
  let delay = FIRST_DELAY_MS;
  let again: NodeJS.Timeout | undefined;
  let onReady: () => void = () => undefined;
  let onFailed: (error: Error) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => ((onReady = resolve), (onFailed = reject)));
  // Nobody may be waiting any more when it fails.
  ready.catch(() => undefined);
  launch();
  return { name: spec.name, ready, id: () => current?.id, restart, stop, kill };

  function launch(): void {
    const began = Date.now();
    let isReady = false;
    const process_ = spawn(process.execPath, spec.args, {
      cwd: spec.cwd,
      env: spec.env(),
      detached: true,
      // Its log goes to our stderr: the last line of our stdout stays the address.
      stdio: ["ignore", 2, 2, "ipc"],
    });
    const { pid } = process_;
    const start = pid === undefined ? undefined : startOf(pid);
    const life = new AbortController();
    const late = spec.readyWhen ? undefined : setTimeout(() => signal("SIGKILL"), READY_LIMIT_MS);
    const markReady = () => {
      if (life.signal.aborted) return;
      isReady = true;
      failures = 0;
      clearTimeout(late);
      onReady();
    };
    if (spec.readyWhen) spec.readyWhen(life.signal).then(markReady, () => undefined);
    process_.on("message", (message) => isReadyMessage(message) && markReady());
    const gone = new Promise<void>((resolve) => {
      const end = (why: string) => {
        clearTimeout(late);
        if (life.signal.aborted) return;
        life.abort();
        current = undefined;
        resolve();
        if (!stopped) died(why, isReady, Date.now() - began);
      };
      process_.once("error", (error) => end(error.message));
      process_.once("exit", (code, name) => end(name ?? `code ${code}`));
    });
    current = { process: process_, id: pid && start ? { pid, start } : undefined, gone };
    spec.onSpawn();
  }

  function died(why: string, wasReady: boolean, livedMs: number): void {
    if (!wasReady && ++failures >= HOPELESS) {
      const problem = `${spec.name} died ${HOPELESS} times in a row before it was ready (${why}); its log above says why`;
      onFailed(new Error(problem));
      return spec.onHopeless(problem);
    }
    if (livedMs > STEADY_MS) delay = FIRST_DELAY_MS;
    spec.onNotice(`${spec.name} ended (${why}) and is started again in ${delay / 1000} s`);
    again = setTimeout(launch, delay);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  }

  async function stop(limitMs: number): Promise<void> {
    retired = true;
    onFailed(new Error(`${spec.name} was stopped`));
    await halt(limitMs);
  }

  function restart(limitMs: number): Promise<void> {
    restarting ??= halt(limitMs)
      .then(() => {
        failures = 0;
        stopped = retired;
        if (!retired) launch();
      })
      .finally(() => (restarting = undefined));
    return restarting;
  }

  async function halt(limitMs: number): Promise<void> {
    stopped = true;
    clearTimeout(again);
    if (!current) return;
    const { gone } = current;
    signal("SIGTERM");
    const inTime = new AbortController();
    const late = sleep(limitMs, "late", { signal: inTime.signal }).catch(() => "stopped");
    if ((await Promise.race([gone, late])) === "late") signal("SIGKILL");
    inTime.abort();
    await gone;
  }

  function kill(): void {
    retired = stopped = true;
    onFailed(new Error(`${spec.name} was stopped`));
    clearTimeout(again);
    signal("SIGKILL");
  }

  function signal(name: NodeJS.Signals): void {
    const pid = current?.process.pid;
    if (pid === undefined) return;
    try {
      // A group of its own, and killing means all of it.
      process.kill(name === "SIGKILL" && process.platform !== "win32" ? -pid : pid, name);
    } catch {
      // gone meanwhile
    }
  }
}

function isReadyMessage(message: unknown): boolean {
  return typeof message === "object" && message !== null && "type" in message && message.type === "ready";
}
