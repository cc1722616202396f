/** A Chromium for the end-to-end tests: the one named, Playwright's own, the system's, or one installed now. */
import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { command } from "./command.ts";

/** The shell first: without a window's machinery the tests take half the time. */
const systemPaths = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** @returns its path, or a sentence on what to do */
export async function findChromium(signal: AbortSignal): Promise<{ path: string } | { problem: string }> {
  const named = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  if (named)
    return existsSync(named) ? { path: named } : { problem: `PLAYWRIGHT_CHROMIUM_PATH: no ${named}` };
  const found = present();
  if (found) return { path: found };
  process.stdout.write("no Chromium found: installing one\n");
  await install(signal);
  const installed = present();
  if (installed) return { path: installed };
  return {
    problem:
      "no Chromium found and none could be installed: run `npx playwright install chromium`, install your system's chromium, or set PLAYWRIGHT_CHROMIUM_PATH",
  };
}

function present(): string | undefined {
  return [chromium.executablePath(), ...systemPaths].find((path) => path && existsSync(path));
}

async function install(signal: AbortSignal): Promise<void> {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    for (const name of ["chromium-headless-shell", "chromium"]) {
      await aptInstall(name, signal);
      if (present()) return;
    }
  }
  await command(process.execPath, ["node_modules/playwright/cli.js", "install", "chromium"], { signal });
}

/** Debian's package, as root. @returns whether it is there now */
export async function aptInstall(name: string, signal: AbortSignal): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await command("apt-get", ["-q", "update"], { signal, env });
  const args = ["-qq", "-y", "--no-install-recommends", "install", name];
  return (await command("apt-get", args, { signal, env })) === 0;
}
