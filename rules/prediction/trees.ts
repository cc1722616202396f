/**
 * Forests of boosted trees as they are stored and asked. Stored: node after node of each tree, the left child behind
 * its parent; a split is its column and which of the column's cuts, a leaf is LEAF and a 16-bit value.
 */

export type StoredForest = {
  /** names of the columns, in order */
  columns: readonly string[];
  /** the values that splits compare with, by column */
  cuts: number[][];
  start: number;
  trees: number;
  /** base64 */
  nodes: string;
};

/** All trees in one row of nodes. A split goes on at the next node when the figure is at most `value`, else at `right`. */
export type Forest = {
  start: number;
  roots: Int32Array;
  column: Int16Array;
  value: Float32Array;
  right: Int32Array;
  /** the stored cuts: figures between the same two are one to every tree */
  cuts: Float32Array[];
};

export const LEAF = 255;
/** Leaves are stored in steps of this, fine enough for sums over a thousand trees. */
export const LEAF_STEP = 1 / 8192;

export function readForest(stored: StoredForest): Forest {
  const text = atob(stored.nodes);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const roots: number[] = [];
  const column: number[] = [];
  const value: number[] = [];
  const right: number[] = [];
  let at = 0;
  const readNode = (): void => {
    const node = column.length;
    const first = bytes[at++]!;
    right.push(0);
    if (first === LEAF) {
      column.push(-1);
      value.push((((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16) * LEAF_STEP);
      at += 2;
      return;
    }
    column.push(first);
    value.push(stored.cuts[first]![bytes[at++]!]!);
    readNode();
    right[node] = column.length;
    readNode();
  };
  for (let tree = 0; tree < stored.trees; tree++) {
    roots.push(column.length);
    readNode();
  }
  return {
    start: stored.start,
    roots: Int32Array.from(roots),
    column: Int16Array.from(column),
    value: Float32Array.from(value),
    right: Int32Array.from(right),
    cuts: stored.cuts.map((cuts) => Float32Array.from(cuts)),
  };
}

/** After so many trees the rest moves a score little: one below HOPELESS stays under one per cent, whatever they say. */
const SETTLED = 40;
const HOPELESS = -5;

/** Log-odds of the row of figures that begins at `offset`. */
export function logOdds(forest: Forest, rows: Float32Array, offset: number): number {
  const { roots, column, value, right } = forest;
  let sum = forest.start;
  for (let tree = 0; tree < roots.length; tree++) {
    if (tree === SETTLED && sum < HOPELESS) return sum;
    let node = roots[tree]!;
    let at = column[node]!;
    while (at >= 0) {
      node = rows[offset + at]! <= value[node]! ? node + 1 : right[node]!;
      at = column[node]!;
    }
    sum += value[node]!;
  }
  return sum;
}

/** What a forest said of each song, and the bins of the figures that may change from one question to the next. */
export type Answers = {
  from: number;
  width: number;
  bins: Uint8Array;
  asked: Uint8Array;
  said: Float64Array;
};

/**
 * Room for the answers about so many songs whose first figures stay as they are.
 * @param from first column that changes, of `width`
 */
export function noAnswers(songs: number, from: number, width: number): Answers {
  return {
    from,
    width,
    bins: new Uint8Array(songs * (width - from)),
    asked: new Uint8Array(songs),
    said: new Float64Array(songs),
  };
}

/** `logOdds` of a song, without asking the trees again while no figure has crossed a cut: the same to the last bit. */
export function logOddsAgain(
  forest: Forest,
  answers: Answers,
  song: number,
  rows: Float32Array,
  offset: number,
): number {
  const { from, width, bins, asked, said } = answers;
  let same = asked[song] === 1;
  let at = song * (width - from);
  for (let column = from; column < width; column++, at++) {
    const bin = binOf(forest.cuts[column]!, rows[offset + column]!);
    if (bins[at] === bin) continue;
    bins[at] = bin;
    same = false;
  }
  if (same) return said[song]!;
  asked[song] = 1;
  return (said[song] = logOdds(forest, rows, offset));
}

/** Bin of a value: the number of cuts below it. */
export function binOf(cuts: Float32Array, value: number): number {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= cuts[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}
