/** What the forests are fitted to: every known song before every show, walking forward, played or not. */
import { CANDIDATES, END_WIDTH, type End, endFeatures } from "#rules/prediction/features/ends";
import { FEATURES, featuresOf, isResting, WIDTH } from "#rules/prediction/features/index";
import { emptyMemory, LEAST_SHOWS, type Memory } from "#rules/prediction/features/memory";
import { remember } from "#rules/prediction/features/remember";
import { asPlayed } from "#rules/prediction/played";
import { type Forest, logOdds } from "#rules/prediction/trees";
import { type HistoryShow, readHistories } from "../predict/history.ts";

/** Fewer songs make a show that no figure is measured on. */
const LEAST_SONGS = 5;
/** Of songs hardly ever played, nearly all are not played tonight either: one of so many stands for them. */
const RARELY = 0.008;
const ONE_OF = 7;
/** The usual artist and show, only to keep weights near one. */
const [USUAL_SHOWS, USUAL_SONGS] = [1000, 15];

export type Examples = { rows: Float32Array; labels: Uint8Array; weights: Float32Array };
type Growing = { rows: Float32Array[]; labels: number[]; weights: number[] };

const empty = (): Growing => ({ rows: [], labels: [], weights: [] });

function joined({ rows, labels, weights }: Growing, width: number): Examples {
  const all = new Float32Array(labels.length * width);
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return { rows: all, labels: Uint8Array.from(labels), weights: Float32Array.from(weights) };
}

/** The shows to learn from, each with the memory of all before it. */
async function* lessons(files: string[], counts: Map<string, number>, share: number) {
  const memories = new Map<string, Memory>();
  for await (const { artist, at, show } of readHistories(files)) {
    const total = counts.get(artist)!;
    if (at >= Math.floor(share * total)) continue;
    const memory = memories.get(artist) ?? emptyMemory();
    memories.set(artist, memory);
    const live = show.songs.filter(({ tape }) => !tape);
    const set = new Set(live.map(({ key }) => key));
    if (set.size >= LEAST_SONGS && memory.shows >= LEAST_SHOWS)
      yield { memory, show: { ...show, tour: show.tour ?? "" }, live, set, total };
    const played = asPlayed(show);
    if (played) remember(memory, played);
  }
}

/** Shows and artists count more alike than their numbers: the square root of each. */
const weightOf = (total: number, songs: number) => Math.sqrt((USUAL_SHOWS / total) * (USUAL_SONGS / songs));

export type Material = { songs: Examples; ends: Record<End, Candidates[]> };
/** The likely songs of one show: their figures for both forests, and which of them stood there. */
type Candidates = { rows: Float32Array; ends: Float32Array; labels: number[] };

/** One walk through all histories. */
export async function collect(
  files: string[],
  counts: Map<string, number>,
  share: number,
  random: () => number,
): Promise<Material> {
  const made = empty();
  const ends: Material["ends"] = { opener: [], encore: [] };
  const common = FEATURES.indexOf("f40");
  const likely = FEATURES.indexOf("hazardSong");
  for await (const { memory, show, live, set, total } of lessons(files, counts, share)) {
    const rows = featuresOf(memory, show);
    const weight = weightOf(total, set.size);
    memory.songs.forEach(({ key }, number) => {
      if (isResting(memory, number)) return;
      const row = rows.subarray(number * WIDTH, (number + 1) * WIDTH);
      const played = set.has(key);
      const rare = !played && row[common]! < RARELY;
      if (rare && random() * ONE_OF > 1) return;
      made.rows.push(row.slice());
      made.labels.push(played ? 1 : 0);
      made.weights.push(rare ? weight * ONE_OF : weight);
    });
    const candidates = memory.songs
      .map((_, number) => number)
      .sort((a, b) => rows[b * WIDTH + likely]! - rows[a * WIDTH + likely]! || a - b)
      .slice(0, CANDIDATES);
    const own = new Float32Array(candidates.length * WIDTH);
    candidates.forEach((number, at) =>
      own.set(rows.subarray(number * WIDTH, (number + 1) * WIDTH), at * WIDTH),
    );
    for (const end of ["opener", "encore"] as const) {
      const there = new Set(endsOf(live, end));
      if (there.size === 0) continue;
      ends[end].push({
        rows: own,
        ends: endFeatures(memory, show, end, candidates, new Float32Array(candidates.length)),
        labels: candidates.map((number) => (there.has(memory.songs[number]!.key) ? 1 : 0)),
      });
    }
  }
  return { songs: joined(made, WIDTH), ends };
}

/** Candidates as examples, now that the forest of songs tells the chance of each: the first two of their figures. */
export function endExamples(candidates: Candidates[], songs: Forest): Examples {
  const made = empty();
  for (const { rows, ends, labels } of candidates) {
    const chances = labels.map((_, at) => logOdds(songs, rows, at * WIDTH));
    const order = labels.map((_, at) => at).sort((a, b) => chances[b]! - chances[a]!);
    order.forEach((at, rank) => {
      const row = ends.slice(at * END_WIDTH, (at + 1) * END_WIDTH);
      row[0] = chances[at]!;
      row[1] = rank;
      made.rows.push(row);
      made.labels.push(labels[at]!);
      made.weights.push(1);
    });
  }
  return joined(made, END_WIDTH);
}

function endsOf(live: HistoryShow["show"]["songs"], end: End): string[] {
  if (end === "opener") return live.slice(0, 1).map(({ key }) => key);
  return live.filter(({ encore }) => encore !== false).map(({ key }) => key);
}
