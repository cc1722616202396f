/**
 * What `import` and `doctor` work with: the instance that runs on DATA_DIR, else Postgres and the simulator of their own
 * for as long as they take.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Env, readEnv } from "#server/env";
import { openDatabase } from "./database.ts";
import { findRunning, type Instance } from "./start/instance.ts";
import { isSimulated, simulatorEnv } from "./start/simulator.ts";

export type Running = {
  /** undefined: nothing ran, and what does is this command's own */
  instance: Instance | undefined;
  databaseUrl: string;
  listenUrl: string;
  close(): Promise<void>;
};

/** @throws as openDatabase */
export async function openRunning(env: Env, onNotice: (line: string) => void): Promise<Running> {
  const found = findRunning(env.DATA_DIR);
  const database = await openDatabase(env, onNotice);
  const instance = found?.databaseUrl === database.url ? found : undefined;
  const listenUrl = env.DATABASE_LISTEN_URL ?? database.url;
  return { instance, databaseUrl: database.url, listenUrl, close: database.close };
}

/**
 * The environment with the addresses of the services that are asked: the simulator's where nothing is configured, that
 * of the running instance or one of our own.
 */
export async function openUpstreams(
  env: Env,
  instance: Instance | undefined,
): Promise<{ env: Env; simulated: boolean; close(): Promise<void> }> {
  const none = async () => undefined;
  const simulated = instance ? instance.upstreams === "simulated" : isSimulated(env);
  if (!simulated) return { env, simulated, close: none };
  const own = instance?.simulatorPort === undefined ? await runSimulator() : undefined;
  const port = own?.port ?? instance!.simulatorPort!;
  return {
    env: readEnv({ ...process.env, ...simulatorEnv(port) }),
    simulated,
    close: own ? own.stop : none,
  };
}

/** A process of its own, as under `npm start`: inventing a world takes a second in which nothing else would happen. */
async function runSimulator(): Promise<{ port: number; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ["--import", "tsx", "bin/simulator.ts"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    // Ours to end: a Ctrl-C in the terminal reaches only us. It goes by itself when we are gone.
    detached: true,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const gone = new Promise<never>((_, reject) =>
    child.once("exit", () => reject(new Error("the simulator of the services did not start"))),
  );
  gone.catch(() => undefined);
  const [{ url }] = (await Promise.race([once(child, "message"), gone])) as [{ url: string }];
  return {
    port: Number(new URL(url).port),
    async stop() {
      child.kill("SIGTERM");
      await gone.catch(() => undefined);
    },
  };
}
