/** What the JSON reports of vitest and Playwright say, as two numbers. */
import { readFileSync } from "node:fs";
import { z } from "zod";

export type Result = {
  passed: number;
  failed: number;
  note?: string;
  /** each failed test as `file › name`, said again at the end, where a log cut short still has them */
  failures?: string[];
};

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

type Suite = { specs?: { ok: boolean; file: string; title: string }[]; suites?: Suite[] };
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    specs: z.array(z.object({ ok: z.boolean(), file: z.string(), title: z.string() })).optional(),
    suites: z.array(suite).optional(),
  }),
);

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()).default([]),
  suites: z.array(suite).default([]),
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
      failures: report.testResults.flatMap(({ name, status, assertionResults }) =>
        status === "failed" && assertionResults.length === 0
          ? [`${name} › could not be loaded`]
          : assertionResults
              .filter((test) => test.status === "failed")
              .map((test) => `${name} › ${test.fullName}`),
      ),
    };
  });
}

export function countPlaywright(file: string, exitCode: number): Result {
  return count(exitCode, () => {
    const { stats, errors, suites } = playwrightReport.parse(JSON.parse(readFileSync(file, "utf8")));
    return {
      passed: stats.expected,
      // Passing at the second try is not passing.
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
      failures: suites.flatMap(failedSpecs),
    };
  });
}

function failedSpecs({ specs = [], suites = [] }: Suite): string[] {
  const own = specs.filter((spec) => !spec.ok).map(({ file, title }) => `${file} › ${title}`);
  return [...own, ...suites.flatMap(failedSpecs)];
}

type Count = { passed: number; failed: number; skipped: number; failures: string[] };

function count(exitCode: number, read: () => Count): Result {
  try {
    const { passed, failed, skipped, failures } = read();
    const note = skipped > 0 ? `${skipped} skipped` : undefined;
    // Something went wrong outside of any test: an error nobody awaited, a time-out at the end.
    return {
      passed,
      failed: exitCode === 0 ? failed : Math.max(failed, 1),
      failures,
      ...(note ? { note } : {}),
    };
  } catch {
    return { passed: 0, failed: 1, note: `no report (exit code ${exitCode})` };
  }
}
