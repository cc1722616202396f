/**
 * Boosted trees by histograms: every figure becomes one of 64 bins, a tree grows leaf by leaf where the gain is
 * largest. Deterministic: its only randomness is the seeded generator it is given.
 */
import { BINS } from "./bins.ts";

export type Options = {
  trees: number;
  leaves: number;
  rate: number;
  /** least sum of second derivatives in a leaf, and what is added to it */
  least: number;
  ridge: number;
  /** shares of rows and of columns that a tree sees */
  rowShare: number;
  columnShare: number;
};

/** One node after another, the left child next to its parent; `feature` -1 is a leaf. */
export type Tree = { feature: number[]; bin: number[]; right: number[]; value: number[] };

export type Table = { bins: Uint8Array; width: number; labels: Uint8Array; weights: Float32Array };

/** Small and fast, and the same everywhere (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Leaf = {
  from: number;
  to: number;
  histogram: Float64Array;
  gradient: number;
  hessian: number;
  split?: { gain: number; column: number; bin: number };
  node: Node;
};
type Node = { column: number; bin: number; left?: Node; right?: Node; value: number };

/** Fits trees to the log-odds; `scores` starts as the first guess and ends as the fitted log-odds of every row. */
export function boost(
  table: Table,
  scores: Float32Array,
  options: Options,
  random: () => number,
  said: (tree: number) => void = () => {},
): Tree[] {
  const { labels, weights, width, bins } = table;
  const count = labels.length;
  const gradients = new Float32Array(count);
  const hessians = new Float32Array(count);
  const trees: Tree[] = [];
  for (let at = 0; at < options.trees; at++) {
    for (let row = 0; row < count; row++) {
      const p = 1 / (1 + Math.exp(-scores[row]!));
      gradients[row] = (p - labels[row]!) * weights[row]!;
      hessians[row] = p * (1 - p) * weights[row]!;
    }
    const sample = new Int32Array(count);
    let size = 0;
    for (let row = 0; row < count; row++) if (random() < options.rowShare) sample[size++] = row;
    const columns: number[] = [];
    for (let column = 0; column < width; column++) if (random() < options.columnShare) columns.push(column);
    if (columns.length === 0) columns.push(Math.floor(random() * width));
    const tree = grow(table, gradients, hessians, sample.subarray(0, size), columns, options);
    trees.push(tree);
    for (let row = 0; row < count; row++) scores[row]! += valueOf(tree, bins, row * width);
    said(at + 1);
  }
  return trees;
}

function valueOf({ feature, bin, right, value }: Tree, bins: Uint8Array, offset: number): number {
  let node = 0;
  while (feature[node]! >= 0) node = bins[offset + feature[node]!]! <= bin[node]! ? node + 1 : right[node]!;
  return value[node]!;
}

function grow(
  table: Table,
  gradients: Float32Array,
  hessians: Float32Array,
  rows: Int32Array,
  columns: number[],
  options: Options,
): Tree {
  const { bins, width } = table;
  const spare = new Int32Array(rows.length);
  const used = Int32Array.from(columns);
  const leaf = (from: number, to: number, histogram: Float64Array): Leaf => {
    let [gradient, hessian] = [0, 0];
    for (let cell = 0; cell < BINS * 2; cell += 2) {
      gradient += histogram[cell]!;
      hessian += histogram[cell + 1]!;
    }
    const value = (-gradient / (hessian + options.ridge)) * options.rate;
    const node: Node = { column: -1, bin: 0, value };
    const made: Leaf = { from, to, histogram, gradient, hessian, node };
    made.split = bestSplit(made, used.length, options);
    return made;
  };
  const root = leaf(0, rows.length, fill(table, gradients, hessians, rows, 0, rows.length, used));
  const leaves = [root];
  while (leaves.length < options.leaves) {
    let best: Leaf | undefined;
    for (const one of leaves) if (one.split && (!best?.split || one.split.gain > best.split.gain)) best = one;
    if (!best?.split) break;
    const { column, bin } = best.split;
    const { from, to, node } = best;
    let [left, right] = [from, 0];
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      if (bins[row * width + used[column]!]! <= bin) rows[left++] = row;
      else spare[right++] = row;
    }
    rows.set(spare.subarray(0, right), left);
    const smallIsLeft = left - from < to - left;
    const small = smallIsLeft
      ? fill(table, gradients, hessians, rows, from, left, used)
      : fill(table, gradients, hessians, rows, left, to, used);
    const large = best.histogram;
    for (let i = 0; i < large.length; i++) large[i]! -= small[i]!;
    const lower = leaf(from, left, smallIsLeft ? small : large);
    const upper = leaf(left, to, smallIsLeft ? large : small);
    node.column = used[column]!;
    node.bin = bin;
    node.left = lower.node;
    node.right = upper.node;
    leaves.splice(leaves.indexOf(best), 1, lower, upper);
  }
  const tree: Tree = { feature: [], bin: [], right: [], value: [] };
  flatten(root.node, tree);
  return tree;
}

/** Sums of both derivatives by column and bin: the loop in which fitting spends its time. */
function fill(
  { bins, width }: Table,
  gradients: Float32Array,
  hessians: Float32Array,
  rows: Int32Array,
  from: number,
  to: number,
  columns: Int32Array,
): Float64Array {
  const histogram = new Float64Array(columns.length * BINS * 2);
  const count = columns.length;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const g = gradients[row]!;
    const h = hessians[row]!;
    const offset = row * width;
    for (let c = 0; c < count; c++) {
      const cell = (c * BINS + bins[offset + columns[c]!]!) << 1;
      histogram[cell] = histogram[cell]! + g;
      histogram[cell + 1] = histogram[cell + 1]! + h;
    }
  }
  return histogram;
}

function bestSplit(leaf: Leaf, columns: number, { least, ridge }: Options): Leaf["split"] {
  const { histogram, gradient, hessian } = leaf;
  if (hessian < 2 * least) return undefined;
  const now = (gradient * gradient) / (hessian + ridge);
  let best: Leaf["split"];
  for (let column = 0; column < columns; column++) {
    let [g, h] = [0, 0];
    for (let bin = 0; bin < BINS - 1; bin++) {
      const cell = (column * BINS + bin) << 1;
      if (histogram[cell + 1] === 0) continue;
      g += histogram[cell]!;
      h += histogram[cell + 1]!;
      if (h < least) continue;
      const rest = hessian - h;
      if (rest < least) break;
      const gain = (g * g) / (h + ridge) + (gradient - g) ** 2 / (rest + ridge) - now;
      if (gain > (best?.gain ?? 1e-6)) best = { gain, column, bin };
    }
  }
  return best;
}

function flatten(node: Node, tree: Tree): void {
  const at = tree.feature.length;
  tree.feature.push(node.left ? node.column : -1);
  tree.bin.push(node.bin);
  tree.right.push(0);
  tree.value.push(node.value);
  if (!node.left || !node.right) return;
  flatten(node.left, tree);
  tree.right[at] = tree.feature.length;
  flatten(node.right, tree);
}
