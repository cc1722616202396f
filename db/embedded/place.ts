/**
 * Where the cluster lives and who runs it. Usually that is DATA_DIR and we ourselves; root is the case with turns:
 * the user `postgres` cannot enter a clone in root's home, so binaries and cluster move to /var/lib/theset then.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { access, chmod, chown, constants, mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { copyBinaries, findBinaries, program, type Binaries } from "./binaries.ts";
import { firstClosed, isRoot, postgresUser, type ServerUser } from "./server-user.ts";

export type Place = {
  binaries: Binaries;
  /** holds the cluster's folder, its password and its port */
  home: string;
  cluster: string;
  /** undefined: the user we run as */
  user: ServerUser | undefined;
};

/** A DATA_DIR that cannot serve: the message names the folder and the way out. Commands end with 2. */
export class DataDirError extends Error {}

const project = fileURLToPath(new URL("../..", import.meta.url));
const defaultDataDir = join(project, ".data");

/**
 * Makes DATA_DIR, closed to others (0700; as root, user postgres may pass through it: 0710).
 * @param forCluster whether the embedded Postgres will live in it
 * @returns the folder on the way to it that Postgres' user cannot enter, where the cluster may live elsewhere
 * @throws DataDirError when it cannot be made or written to
 */
export async function makeDataDir(dataDir: string, forCluster: boolean): Promise<string | undefined> {
  try {
    await mkdir(dirname(dataDir), { recursive: true });
    await mkdir(dataDir, { mode: 0o700 }).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST" || !(await stat(dataDir)).isDirectory()) throw error;
    });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DataDirError(`DATA_DIR ${dataDir} cannot be used (${code}): choose a folder you may write to`);
  }
  if (!forCluster || !isRoot()) return undefined;
  return passThrough(dataDir, await ownerOf(join(dataDir, "postgres")));
}

/** A folder of its own under /var/lib/theset, by the path it stands in for. */
function apartFrom(path: string): string {
  return join("/var/lib/theset", createHash("sha256").update(path).digest("hex").slice(0, 12));
}

/** @throws as makeDataDir */
export async function choosePlace(
  dataDir: string,
  onNotice: (line: string) => void,
  other?: Binaries,
): Promise<Place> {
  const closedData = await makeDataDir(dataDir, true);
  const binaries = other ?? (await findBinaries());
  const here = join(dataDir, "postgres");
  if (!isRoot()) return { binaries, home: dataDir, cluster: here, user: undefined };

  const user = await ownerOf(here);
  // The clone's own data goes by the clone's path; a chosen DATA_DIR by its own, so that two of them stay two.
  const apart = apartFrom(dataDir === defaultDataDir ? project : dataDir);
  const closedBinaries = firstClosed(program(binaries, "postgres"), user) ?? closedLibrary(binaries, user);
  const moved = closedData ?? (dataDir === defaultDataDir ? closedBinaries : undefined);
  if (moved) {
    await mkdir(apart, { recursive: true, mode: 0o755 });
    onNotice(
      `Postgres' user "postgres" cannot enter ${moved}, so binaries and data live in ${apart} (a DATA_DIR it can enter moves the data)`,
    );
  }
  const home = moved ? apart : dataDir;
  return {
    binaries: closedBinaries ? await copyBinaries(binaries, apartFrom(project)) : binaries,
    home,
    cluster: join(home, "postgres"),
    user: moved ? await ownerOf(join(home, "postgres")) : user,
  };
}

/** A cluster that an ordinary user made stays that user's, also when root starts it once. */
async function ownerOf(cluster: string): Promise<ServerUser> {
  if (existsSync(cluster)) {
    const { uid, gid } = await stat(cluster);
    if (uid !== 0) return { uid, gid };
  }
  return postgresUser();
}

/** What the server reads besides its program: under a strict umask npm makes files for their owner only. */
function closedLibrary(binaries: Binaries, user: ServerUser): string | undefined {
  const library = join(binaries.native, "lib", "postgresql", "plpgsql.so");
  return existsSync(library) ? firstClosed(library, user) : undefined;
}

/** A DATA_DIR of root's own that is closed to all others gets its one door: the server's group may pass, not look. */
async function passThrough(dataDir: string, user: ServerUser): Promise<string | undefined> {
  const { uid, mode } = await stat(dataDir);
  if (uid === 0 && (mode & 0o077) === 0) {
    await chown(dataDir, 0, user.gid);
    await chmod(dataDir, (mode & 0o700) | 0o010);
  }
  return firstClosed(dataDir, user);
}
