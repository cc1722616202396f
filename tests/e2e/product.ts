/** Starts the product by its own command on a throw-away DATA_DIR, and stops it as Ctrl-C would. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRunning } from "../../bin/start/instance.ts";

/** first start: cluster, migrations and a build on a loaded machine */
const START_MS = 120_000;
const STOP_MS = 15_000;

export default async function product(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "theset-e2e-"));
  const child = spawn(process.execPath, ["--import", "tsx", "bin/start.ts"], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: "0",
      HOST: "127.0.0.1",
      // All journeys come from one address, and import more than one visitor may.
      LIMITS: "off",
      LOG_LEVEL: "warn",
      CI: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = async () => {
    await ended(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const said = await started(child);
    process.env.THESET_E2E_URL = /^TheSet: (http:\S+)/m.exec(said)?.[1];
    process.env.THESET_E2E_DATABASE = findRunning(dataDir)?.databaseUrl;
    process.env.THESET_E2E_SIMULATOR = /^Simulator: (http:\S+?)\/? /m.exec(said)?.[1];
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function started(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`not up in ${START_MS / 1000} s:\n${said}`)), START_MS);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!/^TheSet: http:\S+ \(upstreams/m.test(said)) return;
      clearTimeout(timer);
      resolve(said);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`the product ended with ${code}:\n${said}`)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill("SIGTERM");
  });
}
