/** `--dev`: Remix's compiler watches app/, and we restart web and worker when the rest changes. */
import { statSync, watch } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildMode } from "./build.ts";

const rooms = ["server", "db", "jobs", "rules"];
/** Editors write a file in several steps. */
const SETTLE_MS = 200;
/** The compiler does not know our channel: this teaches it to go when we are gone. */
const leaveWithUs = "data:text/javascript,process.once('disconnect',()=>process.exit(0))";

/** Arguments of node for the compiler. It wants to start the web process itself; we do, so it starts a no-op. */
export function compilerArgs(port: number): string[] {
  return [
    "--import",
    leaveWithUs,
    "node_modules/@remix-run/dev/dist/cli.js",
    "dev",
    "--manual",
    "--port",
    String(port),
    "-c",
    "node -e 0",
  ];
}

/** Resolves when a development build made since now lies there, however many tries the author needs. */
export async function developmentBuild(project: string, signal: AbortSignal): Promise<void> {
  const since = Date.now();
  const version = join(project, "build", "version.txt");
  for (;;) {
    const written = statSync(version, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (written >= since && buildMode(project) === "development") return;
    await sleep(100, undefined, { signal });
  }
}

/** Calls `onChange` after source files changed. @returns how to stop watching */
export function watchRooms(project: string, onChange: (file: string) => void): () => void {
  let settle: NodeJS.Timeout | undefined;
  const watchers = rooms.map((room) =>
    watch(join(project, room), { recursive: true }, (_event, name) => {
      if (!name || !/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) return;
      clearTimeout(settle);
      settle = setTimeout(() => onChange(join(room, name)), SETTLE_MS);
    }),
  );
  return () => {
    clearTimeout(settle);
    for (const watcher of watchers) watcher.close();
  };
}
