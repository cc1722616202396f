/** Postgres refuses to run as root. Then it runs as the user `postgres`, who must be able to enter its folders. */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

export type ServerUser = { uid: number; gid: number };

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The user `postgres`, made when missing.
 * @throws when there is none and it cannot be made
 */
export function postgresUser(): ServerUser {
  const known = lookUp();
  if (known) return known;
  command("groupadd", ["--system", "--force", "postgres"]);
  const home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"];
  const failure = command("useradd", ["--system", "--gid", "postgres", ...home, "postgres"]);
  const made = lookUp();
  if (made) return made;
  throw new Error(
    `Postgres does not run as root, and its user "postgres" could not be made (${failure}): make that user, start TheSet as an ordinary user, or set DATABASE_URL`,
  );
}

function lookUp(): ServerUser | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, "postgres"], { encoding: "utf8" }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function command(name: string, args: string[]): string {
  const { error, stderr, status } = spawnSync(name, args, { encoding: "utf8" });
  return error?.message ?? (stderr.trim() || `${name} ended with ${status}`);
}

/**
 * The first folder on the way to `path` that `user` cannot enter, or `path` itself when it cannot be read; undefined
 * when all is open. Asked of the system, as that user: mode bits alone do not know about access lists.
 */
export function firstClosed(path: string, user: ServerUser): string | undefined {
  const folders: string[] = [];
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) folders.unshift(folder);
  const script =
    'for p in "$@"; do if test -d "$p"; then test -x "$p"; else test -r "$p"; fi || { printf %s "$p"; exit; }; done';
  const { stdout, error } = spawnSync("/bin/sh", ["-c", script, "sh", ...folders], {
    ...user,
    cwd: "/",
    encoding: "utf8",
  });
  if (error) throw error;
  return stdout === "" ? undefined : stdout;
}
