/** A password as it is typed at a terminal, without echo, or as it comes on stdin. */
import { text } from "node:stream/consumers";

export class Interrupted extends Error {}

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const ERASE = ["\u007f", "\b"];

/**
 * Asks twice at a terminal, so that a typing error is found; else the first line of stdin is the password.
 * @returns undefined when the two differ, or nothing came
 * @throws Interrupted for Ctrl-C
 */
export async function askPassword(): Promise<string | undefined> {
  const { stdin } = process;
  if (!stdin.isTTY) return (await text(stdin)).split(/\r?\n/)[0] || undefined;
  const first = await typed("Password: ");
  return (await typed("Once more: ")) === first && first !== "" ? first : undefined;
}

function typed(prompt: string): Promise<string> {
  const { stdin, stderr } = process;
  // Not on stdout: that may go into a file.
  stderr.write(prompt);
  stdin.setRawMode(true).setEncoding("utf8").resume();
  const letters: string[] = [];
  return new Promise((resolve, reject) => {
    const hear = (chunk: string) => {
      // A pasted password comes in one piece.
      for (const letter of chunk) {
        if (letter === CTRL_C) return done(() => reject(new Interrupted()));
        if (letter === "\r" || letter === "\n" || letter === CTRL_D)
          return done(() => resolve(letters.join("")));
        if (ERASE.includes(letter)) letters.pop();
        else letters.push(letter);
      }
    };
    const done = (settle: () => void) => {
      stdin.off("data", hear).setRawMode(false).pause();
      stderr.write("\n");
      settle();
    };
    stdin.on("data", hear);
  });
}
