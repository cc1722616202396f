/** Throw-away servers for the tests: one for all steps, and one of the oldest Postgres we promise. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureDatabase, startCluster, type ClusterOptions } from "#db/embedded/index";
import { migrate } from "#db/migrate";
import { aptInstall } from "./chromium.ts";
import { cleanEnv, command } from "./command.ts";
import type { Result } from "./counts.ts";

const oldest = "/usr/lib/postgresql/15";

export type ThrowAway = { url(database: string): string; remove(): Promise<void> };

export async function throwAwayCluster(options: ClusterOptions = {}): Promise<ThrowAway> {
  const dir = await mkdtemp(join(tmpdir(), "theset-test-"));
  const cluster = await startCluster(dir, { fsync: false, ...options });
  await ensureDatabase(cluster, "drift");
  return {
    url: cluster.url,
    async remove() {
      await cluster.stop("immediate");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A server of Debian's Postgres 15, installed in CI when missing; undefined where there is none. */
export async function oldestCluster(signal: AbortSignal): Promise<ThrowAway | undefined> {
  const there = () => existsSync(join(oldest, "bin", "initdb"));
  if (!there() && process.env.CI === "true" && process.getuid?.() === 0) {
    await aptInstall("postgresql-15", signal);
  }
  if (!there()) return undefined;
  return throwAwayCluster({ binaries: { native: oldest, version: "15.0" } });
}

/** Migrates an empty database and compares the types made from it with db/types.ts. */
export async function schemaDrift(cluster: ThrowAway, dir: string, signal: AbortSignal): Promise<Result> {
  const url = cluster.url("drift");
  await migrate(url);
  const { scripts } = JSON.parse(await readFile("package.json", "utf8")) as { scripts: { codegen: string } };
  const out = join(dir, "types.ts");
  // The very script a contributor runs, but for its output; its quotes are a shell's.
  const script = scripts.codegen
    .replace(/^kysely-codegen/, '"$0" node_modules/kysely-codegen/dist/cli/bin.js')
    .replace("--out-file db/types.ts", '--out-file "$1"');
  const env = cleanEnv({ DATABASE_URL: url });
  const code = await command("/bin/sh", ["-c", script, process.execPath, out], { signal, env });
  if (code !== 0) return { passed: 0, failed: 1, note: "codegen failed" };
  if ((await readFile(out, "utf8")) === (await readFile("db/types.ts", "utf8")))
    return { passed: 1, failed: 0 };
  process.stdout.write(
    "db/types.ts is not what the migrations make: migrate a database and run npm run codegen with its DATABASE_URL\n",
  );
  return { passed: 0, failed: 1, note: "db/types.ts differs" };
}
