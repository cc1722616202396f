import { existsSync } from "node:fs";
import { chromium, defineConfig } from "playwright/test";

/** The browser by the name given, Playwright's own, or the system's. */
const executablePath = [
  process.env.PLAYWRIGHT_CHROMIUM_PATH,
  chromium.executablePath(),
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
].find((path) => path && existsSync(path));

/** One product for all, started by tests/e2e/product.ts; each project imports artists of its own. */
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/e2e/product.ts",
  workers: 2,
  // Generous: two busy cores run browsers, three Node processes and Postgres.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env.CI,
  reporter: "list",
  use: {
    // Set by the global setup, before any test's process begins.
    baseURL: process.env.THESET_E2E_URL,
    // Without snapshots of the page: axe on a long page would record for half a minute.
    trace: { mode: "retain-on-failure", snapshots: false },
    screenshot: "only-on-failure",
    locale: "en-GB",
    launchOptions: {
      executablePath,
      args: [
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
  projects: [
    { name: "desktop", testIgnore: /faults/, use: { viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      testMatch: /(admin|colours|import|pages|vote)\.spec/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    {
      name: "no-js",
      testMatch: /(account|admin|colours|import|vote)\.spec/,
      use: { viewport: { width: 1440, height: 900 }, javaScriptEnabled: false },
    },
    {
      // A service that fails is left alone for minutes, which nobody else would like.
      name: "faults",
      testMatch: /faults\.spec/,
      dependencies: ["desktop", "phone", "no-js"],
      use: { viewport: { width: 1440, height: 900 } },
    },
  ],
});
