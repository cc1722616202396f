/** An import as it happens, on stdout: one line that is written over, or a line for every change. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Db } from "#db/index";
import { findImport, type FinalStage, type ImportStatus, isFinal } from "#db/queries/imports";
import { visible } from "#rules/visible";
import { bar, canRedraw, painter } from "../terminal.ts";

/** The row is the truth; often enough for a bar that moves. */
const LOOK_MS = 250;
const CLEAR_LINE = "\r\u001b[K";

export const exitCodes: Record<FinalStage, number> = { completed: 0, partial: 3, failed: 1, cancelled: 1 };

/** @returns how it ended; undefined: `signal` was aborted before */
export async function follow(
  db: Db,
  importId: string,
  { joined, signal }: { joined: boolean; signal: AbortSignal },
): Promise<FinalStage | undefined> {
  const moving = canRedraw(process.stdout);
  if (joined) process.stdout.write("It is being imported already; this is how far it is.\n");
  let last = "";
  while (!signal.aborted) {
    const status = await findImport(db, importId);
    if (!status) throw new Error("the import is gone: its artist was removed");
    const line = lineOf(status, moving);
    if (line !== last) process.stdout.write(moving ? `${CLEAR_LINE}${line}` : `${line}\n`);
    last = line;
    if (isFinal(status.stage)) {
      process.stdout.write(`${moving ? CLEAR_LINE : ""}${reportOf(status)}`);
      return status.stage;
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  if (moving) process.stdout.write("\n");
  return undefined;
}

function lineOf({ percentage, message }: ImportStatus, moving: boolean): string {
  const said = `${String(percentage).padStart(3)} %  ${visible(message)}`;
  if (!moving) return said;
  const width = process.stdout.columns || 80;
  const text = `${bar(percentage / 100, 24)} ${said}`;
  // A line that wraps could not be written over.
  return [...text].slice(0, width - 1).join("");
}

const words: Record<FinalStage, string> = {
  completed: "Complete",
  partial: "Done, and something is missing",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** What each step found, and why one found nothing. */
export function reportOf(status: ImportStatus): string {
  const paint = painter(process.stdout);
  const marks = { done: paint("green", "✓"), skipped: "–", failed: paint("red", "✗") };
  const steps = status.report.steps.map((step) => {
    const count = `${step.read} read, ${step.new} new, ${step.changed} changed`;
    const why = [step.reason, step.missing].filter(Boolean).map((text) => ` (${visible(text!)})`);
    return `  ${marks[step.state]} ${step.step.padEnd(15)}${count}${why.join("")}\n`;
  });
  const stage = status.stage as FinalStage;
  const error = status.error ? `: ${visible(status.error)}` : "";
  const ms = status.phaseTimings.total;
  const took = ms === undefined ? "" : `, ${(ms / 1000).toFixed(1)} s`;
  return `${words[stage]}${took}${error}\n${steps.join("")}`;
}
