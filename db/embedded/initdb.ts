/** Makes a cluster: whole or not at all, so that a start killed in the middle leaves nothing that looks like one. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { appendFile, chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { program } from "./binaries.ts";
import type { Place } from "./place.ts";

export const SUPERUSER = "theset";
export const SETTINGS_FILE = "theset.conf";
/** What Postgres and its tools see of our environment: nothing, so that no PG… variable or locale leads them astray. */
export const serverEnv: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
};

/**
 * The cluster's folder, made when missing (2–3 s).
 * @returns the superuser's password
 * @throws with initdb's own words
 */
export async function ensureCluster(place: Place, fsync: boolean): Promise<string> {
  if (existsSync(join(place.cluster, "PG_VERSION"))) {
    await checkVersion(place);
    return readPassword(place);
  }
  await removeHalfMade(place);
  const password = randomBytes(24).toString("hex");
  await writeFile(passwordFile(place), password, { mode: 0o600 });
  const unfinished = `${place.cluster}-new-${process.pid}`;
  const handover = `${unfinished}.password`;
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(handover, password, { mode: 0o600 });
  if (place.user) {
    await chown(unfinished, place.user.uid, place.user.gid);
    await chown(handover, place.user.uid, place.user.gid);
  }
  await initdb(place, unfinished, handover, fsync);
  await rm(handover);
  await appendFile(join(unfinished, "postgresql.conf"), `\ninclude '${SETTINGS_FILE}'\n`);
  await rename(unfinished, place.cluster);
  return password;
}

function initdb(place: Place, folder: string, passwordFile: string, fsync: boolean): Promise<void> {
  const args = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    ...(major(place) >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : []),
    "--no-instructions",
    ...(fsync ? [] : ["--no-sync"]),
  ];
  const child = spawn(program(place.binaries, "initdb"), args, {
    ...place.user,
    cwd: "/",
    env: serverEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`initdb could not make a cluster (${signal ?? `code ${code}`}): ${lastLines(said)}`),
        );
    });
  });
}

/** The last lines of a log in one, for a message. */
export function lastLines(log: string): string {
  return log.trim().split("\n").slice(-4).join(" / ");
}

async function removeHalfMade(place: Place): Promise<void> {
  // Without PG_VERSION there is no cluster: Postgres itself refuses such a folder, and no data can be in it.
  await rm(place.cluster, { recursive: true, force: true });
  for (const name of await readdir(place.home)) {
    if (name.startsWith("postgres-new-")) await rm(join(place.home, name), { recursive: true, force: true });
  }
}

async function checkVersion(place: Place): Promise<void> {
  const made = (await readFile(join(place.cluster, "PG_VERSION"), "utf8")).trim();
  const ours = major(place);
  if (Number(made) === ours) return;
  throw new Error(
    `the cluster in ${place.cluster} was made by Postgres ${made}, and this version of TheSet brings ${ours}: back up with the version before, then restore with this one into an empty DATA_DIR (docs/operations.md, Another Postgres)`,
  );
}

function major(place: Place): number {
  return Number.parseInt(place.binaries.version, 10);
}

function passwordFile(place: Place): string {
  return join(place.home, "postgres-password");
}

async function readPassword(place: Place): Promise<string> {
  try {
    return (await readFile(passwordFile(place), "utf8")).trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `the database's password cannot be read from ${passwordFile(place)} (${code}): start TheSet as the user who made it, or put the file back`,
    );
  }
}
