/** Entry: `npm run bench`. Measures what docs/goals ask for; a missed goal is a line in the table, never a failure. */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { cpus, loadavg, totalmem } from "node:os";
import { benches } from "../tests/bench/index.ts";
import { type Figure } from "../tests/bench/frame.ts";
import { tableOf } from "../tests/bench/table.ts";
import { meant, readArguments, refuse } from "#server/arguments";
import { throwAwayCluster } from "./test/database.ts";

const LEAST_ROUNDS = 5;

const help = `npm run bench -- [options]
Ratios against a peer or a floor of the same run, as a table. On a server of DATABASE_URL or TEST_DATABASE_URL it makes
databases of its own and drops them; without one it starts a Postgres of its own.

  --only NAME    one bench; may come several times
  --rounds N     rounds of each ratio, ${LEAST_ROUNDS} by default and at least
  --json FILE    all figures, with machine and commit
  --help         this text

${Object.entries(benches)
  .map(([name, { about }]) => `  ${name.padEnd(12)}${about}`)
  .join("\n")}
`;

const { values } = readArguments({
  name: "bench",
  help,
  options: {
    only: { type: "string", multiple: true },
    rounds: { type: "string" },
    json: { type: "string" },
  },
});

function usage(problem: string): never {
  return refuse("bench", problem);
}
const unknown = values.only?.find((name) => !Object.hasOwn(benches, name));
if (unknown !== undefined) usage(`has no "${unknown}"${meant(unknown, Object.keys(benches))}`);
const rounds = Number(values.rounds ?? LEAST_ROUNDS);
if (!Number.isInteger(rounds) || rounds < LEAST_ROUNDS)
  usage(`takes a whole number of at least ${LEAST_ROUNDS} rounds, not "${values.rounds ?? ""}"`);

const about = {
  at: new Date().toISOString(),
  commit: commit(),
  machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB`,
  node: process.version,
  load: loadavg().map((value) => value.toFixed(2)),
};
const given = process.env.DATABASE_URL || process.env.TEST_DATABASE_URL;
const cluster = given ? undefined : await throwAwayCluster();
const figures: Figure[] = [];
const broken: string[] = [];
try {
  const say = (line: string) => process.stdout.write(`  ${line}\n`);
  for (const name of values.only ?? Object.keys(benches)) {
    process.stdout.write(`${name}\n`);
    const run = benches[name]!.run({ serverUrl: given ?? cluster!.url("postgres"), rounds, say });
    figures.push(
      ...(await run.catch((error: unknown) => {
        broken.push(name);
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        return [];
      })),
    );
  }
} finally {
  await cluster?.remove();
}
process.stdout.write(
  `\n${tableOf(figures)}\n\n${about.machine}, Node ${about.node}, load ${about.load.join(" ")}, commit ${about.commit}\n`,
);
if (values.json !== undefined)
  await writeFile(values.json, `${JSON.stringify({ ...about, figures, broken }, null, 2)}\n`);
// A goal missed is a result; a bench that threw has none.
process.exit(broken.length > 0 ? 1 : 0);

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
    return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : " and changes");
  } catch {
    return "unknown";
  }
}
