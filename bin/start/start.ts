/**
 * The order of a start, and backwards of a stop: lock, leftovers, port; Postgres and migrations beside the build; then
 * simulator, web and worker. What must not happen: two starts on one DATA_DIR, or a process that outlives us unrecorded.
 */
import { join } from "node:path";
import { DataDirError, makeDataDir } from "#db/embedded/index";
import { readEnvOrExit, type Env } from "#server/env";
import { endLeftovers, findRunning } from "./instance.ts";
import { takeLock } from "./lock.ts";
import { readOptions, type Options } from "./options.ts";
import { localUrl, webPort } from "./ports.ts";
import { runProduct, type Product } from "./product.ts";
import { onSignals } from "./signals.ts";

/** Runs until it is stopped; ends the process itself. */
export async function start(args: string[]): Promise<void> {
  const options = readOptions(args);
  const env = readEnvOrExit();
  if (env.ADMIN_PASSWORD) {
    const { whyRefused } = await import("#server/session/password");
    const why = whyRefused(env.ADMIN_PASSWORD, { email: env.ADMIN_EMAIL });
    if (why) refuse(`ADMIN_PASSWORD: ${why}`);
  }
  // A reader of our output that went away is no reason to end.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);

  const port = await claim(env);
  const stopping = new AbortController();
  let product: Product | undefined;
  let exitCode: number | undefined;
  const end = async (code: number) => {
    if (exitCode !== undefined) return;
    exitCode = code;
    stopping.abort();
    await product?.stop();
    port.release();
    process.exit(code);
  };
  // Our own bugs: everything else still goes in order, Postgres last.
  process.on("uncaughtException", (error) => {
    say(error.stack ?? error.message);
    void end(1);
  });
  onSignals({
    // A start that was interrupted did not happen; a server that was asked to stop did what it should.
    first: (name) => void end(product?.isUp() || name !== "SIGINT" ? 0 : 130),
    second: () => {
      void product?.kill().then(() => {
        port.release();
        process.exit(130);
      });
    },
  });
  await run(env, options, port.port, stopping.signal, end, (made) => (product = made));
}

async function run(
  env: Env,
  options: Options,
  port: number,
  signal: AbortSignal,
  end: (code: number) => Promise<void>,
  onMade: (product: Product) => void,
): Promise<void> {
  const product = runProduct({
    env,
    dev: options.dev,
    port,
    signal,
    onHopeless: (problem) => {
      say(problem);
      void end(1);
    },
    onNotice: say,
  });
  onMade(product);
  try {
    await product.up;
    const made = product.administrator();
    if (made)
      process.stdout.write(
        `TheSet: administrator ${made.email}, password ${made.password} (kept in ${join(env.DATA_DIR, "initial-admin-password")})\n`,
      );
    const url = env.APP_URL ?? localUrl(env.HOST, port);
    process.stdout.write(`TheSet: ${url} (upstreams: ${product.upstreams})\n`);
  } catch (error) {
    if (signal.aborted) return;
    say(error instanceof Error ? error.message : String(error));
    await end(error instanceof DataDirError ? 2 : 1);
  }
}

/** DATA_DIR and PORT for us alone, or one line and exit code 2 with nothing started. */
async function claim(env: Env): Promise<{ port: number; release(): void }> {
  try {
    await makeDataDir(env.DATA_DIR, !env.DATABASE_URL);
  } catch (error) {
    if (error instanceof DataDirError) refuse(error.message);
    throw error;
  }
  const taken = await takeLock(join(env.DATA_DIR, "lock"));
  if (!("lock" in taken)) {
    const running = findRunning(env.DATA_DIR);
    const where = running ? `at ${running.url}, process ${running.pid}` : `process ${taken.holder}`;
    refuse(
      `already running on DATA_DIR ${env.DATA_DIR} (${where}): stop that one, or set another DATA_DIR and PORT`,
    );
  }
  await endLeftovers(env.DATA_DIR);
  const found = await webPort(env.PORT, env.HOST);
  if ("problem" in found) {
    taken.lock.release();
    refuse(found.problem);
  }
  return { port: found.port, release: taken.lock.release };
}

function refuse(problem: string): never {
  say(problem);
  process.exit(2);
}

function say(line: string): void {
  process.stderr.write(`TheSet: ${line}\n`);
}
