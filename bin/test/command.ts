/** Running programs for the tests, in an environment of their own. */
import { spawn } from "node:child_process";
import { envNames } from "#server/env";

/**
 * Our own settings must not leak into tests: a DATABASE_URL or a real key would be used in earnest. Empty counts as unset
 * and, unlike a missing variable, is not filled in from a contributor's `.env`.
 */
export function cleanEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const none = Object.fromEntries(envNames.map((name) => [name, ""]));
  return { ...process.env, ...none, ...extra } as NodeJS.ProcessEnv;
}

/** Runs a command with its output shown. @returns its exit code; 1 when it was killed or could not be started */
export function command(
  program: string,
  args: string[],
  options: { signal: AbortSignal; env?: NodeJS.ProcessEnv },
): Promise<number> {
  const child = spawn(program, args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: options.env ?? cleanEnv(),
    signal: options.signal,
    killSignal: "SIGTERM",
  });
  return new Promise((resolve) => {
    child.once("error", (error) => {
      if (!options.signal.aborted) process.stderr.write(`${program}: ${error.message}\n`);
      if (child.pid === undefined) resolve(1);
    });
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** A program of node_modules by its file: npx and .bin wrappers would not pass signals on. */
export function nodeCommand(
  file: string,
  args: string[],
  options: { signal: AbortSignal; env?: NodeJS.ProcessEnv },
): Promise<number> {
  return command(process.execPath, [`node_modules/${file}`, ...args], options);
}
