/** The figures for people: goal, reached, spread; a missed goal is said, and fails nothing. */
import type { Figure } from "./frame.ts";

export function tableOf(figures: Figure[]): string {
  const rows = [
    ["what", "goal", "reached", "spread", ""],
    ...figures.map(({ name, goal, reached, spread, met, note }) => [
      name,
      goal,
      reached,
      spread,
      [met === undefined ? "" : met ? "reached" : "MISSED", note ?? ""].filter(Boolean).join(", "),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
