import { readArguments } from "#server/arguments";

export type Options = { dev: boolean };

const help = `npm start [-- --dev]
Runs the whole product: Postgres, migrations, the build when it is needed, the upstreams' simulator when no upstream key
is set, one web and one worker process. Ctrl-C stops everything; a second Ctrl-C at once.

  --dev    reload on change (npm run dev)
  --help   this text

Environment: PORT, HOST, DATA_DIR, DATABASE_URL and more, all in .env.example.
`;

/** What was asked for; prints help and exits 0, or names what it does not know and exits 2. */
export function readOptions(args: string[]): Options {
  const { values } = readArguments({ name: "start", help, options: { dev: { type: "boolean" } } }, args);
  return { dev: values.dev === true };
}
