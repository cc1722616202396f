/**
 * Entry: `npm test [-- WORD]`. Everything a contributor must pass, as named and timed steps; one that fails does not stop
 * the others. With a word, only test files whose path has it. The last line is always `N passed, N failed`.
 */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments } from "#server/arguments";
import { ensureBuild } from "./start/build.ts";
import { findChromium } from "./test/chromium.ts";
import { cleanEnv, nodeCommand } from "./test/command.ts";
import { countCheck, countPlaywright, countVitest, type Result } from "./test/counts.ts";
import { oldestCluster, schemaDrift, throwAwayCluster, type ThrowAway } from "./test/database.ts";
import { printTable, type Row } from "./test/table.ts";

const project = fileURLToPath(new URL("..", import.meta.url));
const { positionals: words } = readArguments({
  name: "test",
  help: "npm test [-- WORD …]\nAll checks and tests, or only test files whose path has one of the words.\n",
  words: { least: 0, most: 100, what: "takes up to 100 words" },
});
process.chdir(project);

/** What is tried on the oldest Postgres too: our statements, the box that batches them, and the queue's. */
const withStatements = [
  "db/",
  "jobs/artist-import/index",
  "jobs/sync",
  "server/ballot-box",
  "server/routers",
];

const stopping = new AbortController();
const { signal } = stopping;
const dir = await mkdtemp(join(tmpdir(), "theset-report-"));
const rows: Row[] = [];
let cluster: ThrowAway | undefined;

for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());

try {
  cluster = await throwAwayCluster();
  await runSteps(cluster);
} finally {
  await cluster?.remove();
  await rm(dir, { recursive: true, force: true });
}
if (signal.aborted) {
  process.stderr.write("TheSet: tests were interrupted\n");
  process.exit(130);
}
process.exit(printTable(rows) === 0 ? 0 : 1);

async function runSteps(database: ThrowAway): Promise<void> {
  const all = words.length === 0;
  if (all) {
    // Each keeps one core busy, and says nothing when all is well.
    await Promise.all([
      check("format", "prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."]),
      check("lint", "eslint/bin/eslint.js", ["--max-warnings", "0", "."]),
      check("types", "typescript/bin/tsc", []),
    ]);
    await step("schema drift", () => schemaDrift(database, dir, signal));
  }
  const needsBuild = ["tests/e2e", "tests/commands", "tests/torture"].some(hasWord);
  if (all || needsBuild) await step("build", build);
  await step("unit", () => vitest("unit", database));
  await step("integration", () => vitest("integration", database));
  if (all) await step("postgres 15", oldestPostgres);
  if (all || hasWord("tests/e2e")) await step("end to end", () => playwright(database));
  await step("commands", () => vitest("commands", database));
  await step("torture", () => vitest("torture", database));
}

async function step(name: string, run: () => Promise<Result>): Promise<void> {
  if (signal.aborted) return;
  process.stdout.write(`\n> ${name}\n`);
  const began = Date.now();
  const result = await run().catch((error: unknown) => {
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { passed: 0, failed: 1 };
  });
  rows.push({ name, seconds: (Date.now() - began) / 1000, ...result });
}

function check(name: string, file: string, args: string[]): Promise<void> {
  return step(name, async () => countCheck(await nodeCommand(file, args, { signal })));
}

async function build(): Promise<Result> {
  await ensureBuild(project, signal, () => undefined, true);
  return { passed: 1, failed: 0 };
}

async function vitest(
  kind: string,
  database: ThrowAway,
  { report = kind, files = words }: { report?: string; files?: string[] } = {},
): Promise<Result> {
  const file = join(dir, `${report}.json`);
  const env = cleanEnv({ TEST_DATABASE_URL: database.url("postgres") });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const args = ["run", "--project", kind, "--passWithNoTests", ...reporters, ...files];
  return countVitest(file, await nodeCommand("vitest/vitest.mjs", args, { signal, env }));
}

async function playwright(database: ThrowAway): Promise<Result> {
  const browser = await findChromium(signal);
  if ("problem" in browser) {
    process.stdout.write(`${browser.problem}\n`);
    return { passed: 0, failed: 1, note: "no browser" };
  }
  const file = join(dir, "e2e.json");
  const env = cleanEnv({
    TEST_DATABASE_URL: database.url("postgres"),
    PLAYWRIGHT_CHROMIUM_PATH: browser.path,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const args = ["test", "--reporter=list,json", ...words];
  return countPlaywright(file, await nodeCommand("playwright/cli.js", args, { signal, env }));
}

async function oldestPostgres(): Promise<Result> {
  const old = await oldestCluster(signal);
  if (!old) {
    process.stdout.write("not run: there is no /usr/lib/postgresql/15 (in CI as root it is installed)\n");
    return { passed: 0, failed: 0, note: "not run: no Postgres 15 here" };
  }
  try {
    return await vitest("integration", old, { report: "postgres-15", files: withStatements });
  } finally {
    await old.remove();
  }
}

function hasWord(folder: string): boolean {
  if (words.length === 0 || !existsSync(folder)) return false;
  return readdirSync(folder).some((name) => words.some((word) => join(folder, name).includes(word)));
}
