/**
 * Entry: `npm run predict`. Walks through past shows and predicts each from strictly earlier ones and its own date,
 * tour and venue. No database, no network, no clock: the same histories give the same file.
 */
import { createWriteStream, statSync } from "node:fs";
import { access, rename, rm } from "node:fs/promises";
import { once } from "node:events";
import { dirname } from "node:path";
import { readArguments, refuse } from "#server/arguments";
import { countShows, HistoryError, readHistories } from "./predict/history.ts";
import { startForecast } from "./predict/forecast.ts";

const help = `npm run predict -- --history FILE.jsonl [--history …] --from FRACTION --out FILE.jsonl
Predicts every show from a fraction of each artist's history on, one a line.

  --history FILE   shows as JSON, one a line, oldest first; may come several times
  --from FRACTION  from 0 to below 1: the first so much of each artist's shows is only learnt from
  --out FILE       where the predictions go
  --help           this text

History:    {"artist","date","tour"?,"venue"?,"songs":[{"name","encore","tape"?}…]}
Prediction: {"artist","date","n","model","songs":[{"name","p"}…],"opener"?,"encore"?}
`;

/** Between two lines of progress. */
const EVERY = 200;

const { values } = readArguments({
  name: "predict",
  help,
  options: {
    history: { type: "string", multiple: true },
    from: { type: "string" },
    out: { type: "string" },
  },
});

function usage(problem: string): never {
  return refuse("predict", problem);
}
const { history, out } = values;
if (!history?.length) usage("needs a history: --history FILE.jsonl");
if (!out) usage("needs to know where to write: --out FILE.jsonl");
const from = Number(values.from);
if (!values.from?.trim() || !(from >= 0 && from < 1))
  usage(`takes a fraction from 0 to below 1 as --from, not "${values.from ?? ""}"`);
const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
for (const file of history) {
  await access(file).catch(() => usage(`cannot read ${file}`));
  if (isFolder(file)) usage(`cannot read ${file}: it is a folder`);
}
if (isFolder(out)) usage(`cannot write ${out}: it is a folder`);
if (!isFolder(dirname(out))) usage(`cannot write ${out}: there is no folder ${dirname(out)}`);

const unfinished = `${out}.${process.pid}.part`;
process.on("SIGINT", () => void rm(unfinished, { force: true }).then(() => process.exit(130)));
try {
  await run(history, from, unfinished);
  await rename(unfinished, out);
} catch (error) {
  await rm(unfinished, { force: true });
  if (!(error instanceof HistoryError || (error instanceof Error && "code" in error))) throw error;
  process.stderr.write(`${process.stderr.isTTY ? "\r" : ""}TheSet: ${error.message}\n`);
  process.exit(1);
}

async function run(files: string[], from: number, file: string): Promise<void> {
  const counts = await countShows(files);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const target = createWriteStream(file);
  await once(target, "open");
  const forecast = startForecast();
  let done = 0;
  for await (const line of readHistories(files)) {
    const due = line.at >= Math.floor(from * counts.get(line.artist)!);
    const prediction = forecast(line, due);
    if (prediction && !target.write(`${JSON.stringify(prediction)}\n`)) await once(target, "drain");
    if (++done % EVERY === 0 || done === all) progress(done, all);
  }
  target.end();
  await once(target, "finish");
}

function progress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  const width = 30;
  const full = Math.round((width * done) / all);
  const bar = "█".repeat(full) + "░".repeat(width - full);
  process.stderr.write(`\r${bar} ${done} of ${all} shows${done === all ? "\n" : ""}`);
}
