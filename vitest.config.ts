import { defineConfig } from "vitest/config";

/** Two projects: `unit` needs nothing but Node; `integration` gets a migrated Postgres from tests/setup.ts. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "rules/**/*.test.ts",
            "bin/**/*.test.ts",
            "app/**/*.test.{ts,tsx}",
            "{server,jobs}/**/*.unit.test.ts",
            "docs/**/*.test.ts",
          ],
          setupFiles: ["tests/console.ts"],
        },
      },
      {
        test: {
          name: "integration",
          include: ["{server,db,jobs,tests}/**/*.test.ts"],
          exclude: ["**/*.unit.test.ts", "tests/e2e/**", "tests/torture/**", "tests/commands/**"],
          globalSetup: ["tests/setup.ts"],
          setupFiles: ["tests/console.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Two cores, and most of these files wait: for the simulator's latency, for a database, for a lock.
          maxWorkers: 4,
        },
      },
      {
        test: {
          // The product by its commands: starts, stops, kills. One file at a time, they own ports and processes.
          name: "commands",
          include: ["tests/commands/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          // Kills, faults and races. Mostly waiting for a heartbeat to be missed, so two files fit beside each other.
          name: "torture",
          include: ["tests/torture/**/*.test.ts"],
          // Minutes each: only `npm run torture` goes them.
          exclude: process.env.TORTURE === "long" ? [] : ["tests/torture/long/**"],
          maxWorkers: 2,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
