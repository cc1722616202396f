import { spawn } from "node:child_process";

/** Our own settings must not leak into tests: a DATABASE_URL or a real key in the shell would be used in earnest. */
const ours =
  /^(DATABASE_|TICKETMASTER_|SPOTIFY_|SETLISTFM_|MUSICBRAINZ_|ADMIN_)|^(DATA_DIR|PORT|HOST|APP_URL|NODE_ENV|UPSTREAMS)$/;

export function cleanEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), ...extra } as NodeJS.ProcessEnv;
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
