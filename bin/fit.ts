/**
 * Entry: fits the prediction model to a folder of histories and writes it where rules/prediction reads it. Uses the
 * first part of each artist's history only, so that the rest can judge it. Deterministic.
 */
import { execFileSync } from "node:child_process";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readArguments, refuse } from "#server/arguments";
import { END_FEATURES, END_WIDTH, type End } from "#rules/prediction/features/ends";
import { FEATURES, WIDTH } from "#rules/prediction/features/index";
import { readForest, type StoredForest } from "#rules/prediction/trees";
import { BINS, binOf, boost, cutsOf, generator, type Options } from "./fit/boost.ts";
import { collect, endExamples, type Examples } from "./fit/examples.ts";
import { storedForest } from "./fit/store.ts";
import { countShows, HistoryError } from "./predict/history.ts";

const SHARE = 0.6;
const SEED = 1;
/** Chosen on the part from 40 to 60 % of each history, fitted on what is before it (docs/decisions/018). */
const SONGS: Options = {
  trees: 220,
  leaves: 28,
  rate: 0.06,
  least: 80,
  ridge: 20,
  rowShare: 0.6,
  columnShare: 0.3,
};
const ENDS: Options = {
  trees: 120,
  leaves: 16,
  rate: 0.06,
  least: 10,
  ridge: 15,
  rowShare: 0.7,
  columnShare: 0.5,
};
/** Log-odds of one song in a repertoire, roughly: where boosting starts. */
const START = -2.5;

const help = `node --import tsx bin/fit.ts --history DIR [--history DIR …] --out FILE [options]
Fits the prediction model to the *.jsonl histories of the folders, on the first 60 % of each artist's shows.

  --history DIR    a folder of histories; may come several times
  --out FILE       where the model goes: rules/prediction/model.json
  --share FRACTION of each history that is fitted to, ${SHARE} by default
  --trees N        of the forest of songs, ${SONGS.trees} by default
  --help           this text
`;

const { values } = readArguments({
  name: "fit",
  help,
  options: {
    history: { type: "string", multiple: true },
    out: { type: "string" },
    share: { type: "string" },
    trees: { type: "string" },
  },
});

function usage(problem: string): never {
  return refuse("fit", problem);
}
const { history, out } = values;
if (!history?.length || out === undefined) usage("needs --history DIR and --out FILE");
const share = Number(values.share ?? SHARE);
if (!(share > 0 && share <= 1)) usage(`takes a --share above 0 and at most 1, not "${values.share ?? ""}"`);
const trees = Number(values.trees ?? SONGS.trees);
if (!Number.isInteger(trees) || trees < 1)
  usage(`takes a whole number of --trees, not "${values.trees ?? ""}"`);

const say = (line: string) => process.stderr.write(`${line}\n`);
try {
  const files = (await Promise.all(history.map(filesOf))).flat().sort();
  const counts = await countShows(files);
  const random = generator(SEED);
  const material = await collect(files, counts, share, random);
  say(`${material.songs.labels.length} examples`);
  const songs = fitted(FEATURES, WIDTH, material.songs, { ...SONGS, trees }, "songs");
  const forest = readForest(songs);
  const ends: Partial<Record<End, StoredForest>> = {};
  for (const end of ["opener", "encore"] as const)
    ends[end] = fitted(END_FEATURES, END_WIDTH, endExamples(material.ends[end], forest), ENDS, end);
  const shows = [...counts.values()].reduce((sum, count) => sum + Math.floor(share * count), 0);
  const about = {
    command: "node --import tsx bin/fit.ts --history DIR --out rules/prediction/model.json",
    commit: commit(),
    fittedTo: `${counts.size} artists, the first ${Math.round(100 * share)} % of each: ${shows} shows`,
    figures: "docs/decisions/018-prediction-model.md",
  };
  await writeFile(out, `${JSON.stringify({ about, songs, ...ends }, null, 1)}\n`);
} catch (error) {
  if (!(error instanceof HistoryError)) throw error;
  say(`TheSet: ${error.message}`);
  process.exit(1);
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => usage(`finds no folder ${folder}`));
  return names.filter((name) => name.endsWith(".jsonl")).map((name) => join(folder, name));
}

function fitted(
  columns: readonly string[],
  width: number,
  { rows, labels, weights }: Examples,
  options: Options,
  name: string,
): StoredForest {
  const sample = Int32Array.from({ length: Math.min(labels.length, 200_000) }, (_, at) =>
    Math.floor((at * labels.length) / Math.min(labels.length, 200_000)),
  );
  const cuts = cutsOf(rows, width, sample);
  const bins = Uint8Array.from(rows, (value, at) => binOf(cuts[at % width]!, value));
  say(`${name}: ${labels.length} examples, ${width} figures in ${BINS} bins`);
  const scores = new Float32Array(labels.length).fill(START);
  const grown = boost({ bins, width, labels, weights }, scores, options, generator(SEED), (tree) => {
    if (tree % 20 === 0) say(`${name}: ${tree} of ${options.trees} trees`);
  });
  return storedForest(columns, cuts, START, grown);
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
