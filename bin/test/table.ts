import type { Result } from "./counts.ts";

export type Row = Result & { name: string; seconds: number };

/** Prints a line a step, the failed tests by name, and the two sums. @returns how many failed */
export function printTable(rows: Row[]): number {
  const width = Math.max(...rows.map((row) => row.name.length), 4);
  const line = (name: string, result: string, seconds: string, passed: string, failed: string, note = "") =>
    `${name.padEnd(width)}  ${result.padEnd(7)}  ${seconds.padStart(8)}  ${passed.padStart(7)}  ${failed.padStart(7)}  ${note}`.trimEnd() +
    "\n";
  process.stdout.write(`\n${line("step", "result", "seconds", "passed", "failed")}`);
  for (const { name, seconds, passed, failed, note } of rows) {
    const result = failed > 0 ? "FAILED" : passed > 0 ? "ok" : "–";
    process.stdout.write(line(name, result, seconds.toFixed(1), String(passed), String(failed), note));
  }
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  process.stdout.write(`${line("all", "", sum((row) => row.seconds).toFixed(1), "", "")}\n`);
  const failed = sum((row) => row.failed);
  const failures = rows.flatMap((row) => (row.failures ?? []).map((failure) => `${row.name}: ${failure}`));
  if (failures.length > 0) process.stdout.write(`Failed:\n  ${failures.join("\n  ")}\n\n`);
  process.stdout.write(`${sum((row) => row.passed)} passed, ${failed} failed\n`);
  return failed;
}
