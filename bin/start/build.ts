/** The production build: made only when the one that is there would not do. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { takeLock } from "./lock.ts";

/** rules/ too: pages may carry judgement into the browser. */
const sources = [
  "app",
  "public",
  "rules",
  "package-lock.json",
  "remix.config.js",
  "tailwind.config.ts",
  "tsconfig.json",
];

export type BuildMode = "production" | "development";

/** Which build lies there, whole; undefined: none. */
export function buildMode(project: string): BuildMode | undefined {
  try {
    const code = readFileSync(join(project, "build/index.js"), "utf8");
    const mode = /\bmode = "(production|development)"/.exec(code)?.[1];
    const manifest = /"?url"?:\s*"(\/build\/manifest-[^"]+\.js)"/.exec(code)?.[1];
    if (!mode || !manifest || !existsSync(join(project, "public", manifest))) return undefined;
    return mode === "production" ? mode : "development";
  } catch {
    return undefined;
  }
}

/** Why a build is needed, or undefined when the present one is good. */
export function whyBuild(project: string): string | undefined {
  const mode = buildMode(project);
  if (!mode) return "there is none yet";
  if (mode === "development") return "the last one was for development";
  const built = statSync(join(project, "build/index.js")).mtimeMs;
  const newer = sources.find((source) => newest(join(project, source), source === "public") > built);
  return newer && `${newer} has changed`;
}

/** The latest change below a path, of folders too: a deleted file is a change. Output in public/build is none. */
function newest(path: string, isPublic = false): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const names = readdirSync(path).filter((name) => !(isPublic && name === "build"));
  return Math.max(isPublic ? 0 : stat.mtimeMs, ...names.map((name) => newest(join(path, name))));
}

/**
 * Builds when needed (3–8 s), or always when `force`d. Two starts of one clone take turns.
 * @throws when the build fails, with what the compiler said
 */
export async function ensureBuild(
  project: string,
  signal: AbortSignal,
  onNotice: (line: string) => void,
  force = false,
): Promise<void> {
  if (!force && !whyBuild(project)) return;
  const folder = join(project, ".cache", "build-lock");
  let taken = await takeLock(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `the pages need a build (${whyBuild(project)}), and this user may not write to ${project} (${error.code}): run npm run build as its owner`,
    );
  });
  while (!("lock" in taken)) {
    await sleep(200, undefined, { signal });
    taken = await takeLock(folder);
  }
  try {
    const why = force ? "as asked" : whyBuild(project);
    if (!why) return;
    onNotice(`building the pages (${why})`);
    await build(project, signal);
  } finally {
    taken.lock.release();
  }
}

function build(project: string, signal: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "build"], {
    cwd: project,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  // Kept back while all is well: the compiler warns of flags that are off on purpose, and its helper ends noisily.
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, name) => {
      if (code === 0) resolve();
      else reject(new Error(`the build failed (${name ?? `code ${code}`}):\n${said.trim()}`));
    });
  });
}
