/** Everything between claim and exit: what runs, what comes back when it dies, and in which order it goes. */
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Credentials } from "#server/administrators";
import type { Env } from "#server/env";
import { readOrMakeSecret } from "#server/session/secret";
import { ensureBuild } from "./build.ts";
import { supervise, type Child, type ChildSpec } from "./child.ts";
import { compilerArgs, developmentBuild, watchRooms } from "./dev.ts";
import { ourselves } from "./identity.ts";
import { removeInstance, writeInstance, type Instance } from "./instance.ts";
import { freePort, localUrl } from "./ports.ts";
import { runPostgres, type Postgres } from "./postgres.ts";
import { isSimulated, simulatorEnv } from "./simulator.ts";

/** The whole stop stays within 10 s; processes have 8 s to drain by their own clock. */
const DRAIN_MS = 9_000;
/** An author waits for every restart, and open streams would take it all. */
const DEV_DRAIN_MS = 1_500;
/** A killed start may be within initdb; past this, the next start clears up. */
const GIVE_UP_MS = 3_000;

export type ProductOptions = {
  env: Env;
  dev: boolean;
  port: number;
  /** aborted when the start is to be given up */
  signal: AbortSignal;
  onHopeless(problem: string): void;
  onNotice(line: string): void;
};

export type Product = {
  upstreams: "simulated" | "live";
  /** resolves when all of it works */
  up: Promise<void>;
  isUp(): boolean;
  /** made by this start, with a password to be told; known when it is up */
  administrator(): Credentials | undefined;
  /** in order, within 10 s */
  stop(): Promise<void>;
  /** at once */
  kill(): Promise<void>;
};

const project = fileURLToPath(new URL("../..", import.meta.url));

export function runProduct(options: ProductOptions): Product {
  const { env, dev, port, signal, onNotice, onHopeless } = options;
  const upstreams = isSimulated(env) ? "simulated" : "live";
  const children: Child[] = [];
  const startedAt = new Date().toISOString();
  let postgres: Postgres | undefined;
  let administrator: Credentials | undefined;
  let simulatorPort: number | undefined;
  let isUp = false;
  let stopped = false;
  let unwatch = () => undefined as void;
  // What every child gets, filled while starting.
  const shared: Record<string, string> = {
    NODE_ENV: dev ? "development" : "production",
    DATA_DIR: env.DATA_DIR,
    PORT: String(port),
    HOST: env.HOST,
    UPSTREAMS: upstreams,
  };
  const up = start();
  up.catch(() => undefined);
  return { upstreams, up, isUp: () => isUp, administrator: () => administrator, stop, kill };

  async function start(): Promise<void> {
    const steps = await Promise.allSettled([prepareDatabase(), preparePages(), prepareUpstreams()]);
    const failed = steps.find((step) => step.status === "rejected");
    if (failed) throw failed.reason;
    signal.throwIfAborted();
    const web = run("web", ["--import", "tsx", "server/web.ts"]);
    const worker = run("worker", ["--import", "tsx", "jobs/worker.ts"]);
    await Promise.all([web.ready, worker.ready]);
    if (dev) {
      unwatch = watchRooms(project, (file) => {
        onNotice(`${file} has changed: restarting web and worker`);
        void Promise.all([web.restart(DEV_DRAIN_MS), worker.restart(DEV_DRAIN_MS)]);
      });
    }
    isUp = true;
  }

  async function prepareDatabase(): Promise<void> {
    postgres = await runPostgres(options, () =>
      // Its port moved: those who have the old address need the new one.
      children
        .filter(({ name }) => name === "web" || name === "worker")
        .map((child) => child.restart(DRAIN_MS)),
    );
    shared.SESSION_SECRET = env.SESSION_SECRET ?? (await readOrMakeSecret(env.DATA_DIR));
    signal.throwIfAborted();
    // Loaded here, while the compiler works and not before the first check: it brings the whole query builder and queue.
    const { migrate } = await import("#db/migrate");
    await migrate(postgres.url()).catch((error: NodeJS.ErrnoException) => {
      const source = env.DATABASE_URL ? "the database of DATABASE_URL" : "the database";
      // A host with several addresses fails with an error that has a code and no words.
      throw new Error(`${source} could not be brought up to date: ${error.message || error.code}`);
    });
    const { ensureAdministrator } = await import("./administrator.ts");
    administrator = await ensureAdministrator(env, postgres.url());
  }

  async function preparePages(): Promise<void> {
    if (!dev) return ensureBuild(project, signal, onNotice);
    const compilerPort = await freePort(0, "127.0.0.1");
    shared.REMIX_DEV_ORIGIN = `http://localhost:${compilerPort}`;
    const readyWhen = (gone: AbortSignal) => developmentBuild(project, gone);
    await run("pages", compilerArgs(compilerPort), { readyWhen }).ready;
  }

  async function prepareUpstreams(): Promise<void> {
    if (upstreams === "live") return;
    simulatorPort = await freePort(0, "127.0.0.1");
    Object.assign(shared, simulatorEnv(simulatorPort));
    signal.throwIfAborted();
    await run("simulator", ["--import", "tsx", "bin/simulator.ts", "--port", String(simulatorPort)]).ready;
  }

  function run(name: string, args: string[], extra: Partial<ChildSpec> = {}): Child {
    signal.throwIfAborted();
    const child = supervise({
      name,
      args,
      cwd: project,
      env: () => ({ ...process.env, ...shared, ...postgres?.env() }),
      onSpawn: () => queueMicrotask(record),
      onHopeless: (problem) =>
        dev && isUp ? onNotice(`${problem}; waiting for a change`) : onHopeless(problem),
      onNotice,
      ...extra,
    });
    children.push(child);
    return child;
  }

  function record(): void {
    if (stopped) return;
    try {
      writeInstance(env.DATA_DIR, whatRuns());
    } catch (error) {
      onNotice(
        `instance.json could not be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  function whatRuns(): Instance {
    return {
      ...ourselves(),
      url: localUrl(env.HOST, port),
      databaseUrl: postgres?.url() ?? "",
      embedded: !env.DATABASE_URL,
      ...(simulatorPort === undefined ? {} : { simulatorPort }),
      upstreams,
      startedAt,
      children: children.flatMap((child) => {
        const id = child.id();
        return id ? [{ name: child.name, ...id }] : [];
      }),
    };
  }

  async function stop(): Promise<void> {
    unwatch();
    // A worker that drains may still ask the simulator, so that one goes last.
    const inner = children.filter(({ name }) => !isUp || name !== "simulator");
    await Promise.all(inner.map((child) => child.stop(DRAIN_MS)));
    // A start that is given up may be in the middle of initdb or a migration; both end by themselves.
    await up.catch(() => undefined);
    await Promise.all(children.map((child) => child.stop(500)));
    await postgres?.stop("fast");
    stopped = true;
    removeInstance(env.DATA_DIR);
  }

  async function kill(): Promise<void> {
    for (const child of children) child.kill();
    await Promise.race([up.catch(() => undefined), sleep(GIVE_UP_MS)]);
    await postgres?.stop("immediate");
    stopped = true;
    removeInstance(env.DATA_DIR);
  }
}
