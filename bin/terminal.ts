/** What commands say. A terminal gets colours and a bar that moves; a file or a pipe gets plain lines. */
import type { WriteStream } from "node:tty";
import { styleText } from "node:util";

type Colour = "green" | "red" | "yellow" | "dim";

/** Colours on a terminal that has some, unless NO_COLOR is set to anything (no-color.org). */
export function painter(stream: Pick<WriteStream, "isTTY">): (colour: Colour, text: string) => string {
  const on = stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return (colour, text) => (on ? styleText(colour, text, { validateStream: false }) : text);
}

/** Whether a line may be written over: not in a file, and not where the terminal only types. */
export function canRedraw(stream: Pick<WriteStream, "isTTY">): boolean {
  return Boolean(stream.isTTY) && process.env.TERM !== "dumb";
}

/** @param share from 0 to 1 */
export function bar(share: number, width = 30): string {
  const full = Math.round(width * Math.min(1, Math.max(0, share)));
  return "█".repeat(full) + "░".repeat(width - full);
}

/** A line of a command's own about what it does, on stderr. */
export function say(line: string): void {
  process.stderr.write(`TheSet: ${line}\n`);
}

/** The words of an error: a host with several addresses fails with one that has a code and none. */
export function wordsOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return message || String(code ?? error);
}

/** "12 MB": powers of 1000, as disks are sold. */
export function bytesOf(count: number): string {
  if (count < 1e6) return `${Math.round(count / 1e3)} kB`;
  return count < 1e9 ? `${Math.round(count / 1e6)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}
