/**
 * The words of a command, read once by entry points only. `--help` prints the help and ends with 0; what a command does
 * not know is one line and ends with 2, before anything was started.
 */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearest } from "#rules/near";
import { visible } from "#rules/visible";

type Options = NonNullable<ParseArgsConfig["options"]>;

export type Command<T extends Options> = {
  /** as people type it: `npm run NAME` */
  name: string;
  help: string;
  options?: T;
  /** how many words it takes besides options, none by default; `what` is said where there are too few or too many */
  words?: { least: number; most: number; what: string };
};

/** One line; nothing was changed. Commands end with 2. */
export class UsageError extends Error {}

export function readArguments<const T extends Options = Record<never, never>>(
  command: Command<T>,
  args: string[] = process.argv.slice(2),
) {
  const { name, help, words = { least: 0, most: 0, what: "takes no words, only options" } } = command;
  const end = args.indexOf("--");
  const before = end < 0 ? args : args.slice(0, end);
  if (before.includes("--help") || before.includes("-h")) {
    process.stdout.write(help);
    process.exit(0);
  }
  const parsed = parse(command, args);
  const { length } = parsed.positionals;
  if (length < words.least || length > words.most) refuse(name, words.what);
  return parsed;
}

function parse<const T extends Options>({ name, options }: Command<T>, args: string[]) {
  try {
    return parseArgs({ args, options: (options ?? {}) as T, allowPositionals: true });
  } catch (error) {
    return refuse(name, problemOf(error, Object.keys(options ?? {})));
  }
}

/** Says what is wrong with the words of a command and ends with 2. */
export function refuse(name: string, problem: string): never {
  process.stderr.write(`TheSet: ${name} ${visible(problem)}; --help tells more\n`);
  process.exit(2);
}

/** " (did you mean …?)", or nothing. */
export function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}

function problemOf(error: unknown, known: string[]): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const option = /'(-[^']*)'/.exec(message)?.[1] ?? "that";
    const names = [...known, "help"].map((name) => `--${name}`);
    return `has no option ${option}${meant(option, names)}`;
  }
  if (code?.startsWith("ERR_PARSE_ARGS")) return `does not understand: ${message.split(/\.\s|\n/)[0]}`;
  throw error;
}
