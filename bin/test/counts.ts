/** What the JSON reports of vitest and Playwright say, as two numbers. */
import { readFileSync } from "node:fs";
import { z } from "zod";

export type Result = { passed: number; failed: number; note?: string };

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()).default([]),
});

/** A check without tests of its own counts as one. */
export function countCheck(exitCode: number): Result {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

export function countVitest(file: string, exitCode: number): Result {
  return count(exitCode, () => {
    const report = vitestReport.parse(JSON.parse(readFileSync(file, "utf8")));
    // A file that could not be loaded has no tests to fail.
    const broken = report.testResults.filter((f) => f.status === "failed" && f.assertionResults.length === 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests,
    };
  });
}

export function countPlaywright(file: string, exitCode: number): Result {
  return count(exitCode, () => {
    const { stats, errors } = playwrightReport.parse(JSON.parse(readFileSync(file, "utf8")));
    return {
      passed: stats.expected,
      // Passing at the second try is not passing.
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    };
  });
}

function count(exitCode: number, read: () => { passed: number; failed: number; skipped: number }): Result {
  try {
    const { passed, failed, skipped } = read();
    const note = skipped > 0 ? `${skipped} skipped` : undefined;
    // Something went wrong outside of any test: an error nobody awaited, a time-out at the end.
    return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1), ...(note ? { note } : {}) };
  } catch {
    return { passed: 0, failed: 1, note: `no report (exit code ${exitCode})` };
  }
}
