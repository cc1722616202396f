/**
 * Entry: `npm run torture`. The long round of kills, races, restarts and faults; one file after the other, because their
 * figures are times. The last line is always `N passed, N failed`.
 */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { meant, readArguments, refuse } from "#server/arguments";
import { ensureBuild } from "./start/build.ts";
import { cleanEnv, nodeCommand } from "./test/command.ts";
import { countVitest } from "./test/counts.ts";
import { throwAwayCluster } from "./test/database.ts";
import { type PromiseName, promises } from "./torture/promises.ts";

const names = Object.keys(promises) as PromiseName[];
const help = `npm run torture -- [options]
Kills, races, restarts and faults, for 90 minutes at most on a machine that does nothing else. On a server of
TEST_DATABASE_URL it makes databases of its own and drops them; without one it starts a Postgres of its own.

  --only R4,R15   only these; may come several times
  --scale N       a share of each round, from 0.01 to 1
  --help          this text

${names.map((name) => `  ${name.padEnd(5)}${promises[name].about}`).join("\n")}
`;

const { values } = readArguments({
  name: "torture",
  help,
  options: { only: { type: "string", multiple: true }, scale: { type: "string" } },
});
const asked = values.only?.flatMap((list) => list.split(",")).map((name) => name.trim().toUpperCase());
const unknown = asked?.find((name) => !Object.hasOwn(promises, name));
if (unknown !== undefined) refuse("torture", `has no "${unknown}"${meant(unknown, names)}`);
const only = (asked ?? names) as PromiseName[];
const scale = Number(values.scale ?? 1);
if (!(scale >= 0.01 && scale <= 1))
  refuse("torture", `takes a scale from 0.01 to 1, not "${values.scale ?? ""}"`);

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const stopping = new AbortController();
const { signal } = stopping;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stopping.abort());

const dir = await mkdtemp(join(tmpdir(), "theset-torture-"));
const began = Date.now();
const result = await run().finally(() => rm(dir, { recursive: true, force: true }));
if (signal.aborted) {
  process.stderr.write("TheSet: torture was interrupted\n");
  process.exit(130);
}
process.stdout.write(`\n${result.figures}`);
if (result.failures.length > 0) process.stdout.write(`\nFailed:\n  ${result.failures.join("\n  ")}\n`);
process.stdout.write(`\n${((Date.now() - began) / 60_000).toFixed(1)} minutes\n`);
process.stdout.write(`${result.passed} passed, ${result.failed} failed\n`);
process.exit(result.failed === 0 ? 0 : 1);

async function run() {
  await ensureBuild(".", signal, () => undefined);
  const given = process.env.TEST_DATABASE_URL;
  const cluster = given ? undefined : await throwAwayCluster();
  try {
    const figures = join(dir, "figures");
    const report = join(dir, "report.json");
    const env = cleanEnv({
      TORTURE: "long",
      TORTURE_SCALE: String(scale),
      TORTURE_FIGURES: figures,
      TEST_DATABASE_URL: given ?? cluster!.url("postgres"),
    });
    const files = [...new Set(only.flatMap((name) => promises[name].file))];
    const reporters = ["--reporter=verbose", "--reporter=json", `--outputFile.json=${report}`];
    const chosen = asked ? ["-t", `\\b(${only.join("|")})\\b`] : [];
    const args = [
      "run",
      "--project",
      "torture",
      "--no-file-parallelism",
      ...reporters,
      ...chosen,
      ...files.map((file) => `tests/torture/${file}.test.ts`),
    ];
    const counted = countVitest(report, await nodeCommand("vitest/vitest.mjs", args, { signal, env }));
    const lines = existsSync(figures) ? readFileSync(figures, "utf8").trimEnd().split("\n") : [];
    const inOrder = new Intl.Collator("en", { numeric: true }).compare;
    return {
      ...counted,
      failures: counted.failures ?? [],
      figures: lines
        .sort(inOrder)
        .map((line) => `${line}\n`)
        .join(""),
    };
  } finally {
    await cluster?.remove();
  }
}
